using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Crm.Instruments.Buses;

/// <summary>
/// A line through libmodbus: it opens and sets the port, frames what is received and proves check sums. Requests over TCP are sent from
/// here, for libmodbus 3.1.6 gives its raw requests no transaction number and does not compare the unit that answers, and only a first
/// wait of our own tells silence from an answer that broke off (docs/decisions/0010).
/// </summary>
public sealed class LibModbusLine : IModbusLine
{
    /// <summary>Frames that are read and put aside within one deadline: late answers and answers of others.</summary>
    private const int MostForeignFrames = 8;

    /// <summary>Longest wait for a line to fall silent; a line that babbles longer is at fault.</summary>
    private static readonly TimeSpan longestBabble = TimeSpan.FromMilliseconds(300);

    /// <summary>A strange answer from a device that left a request unanswered within this time is taken for the answer to that one.</summary>
    private static readonly TimeSpan longestLateness = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan connectTime = TimeSpan.FromSeconds(2);
    private const int LongestFrame = 260;
    private const int TcpHeader = 6;
    private const int CheckSum = 2;

    private readonly ModbusContext context;
    private readonly TimeProvider time;
    private readonly TimeSpan silence, frameTime;
    private readonly bool isTcp;
    private readonly byte[] buffer = new byte[512];
    private readonly long[] unansweredAt = new long[256];
    private ushort transaction;

    private LibModbusLine(ModbusContext context, TimeProvider time, TimeSpan silence, TimeSpan frameTime, bool isTcp)
    {
        if (context.IsInvalid) throw new ArgumentException("libmodbus refuses the port: " + LibModbus.ErrorText(Marshal.GetLastPInvokeError()));
        (this.context, this.time, this.silence, this.frameTime, this.isTcp) = (context, time, silence, frameTime, isTcp);
    }

    public bool IsOpen { get; private set; }

    /// <summary>Whether libmodbus is installed; without it <see cref="Tcp"/> and <see cref="Serial"/> throw <see cref="DllNotFoundException"/>.</summary>
    public static bool IsInstalled => LibModbus.IsInstalled;

    public static LibModbusLine Tcp(string host, int port, TimeProvider time) => new(
        LibModbus.NewTcp(host, port.ToString(CultureInfo.InvariantCulture)), time, TimeSpan.Zero, TimeSpan.FromMilliseconds(250), isTcp: true);

    /// <param name="parity">N, E or O.</param>
    /// <exception cref="ArgumentException">The device name, speed or parity is none.</exception>
    public static LibModbusLine Serial(string device, int speed, char parity, int stopBits, TimeProvider time)
    {
        TimeSpan character = TimeSpan.FromSeconds((9.0 + (parity == 'N' ? 0 : 1) + stopBits) / speed);
        TimeSpan longestFrame = (LongestFrame * character) + TimeSpan.FromMilliseconds(100);
        return new(LibModbus.NewSerial(device, speed, (byte)parity, 8, stopBits), time, 3.5 * character, longestFrame, isTcp: false);
    }

    public ModbusFault Open()
    {
        SetResponseTime(connectTime);
        LibModbus.SetByteTimeout(context, 0, 0);
        Array.Fill(unansweredAt, long.MinValue);
        IsOpen = LibModbus.Connect(context) == 0;
        return IsOpen ? ModbusFault.None : new ModbusFault(FaultKind.PortLost, Marshal.GetLastPInvokeError());
    }

    public void Close()
    {
        if (IsOpen) LibModbus.Close(context);
        IsOpen = false;
    }

    public void Dispose()
    {
        Close();
        context.Dispose();
    }

    public ModbusFault Transact(ModbusRequest request, TimeSpan deadline, Span<ushort> registers)
    {
        if (!IsOpen) return new ModbusFault(FaultKind.PortLost, LibModbus.ConnectionReset);
        ModbusFault fault = FallSilent();
        if (fault.IsNone) fault = Send(request);
        if (fault.IsNone) fault = Await(request, deadline, registers);
        if (fault.Kind is FaultKind.NoAnswer or FaultKind.LateAnswer) unansweredAt[request.Unit] = time.GetTimestamp();
        if (fault.Kind == FaultKind.PortLost) Close();
        return fault;
    }

    /// <summary>Discards bytes until none come for 3.5 characters (TCP: none wait).</summary>
    private ModbusFault FallSilent()
    {
        long begin = time.GetTimestamp();
        while (true)
        {
            ModbusFault fault = Wait(silence, out bool readable);
            if (!fault.IsNone || !readable) return fault;
            if (LibModbus.Read(LibModbus.Descriptor(context), buffer, (nuint)buffer.Length) <= 0) return new ModbusFault(FaultKind.PortLost, LibModbus.ConnectionReset);
            if (time.GetElapsedTime(begin) > longestBabble) return new ModbusFault(FaultKind.Malformed);
        }
    }

