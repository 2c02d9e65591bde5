namespace Crm.Plant.Tags;

/// <summary>Why a reading is bad or uncertain, in words a technician uses.</summary>
public static class ReasonWords
{
    public static string Words(this Reason reason) => reason switch
    {
        Reason.NeverRead => "never read",
        Reason.Stale => "stale",
        Reason.NoAnswer => "no answer",
        Reason.WrongDevice => "wrong device answers",
        Reason.Refused => "device refuses to answer",
        Reason.Corrupted => "answer corrupted",
        Reason.ShortFrame => "answer breaks off",
        Reason.LateAnswer => "answer to an earlier request",
        Reason.OutOfRange => "out of range",
        Reason.DeviceFailure => "device failure",
        Reason.Frozen => "frozen",
        Reason.Substituted => "substituted",
        Reason.OpenLoop => "open loop, wire broken",
        Reason.Overcurrent => "overcurrent, short circuit",
        Reason.RateOfChange => "moves faster than the process can",
        Reason.Deviation => "disagrees with its twin instrument",
        _ => "unknown",
    };
}
