using System.Buffers.Binary;

namespace Crm.Instruments.Buses;

/// <summary>The functions that instruments here use (Modbus application protocol V1.1b3, section 6).</summary>
public enum ModbusFunction : byte
{
    ReadHolding = 3,
    ReadInput = 4,
    WriteHolding = 16,
}

/// <summary>A run of registers, addresses from 0.</summary>
public readonly record struct RegisterBlock(ModbusFunction Function, ushort First, ushort Count);

/// <summary>One request to one slave.</summary>
/// <param name="Values">What is written; empty for a read.</param>
public sealed record ModbusRequest(byte Unit, ModbusFunction Function, ushort First, ushort Count, ReadOnlyMemory<ushort> Values)
{
    /// <summary>Registers one request may carry (protocol limit 125 and 123).</summary>
    public const int MostRegisters = 120;

    /// <summary>Unit and the longest PDU.</summary>
    public const int LongestBody = 7 + (2 * MostRegisters);

    public static ModbusRequest Read(byte unit, RegisterBlock block) => new(unit, block.Function, block.First, block.Count, default);

    public static ModbusRequest Write(byte unit, RegisterBlock block, ReadOnlyMemory<ushort> values) =>
        new(unit, ModbusFunction.WriteHolding, block.First, (ushort)values.Length, values);

    /// <summary>Unit and PDU, without check sum or TCP header.</summary>
    /// <returns>Bytes written.</returns>
    public int Encode(Span<byte> body)
    {
        body[0] = Unit;
        body[1] = (byte)Function;
        BinaryPrimitives.WriteUInt16BigEndian(body[2..], First);
        BinaryPrimitives.WriteUInt16BigEndian(body[4..], Count);
        if (Function != ModbusFunction.WriteHolding) return 6;
        body[6] = (byte)(2 * Count);
        for (int i = 0; i < Count; i++) BinaryPrimitives.WriteUInt16BigEndian(body[(7 + (2 * i))..], Values.Span[i]);
        return 7 + (2 * Count);
    }

    /// <summary>Is <paramref name="answer"/> (unit and PDU, check sum already proven) the answer to this request? Pure; never throws, whatever the bytes.</summary>
    /// <param name="registers">Filled only when there is no fault.</param>
    public ModbusFault Check(ReadOnlySpan<byte> answer, Span<ushort> registers)
    {
        if (answer.Length < 2) return new ModbusFault(FaultKind.ShortFrame);
        if (answer[0] != Unit) return new ModbusFault(FaultKind.WrongAddress, answer[0]);
        if (answer[1] == ((byte)Function | 0x80))
            return answer.Length == 3 ? new ModbusFault(FaultKind.Exception, answer[2]) : new ModbusFault(FaultKind.Malformed);
        if (answer[1] != (byte)Function) return new ModbusFault(FaultKind.Malformed);
        return Function == ModbusFunction.WriteHolding ? CheckEcho(answer) : CheckRegisters(answer, registers);
    }

    private ModbusFault CheckEcho(ReadOnlySpan<byte> answer)
    {
        bool same = answer.Length == 6
            && BinaryPrimitives.ReadUInt16BigEndian(answer[2..]) == First
            && BinaryPrimitives.ReadUInt16BigEndian(answer[4..]) == Count;
        return same ? ModbusFault.None : new ModbusFault(FaultKind.Malformed);
    }

    private ModbusFault CheckRegisters(ReadOnlySpan<byte> answer, Span<ushort> registers)
    {
        if (answer.Length != 3 + (2 * Count) || answer[2] != 2 * Count || registers.Length < Count) return new ModbusFault(FaultKind.Malformed);
        for (int i = 0; i < Count; i++) registers[i] = BinaryPrimitives.ReadUInt16BigEndian(answer[(3 + (2 * i))..]);
        return ModbusFault.None;
    }
}
