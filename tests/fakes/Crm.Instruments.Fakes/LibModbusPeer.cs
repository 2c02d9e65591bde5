using System.Runtime.InteropServices;

namespace Crm.Instruments.Fakes;

/// <summary>libmodbus's own server, so that our client is proven against bytes that nobody here wrote.</summary>
internal static partial class LibModbusPeer
{
    private const string Library = "libmodbus.so.5";

    [StructLayout(LayoutKind.Sequential)]
    private struct Mapping
    {
        public int Bits, StartBits, InputBits, StartInputBits, InputRegisters, StartInputRegisters, Registers, StartRegisters;
        public nint TabBits, TabInputBits, TabInputRegisters, TabRegisters;
    }

    /// <summary>Serves until the process ends. Registers are those that <paramref name="image"/> gives: table, address, value.</summary>
    public static void ServeTcp(int port, IEnumerable<(bool IsInput, ushort Register, ushort Value)> image, Action ready)
    {
        nint context = NewTcp("127.0.0.1", port);
        int listening = Listen(context, 1);
        if (listening < 0) throw new IOException("libmodbus cannot listen");
        ready();
        nint map = Map(image);
        while (Accept(context, ref listening) >= 0) Answer(context, map);
    }

    /// <summary>As <see cref="ServeTcp"/> on a serial line, as one slave.</summary>
    public static void ServeSerial(string device, int slave, IEnumerable<(bool IsInput, ushort Register, ushort Value)> image, Action ready)
    {
        nint context = NewSerial(device, 19200, (byte)'E', 8, 1);
        SetSlave(context, slave);
        if (Connect(context) != 0) throw new IOException("libmodbus cannot open " + device);
        nint map = Map(image);
        ready();
        while (true) Answer(context, map);
    }

    private static void Answer(nint context, nint map)
    {
        var request = new byte[260];
        while (true)
        {
            int length = Receive(context, request);
            if (length < 0) return;
            if (length > 0) Reply(context, request, length, map);
        }
    }

    private static unsafe nint Map(IEnumerable<(bool IsInput, ushort Register, ushort Value)> image)
    {
        nint map = NewMapping(0, 0, 512, 512);
        Mapping* tables = (Mapping*)map;
        foreach ((bool isInput, ushort register, ushort value) in image) ((ushort*)(isInput ? tables->TabInputRegisters : tables->TabRegisters))[register] = value;
        return map;
    }

    [LibraryImport(Library, EntryPoint = "modbus_new_tcp", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint NewTcp(string address, int port);

    [LibraryImport(Library, EntryPoint = "modbus_new_rtu", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint NewSerial(string device, int speed, byte parity, int dataBits, int stopBits);

    [LibraryImport(Library, EntryPoint = "modbus_set_slave")]
    private static partial int SetSlave(nint context, int slave);

    [LibraryImport(Library, EntryPoint = "modbus_connect")]
    private static partial int Connect(nint context);

    [LibraryImport(Library, EntryPoint = "modbus_tcp_listen")]
    private static partial int Listen(nint context, int connections);

    [LibraryImport(Library, EntryPoint = "modbus_tcp_accept")]
    private static partial int Accept(nint context, ref int listening);

    [LibraryImport(Library, EntryPoint = "modbus_mapping_new")]
    private static partial nint NewMapping(int bits, int inputBits, int registers, int inputRegisters);

    [LibraryImport(Library, EntryPoint = "modbus_receive")]
    private static partial int Receive(nint context, Span<byte> request);

    [LibraryImport(Library, EntryPoint = "modbus_reply")]
    private static partial int Reply(nint context, ReadOnlySpan<byte> request, int length, nint map);
}
