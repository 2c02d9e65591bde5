using System.Net.Sockets;
using System.Text;

namespace Crm.Host.Service;

/// <summary>
/// Tells systemd (sd_notify) that the service is ready, alive and stopping. It is alive only while every rig completes its scans: a
/// controller that hangs is not fed. Without a socket in the environment it says nothing.
/// </summary>
public sealed class ServiceNotice : IDisposable
{
    private readonly Socket? socket;

    /// <param name="path">Of the datagram socket; one that begins with @ is in the abstract name space. Null or empty: none.</param>
    public ServiceNotice(string? path)
    {
        if (string.IsNullOrEmpty(path)) return;
        socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path));
    }

    public static ServiceNotice FromEnvironment() => new(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"));

    public void Ready() => Say("READY=1");

    /// <param name="sinceScan">Wall time since the last completed scan of the rig that is furthest behind.</param>
    public void Alive(TimeSpan sinceScan)
    {
        if (sinceScan < MostSilent) Say("WATCHDOG=1");
    }

    public void Stopping() => Say("STOPPING=1");

    public void Dispose() => socket?.Dispose();

    /// <summary>Ten scans of a rig at real time.</summary>
    public static readonly TimeSpan MostSilent = TimeSpan.FromSeconds(1);

    private void Say(string state)
    {
        try
        {
            socket?.Send(Encoding.ASCII.GetBytes(state));
        }
        catch (SocketException)
        {
            // Nobody listens any more; the plant does not depend on it.
        }
    }
}
