using System.Net.Sockets;
using System.Text;
using Crm.Host.Service;
using Xunit;

namespace Crm.Host.Tests.Service;

public sealed class ServiceNoticeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("crm-notice-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>REL: the watchdog is fed by completed scans and by nothing else.</summary>
    [Fact]
    public void The_watchdog_is_fed_while_scans_are_completed_and_not_when_they_are_not()
    {
        if (OperatingSystem.IsWindows()) return;
        string path = Path.Combine(folder, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        using var notice = new ServiceNotice(path);

        notice.Ready();
        notice.Alive(TimeSpan.FromMilliseconds(120));
        notice.Alive(TimeSpan.FromSeconds(3));
        notice.Stopping();

        Assert.Equal(["READY=1", "WATCHDOG=1", "STOPPING=1"], Enumerable.Range(0, 3).Select(_ => Heard(systemd)));
    }

    [Fact]
    public void Without_systemd_nothing_is_said()
    {
        using var notice = new ServiceNotice(null);
        notice.Ready();
        notice.Alive(TimeSpan.Zero);
    }

    private static string Heard(Socket socket)
    {
        byte[] buffer = new byte[64];
        return Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer));
    }
}
