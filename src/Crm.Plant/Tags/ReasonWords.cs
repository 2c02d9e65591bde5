namespace Crm.Plant.Tags;

/// <summary>The words a person reads for why a reading is not good.</summary>
public static class ReasonWords
{
    public static string Words(this Reason reason) => reason switch
    {
        Reason.NeverRead => "never read",
        Reason.Stale => "stale",
        Reason.NoAnswer => "no answer",
        Reason.OutOfRange => "out of range",
        Reason.DeviceFailure => "device failure",
        Reason.Frozen => "frozen",
        Reason.Substituted => "substituted",
        _ => "unknown",
    };
}
