using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Crm.Instruments.Fakes;

/// <summary>Where a master reaches the devices.</summary>
internal interface IEndpoint
{
    /// <summary>As printed for whoever started the process.</summary>
    string Place { get; }

    /// <summary>Breaks the connection, as a cable pulled out does.</summary>
    void HangUp();
}

/// <summary>Modbus TCP: header of 6 bytes, no check sum; one connection after the other.</summary>
internal sealed class TcpEndpoint : IEndpoint
{
    private readonly TcpListener listener;
    private readonly Responder responder;
    private TcpClient? client;

    public TcpEndpoint(Responder responder, int port)
    {
        this.responder = responder;
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public string Place => "127.0.0.1:" + ((IPEndPoint)listener.LocalEndpoint).Port;

    public void HangUp() => client?.Close();

    private void Serve()
    {
        while (true)
        {
            client = listener.AcceptTcpClient();
            client.NoDelay = true;
            TcpClient mine = client;
            new Thread(() => Talk(mine)) { IsBackground = true }.Start();
        }
    }

    private void Talk(TcpClient peer)
    {
        try
        {
            using NetworkStream stream = peer.GetStream();
            byte[] header = new byte[6];
            while (true)
            {
                stream.ReadExactly(header);
                int length = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(4));
                var body = new byte[length];
                stream.ReadExactly(body);
                byte[] transaction = header[..2];
                stream.Write(responder.Answer(body, answer => [.. transaction, 0, 0, (byte)(answer.Length >> 8), (byte)answer.Length, .. answer]));
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or SocketException)
        {
            peer.Close();
        }
    }
}

/// <summary>Modbus RTU on a pseudo terminal: the master opens <see cref="Place"/> as its serial port.</summary>
internal sealed class PtyEndpoint : IEndpoint
{
    private readonly Responder responder;
    private readonly Pty pty = Pty.Open();

    public PtyEndpoint(Responder responder)
    {
        this.responder = responder;
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public string Place => pty.Place;

    public void HangUp() => pty.Close();

    private void Serve()
    {
        var waiting = new List<byte>();
        var buffer = new byte[512];
        while (pty.Read(buffer) is > 0 and var count)
        {
            waiting.AddRange(buffer.AsSpan(0, count));
            while (Length(waiting) is > 0 and var length && waiting.Count >= length)
            {
                byte[] frame = [.. waiting[..length]];
                waiting.RemoveRange(0, length);
                if (CheckSum(frame.AsSpan(0, length - 2)) != BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(length - 2))) waiting.Clear();
                else pty.Write(responder.Answer(frame.AsSpan(0, length - 2), WithCheckSum));
            }
        }
    }

    /// <summary>Length of the request at the front, as its function tells; 0 while that cannot be known.</summary>
    private static int Length(List<byte> bytes) => bytes.Count < 2 ? 0 : bytes[1] == 16 ? (bytes.Count < 7 ? 0 : 9 + bytes[6]) : 8;

    private static byte[] WithCheckSum(byte[] body)
    {
        ushort sum = CheckSum(body);
        return [.. body, (byte)sum, (byte)(sum >> 8)];
    }

    /// <summary>CRC-16 of the serial line specification, polynomial 0xA001.</summary>
    private static ushort CheckSum(ReadOnlySpan<byte> bytes)
    {
        ushort sum = 0xFFFF;
        foreach (byte b in bytes)
        {
            sum ^= b;
            for (int i = 0; i < 8; i++) sum = (sum & 1) != 0 ? (ushort)((sum >> 1) ^ 0xA001) : (ushort)(sum >> 1);
        }

        return sum;
    }
}

/// <summary>One pseudo terminal; its slave side is kept open so that a master may come and go.</summary>
internal sealed partial class Pty
{
    private const int ReadWrite = 2, NoControl = 0x100;
    private readonly int master, slave;

    private Pty(int master, int slave, string place) => (this.master, this.slave, Place) = (master, slave, place);

    public string Place { get; }

    public static Pty Open()
    {
        int master = OpenMaster(ReadWrite | NoControl);
        byte[] name = new byte[128];
        if (master < 0 || Grant(master) != 0 || Unlock(master) != 0 || Name(master, name, (nuint)name.Length) != 0) throw new IOException("no pseudo terminal to be had");
        string place = Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));
        int slave = OpenFile(place, ReadWrite | NoControl);
        byte[] settings = new byte[128];
        if (slave < 0 || GetSettings(slave, settings) != 0) throw new IOException("no pseudo terminal to be had");
        MakeRaw(settings);
        SetSettings(slave, 0, settings);
        return new Pty(master, slave, place);
    }

    public int Read(Span<byte> into) => (int)ReadBytes(master, into, (nuint)into.Length);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0) WriteBytes(master, bytes, (nuint)bytes.Length);
    }

    public void Close()
    {
        CloseFile(slave);
        CloseFile(master);
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(int master);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(int master);

    [LibraryImport("libc", EntryPoint = "ptsname_r")]
    private static partial int Name(int master, Span<byte> name, nuint length);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetSettings(int file, Span<byte> settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(Span<byte> settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetSettings(int file, int when, ReadOnlySpan<byte> settings);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint ReadBytes(int file, Span<byte> into, nuint length);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint WriteBytes(int file, ReadOnlySpan<byte> bytes, nuint length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int file);
}
