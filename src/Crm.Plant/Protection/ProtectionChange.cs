using System.Collections.Immutable;
using Crm.Plant.Records;
using Crm.Plant.Scan;

namespace Crm.Plant.Protection;

/// <summary>
/// The protection of the rig file against the one that the last batch ran with (SAF-32): where they differ the rig stays tripped until a
/// named person has accepted the change with a reason.
/// </summary>
public static class ProtectionChange
{
    /// <summary>Subject of the events about it.</summary>
    public const string Subject = "protection";

    private const string Key = "protection_sha256";

    /// <summary>Letters of the checksum in a sentence: enough to tell two apart.</summary>
    private const int Shown = 12;

    public static ImmutableSortedDictionary<string, string> Facts(string checksum) => BatchEvent.NoData.Add(Key, checksum);

    /// <summary>The checksum that the last event about it names; empty when none does.</summary>
    public static string LastIn(IEnumerable<BatchEvent> record)
    {
        string last = "";
        foreach (BatchEvent happened in record)
            if (happened.Subject == Subject && happened.Data.TryGetValue(Key, out string? checksum)) last = checksum;
        return last;
    }

    public static string Short(string checksum) => checksum.Length > Shown ? checksum[..Shown] : checksum;

    /// <summary>Why the rig's trip is not reset yet; null when nothing waits.</summary>
    internal static string? Waits(ScanState state) => state.Trips.Unaccepted is { } was
        ? $"the protection is not the one that the last batch ran with ({Short(was)}): look at the change (crm rig diff) and accept it first"
        : null;

    internal static string? Accept(ScanState state, string checksum, string by, string reason)
    {
        if (state.Trips.Unaccepted is not { } was) return "no change of the protection waits to be accepted";
        if (OverrideDesk.WhyNotNamed(by, reason) is { } unnamed) return unnamed;
        state.Trips.Unaccepted = null;
        state.Tell(ScanEventKind.ProtectionAccepted, -1, Subject, $"protection changed from {Short(was)} to {Short(checksum)}, accepted: {reason}", by, facts: Facts(checksum));
        return null;
    }
}
