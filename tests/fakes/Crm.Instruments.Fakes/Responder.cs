using System.Buffers.Binary;

namespace Crm.Instruments.Fakes;

/// <summary>A Modbus slave written from the specification (application protocol V1.1b3, serial line V1.02), with faults on request.</summary>
/// <param name="gate">What everything that touches a device locks.</param>
internal sealed class Responder(IReadOnlyList<FakeDevice> devices, object gate)
{
    private byte[] held = [];

    /// <summary>The bytes to send for one request (unit and PDU), earlier held ones first.</summary>
    /// <param name="frame">Puts check sum or header around unit and PDU.</param>
    public byte[] Answer(ReadOnlySpan<byte> request, Func<byte[], byte[]> frame)
    {
        lock (gate)
        {
            byte[] first = held;
            held = [];
            byte unit = request[0];
            if (devices.FirstOrDefault(d => d.Unit == unit) is not { } device) return first;
            first = [.. first, .. device.Held];
            device.Held = [];
            device.Requests++;
            WireFault fault = Next(device);
            if (fault.Kind == "deaf") return first;
            Answer answer = Spoilt(fault, frame, [unit, .. Pdu(device, request[1..], fault)]);
            if (!answer.IsHeld) return [.. first, .. answer.Frame];
            if (fault.Kind == "late") held = answer.Frame;
            else device.Held = answer.Frame;
            return first;
        }
    }

    private static WireFault Next(FakeDevice device)
    {
        WireFault fault = device.Fault;
        if (fault.Left == 0) return WireFault.None;
        if (fault.Left > 0) device.Fault = fault with { Left = fault.Left - 1 };
        return fault;
    }

    private static Answer Spoilt(WireFault fault, Func<byte[], byte[]> frame, byte[] body) => fault.Kind switch
    {
        "silence" => Fakes.Answer.Nothing,
        "wrong-address" => new Answer(frame([(byte)(body[0] + 7), .. body[1..]]), false),
        "wrong-check-sum" => new Answer(Flipped(frame(body)), false),
        "truncated" => new Answer(frame(body)[..^3], false),
        "late" or "late-own" => new Answer(frame(body), true),
        "garbage" => new Answer(Garbage(fault.Argument + fault.Left), false),
        "duplicate" => new Answer([.. frame(body), .. frame(body)], false),
        "foreign" => new Answer(frame([body[0], (byte)(body[1] ^ 7), .. body[2..]]), false),
        _ => new Answer(frame(body), false),
    };

    private static byte[] Flipped(byte[] frame)
    {
        frame[^1] ^= 0x55;
        return frame;
    }

    private static byte[] Garbage(int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[random.Next(1, 40)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Pdu(FakeDevice device, ReadOnlySpan<byte> request, WireFault fault)
    {
        byte function = request[0];
        if (fault.Kind == "exception") return [(byte)(function | 0x80), (byte)fault.Argument];
        ushort first = BinaryPrimitives.ReadUInt16BigEndian(request[1..]);
        ushort second = BinaryPrimitives.ReadUInt16BigEndian(request[3..]);
        return function switch
        {
            3 or 4 => ReadPdu(function, device.Read(function == 4, first, second)),
            6 => device.Write(first, [second]) ? request[..5].ToArray() : [0x86, 2],
            16 => device.Write(first, Words(request[6..])) ? request[..5].ToArray() : [0x90, 2],
            _ => [(byte)(function | 0x80), 1],
        };
    }

    private static byte[] ReadPdu(byte function, ushort[]? values)
    {
        if (values is null) return [(byte)(function | 0x80), 2];
        var pdu = new byte[2 + (2 * values.Length)];
        (pdu[0], pdu[1]) = (function, (byte)(2 * values.Length));
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(pdu.AsSpan(2 + (2 * i)), values[i]);
        return pdu;
    }

    private static ushort[] Words(ReadOnlySpan<byte> bytes)
    {
        var words = new ushort[bytes.Length / 2];
        for (int i = 0; i < words.Length; i++) words[i] = BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..]);
        return words;
    }
}
