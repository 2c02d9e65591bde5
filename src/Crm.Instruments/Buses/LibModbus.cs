using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Crm.Instruments.Buses;

/// <summary>A libmodbus context; freed with its last use.</summary>
internal sealed class ModbusContext : SafeHandleZeroOrMinusOneIsInvalid
{
    public ModbusContext() : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle()
    {
        LibModbus.Free(handle);
        return true;
    }
}

/// <summary>libmodbus 3.1 (Debian package libmodbus5) and the two system calls beside it. Errors are errno; libmodbus's own begin at 112345678.</summary>
internal static partial class LibModbus
{
    public const int TimedOut = 110;
    public const int ConnectionReset = 104;
    public const int Interrupted = 4;
    public const int BadCheckSum = OwnErrors + 12;
    public const int BadData = OwnErrors + 13;

    public const short Readable = 1;
    public const short Broken = 8 | 16 | 32;

    private const int OwnErrors = 112345678;
    private const string Library = "libmodbus.so.5";
    private const string C = "libc";

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Seen;
    }

    /// <summary>False when the distribution's library is not installed.</summary>
    public static bool IsInstalled
    {
        get
        {
            if (!NativeLibrary.TryLoad(Library, out nint loaded)) return false;
            NativeLibrary.Free(loaded);
            return true;
        }
    }

    public static string ErrorText(int error) => IsInstalled ? Marshal.PtrToStringUTF8(StringOfError(error)) ?? "unknown" : "error " + error.ToString(System.Globalization.CultureInfo.InvariantCulture);

    [LibraryImport(Library, EntryPoint = "modbus_new_rtu", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial ModbusContext NewSerial(string device, int speed, byte parity, int dataBits, int stopBits);

    [LibraryImport(Library, EntryPoint = "modbus_new_tcp_pi", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial ModbusContext NewTcp(string node, string service);

    [LibraryImport(Library, EntryPoint = "modbus_free")]
    internal static partial void Free(nint context);

    [LibraryImport(Library, EntryPoint = "modbus_connect", SetLastError = true)]
    internal static partial int Connect(ModbusContext context);

    [LibraryImport(Library, EntryPoint = "modbus_close")]
    internal static partial void Close(ModbusContext context);

    [LibraryImport(Library, EntryPoint = "modbus_get_socket")]
    internal static partial int Descriptor(ModbusContext context);

    [LibraryImport(Library, EntryPoint = "modbus_set_slave", SetLastError = true)]
    internal static partial int SetSlave(ModbusContext context, int slave);

    [LibraryImport(Library, EntryPoint = "modbus_set_response_timeout", SetLastError = true)]
    internal static partial int SetResponseTimeout(ModbusContext context, uint seconds, uint microseconds);

    [LibraryImport(Library, EntryPoint = "modbus_set_byte_timeout", SetLastError = true)]
    internal static partial int SetByteTimeout(ModbusContext context, uint seconds, uint microseconds);

    /// <summary>Slave, function and data; libmodbus adds the check sum.</summary>
    [LibraryImport(Library, EntryPoint = "modbus_send_raw_request", SetLastError = true)]
    internal static partial int SendRaw(ModbusContext context, ReadOnlySpan<byte> request, int length);

    /// <param name="answer">At least 260 bytes: libmodbus does not ask how many there are.</param>
    /// <returns>Length of the answer; 0 when another slave answered; -1 on an error.</returns>
    [LibraryImport(Library, EntryPoint = "modbus_receive_confirmation", SetLastError = true)]
    internal static partial int Receive(ModbusContext context, Span<byte> answer);

    [LibraryImport(C, EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(ref PollEntry entries, nuint count, int milliseconds);

    [LibraryImport(C, EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int descriptor, Span<byte> into, nuint length);

    [LibraryImport(C, EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "modbus_strerror")]
    private static partial nint StringOfError(int error);
}
