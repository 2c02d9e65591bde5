using System.Globalization;
using Crm.Plant.Tags;

namespace Crm.Instruments.Buses;

/// <summary>What can go wrong with one request.</summary>
public enum FaultKind : byte
{
    None = 0,

    /// <summary>Not one byte came within the deadline.</summary>
    NoAnswer,

    /// <summary>Another slave address answered.</summary>
    WrongAddress,

    /// <summary>The device answered with an exception code: what was asked was certainly not done.</summary>
    Exception,

    /// <summary>The check sum does not fit.</summary>
    BadCheckSum,

    /// <summary>The answer began and broke off.</summary>
    ShortFrame,

    /// <summary>The answer belonged to an earlier request; none came to this one.</summary>
    LateAnswer,

    /// <summary>The answer is not one to this request.</summary>
    Malformed,

    /// <summary>The device at this address is of another kind than the rig file says.</summary>
    WrongDevice,

    /// <summary>The port or connection is gone.</summary>
    PortLost,
}

/// <summary>The outcome of one request.</summary>
/// <param name="Code">Exception code, address that answered, type that was found, or errno, by <paramref name="Kind"/>.</param>
public readonly record struct ModbusFault(FaultKind Kind, int Code = 0)
{
    public static readonly ModbusFault None = default;

    public bool IsNone => Kind == FaultKind.None;

    /// <summary>True when the device may or may not have done what was asked.</summary>
    public bool LeavesOutcomeUnknown => Kind is not (FaultKind.None or FaultKind.Exception);

    public Reason Reason => Kind switch
    {
        FaultKind.None => Reason.None,
        FaultKind.WrongAddress or FaultKind.WrongDevice => Reason.WrongDevice,
        FaultKind.Exception => Reason.Refused,
        FaultKind.BadCheckSum or FaultKind.Malformed => Reason.Corrupted,
        FaultKind.ShortFrame => Reason.ShortFrame,
        FaultKind.LateAnswer => Reason.LateAnswer,
        _ => Reason.NoAnswer,
    };

    public override string ToString() => Kind switch
    {
        FaultKind.None => "no fault",
        FaultKind.NoAnswer => "no answer",
        FaultKind.WrongAddress => "answer from address " + Number(Code),
        FaultKind.Exception => $"exception {Number(Code)} ({ExceptionText(Code)})",
        FaultKind.BadCheckSum => "wrong check sum",
        FaultKind.ShortFrame => "answer breaks off",
        FaultKind.LateAnswer => "answer to an earlier request",
        FaultKind.Malformed => "not an answer to the request",
        FaultKind.WrongDevice => "another kind of device: type 0x" + Code.ToString("X4", CultureInfo.InvariantCulture),
        _ => "port lost: " + LibModbus.ErrorText(Code),
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Modbus application protocol V1.1b3, section 7.</summary>
    private static string ExceptionText(int code) => code switch
    {
        1 => "illegal function",
        2 => "illegal data address",
        3 => "illegal data value",
        4 => "device failure",
        5 => "acknowledge",
        6 => "device busy",
        8 => "memory parity",
        10 => "gateway path unavailable",
        11 => "gateway target does not respond",
        _ => "unknown",
    };
}