    private ModbusFault Send(ModbusRequest request)
    {
        LibModbus.SetSlave(context, request.Unit);
        Span<byte> frame = stackalloc byte[TcpHeader + ModbusRequest.LongestBody];
        int length = request.Encode(frame[TcpHeader..]);
        bool sent;
        if (isTcp)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame, ++transaction);
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], 0);
            BinaryPrimitives.WriteUInt16BigEndian(frame[4..], (ushort)length);
            sent = LibModbus.Write(LibModbus.Descriptor(context), frame, (nuint)(TcpHeader + length)) == TcpHeader + length;
        }
        else
        {
            sent = LibModbus.SendRaw(context, frame.Slice(TcpHeader, length), length) > 0;
        }

        return sent ? ModbusFault.None : new ModbusFault(FaultKind.PortLost, Marshal.GetLastPInvokeError());
    }

    /// <summary>Answers to earlier requests are put aside; when nothing else comes, the fault says so.</summary>
    private ModbusFault Await(ModbusRequest request, TimeSpan deadline, Span<ushort> registers)
    {
        long begin = time.GetTimestamp();
        ModbusFault foreign = new(FaultKind.NoAnswer);
        for (int frames = 0; frames < MostForeignFrames; frames++)
        {
            TimeSpan left = deadline - time.GetElapsedTime(begin);
            ModbusFault fault = Wait(left > TimeSpan.Zero ? left : TimeSpan.Zero, out bool readable);
            if (!fault.IsNone) return fault;
            if (!readable) return foreign;
            fault = Receive(request, registers);
            if (fault.Kind != FaultKind.LateAnswer) return fault;
            foreign = fault;
        }

        return foreign;
    }

    private ModbusFault Receive(ModbusRequest request, Span<ushort> registers)
    {
        SetResponseTime(frameTime);
        int length = LibModbus.Receive(context, buffer);
        if (length < 0) return Fault(Marshal.GetLastPInvokeError());
        ModbusFault fault = length == 0 ? new ModbusFault(FaultKind.WrongAddress, buffer[0]) : Check(request, length, registers);
        bool isLate = fault.Kind switch
        {
            FaultKind.WrongAddress => OwesAnswer((byte)fault.Code),
            FaultKind.Malformed => OwesAnswer(request.Unit),
            _ => false,
        };
        return isLate ? new ModbusFault(FaultKind.LateAnswer) : fault;
    }

    private bool OwesAnswer(byte unit) => unansweredAt[unit] > long.MinValue && time.GetElapsedTime(unansweredAt[unit]) < longestLateness;

    private ModbusFault Check(ModbusRequest request, int length, Span<ushort> registers)
    {
        if (!isTcp) return request.Check(buffer.AsSpan(0, Math.Max(0, length - CheckSum)), registers);
        if (length < TcpHeader || BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(2)) != 0) return new ModbusFault(FaultKind.Malformed);
        if (BinaryPrimitives.ReadUInt16BigEndian(buffer) != transaction) return new ModbusFault(FaultKind.LateAnswer);
        if (BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(4)) != length - TcpHeader) return new ModbusFault(FaultKind.Malformed);
        return request.Check(buffer.AsSpan(TcpHeader, length - TcpHeader), registers);
    }

    private static ModbusFault Fault(int error) => error switch
    {
        LibModbus.TimedOut => new ModbusFault(FaultKind.ShortFrame),
        LibModbus.BadCheckSum => new ModbusFault(FaultKind.BadCheckSum),
        LibModbus.BadData => new ModbusFault(FaultKind.Malformed),
        _ => new ModbusFault(FaultKind.PortLost, error),
    };

    private ModbusFault Wait(TimeSpan limit, out bool readable)
    {
        long begin = time.GetTimestamp();
        while (true)
        {
            double left = Math.Max(0, (limit - time.GetElapsedTime(begin)).TotalMilliseconds);
            LibModbus.PollEntry entry = new() { Descriptor = LibModbus.Descriptor(context), Wanted = LibModbus.Readable };
            int seen = LibModbus.Poll(ref entry, 1, (int)Math.Ceiling(left));
            readable = seen > 0 && (entry.Seen & LibModbus.Readable) != 0;
            if (seen > 0 && !readable && (entry.Seen & LibModbus.Broken) != 0) return new ModbusFault(FaultKind.PortLost, LibModbus.ConnectionReset);
            if (seen >= 0) return ModbusFault.None;
            int error = Marshal.GetLastPInvokeError();
            if (error != LibModbus.Interrupted) return new ModbusFault(FaultKind.PortLost, error);
        }
    }

    private void SetResponseTime(TimeSpan limit) =>
        LibModbus.SetResponseTimeout(context, (uint)limit.TotalSeconds, (uint)(limit.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond));
}
