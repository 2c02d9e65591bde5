using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Records;
using Crm.Plant.Rigs;

namespace Crm.Plant.Protection;

/// <summary>A bypass, force or substitution as facts of the record, and back (SAF-15).</summary>
internal static class OverrideFacts
{
    private const string Kind = "override.kind", Ended = "override.ended";

    public static ImmutableSortedDictionary<string, string> Set(in OverrideStatus entry)
    {
        ImmutableSortedDictionary<string, string>.Builder data = BatchEvent.NoData.ToBuilder();
        data[Kind] = entry.Kind.ToString();
        data["override.reason"] = entry.Reason;
        data["override.until_s"] = Number(entry.Until.TotalSeconds);
        if (entry.IsOfTrip) data["override.cause"] = Number(entry.Cause);
        if (entry.IsOfTrip) data["override.channel"] = Number(entry.Channel);
        else data["override.value"] = Number(entry.Value);
        return data.ToImmutable();
    }

    public static ImmutableSortedDictionary<string, string> End(in OverrideStatus entry) => BatchEvent.NoData.Add(Ended, entry.Kind.ToString());

    /// <summary>What an event set aside; null for any other event, and for what the rig does not have any more.</summary>
    public static OverrideStatus? SetBy(RigDefinition rig, BatchEvent happened)
    {
        if (!Enum.TryParse(happened.Data.GetValueOrDefault(Kind), out OverrideKind kind) || Target(rig, kind, happened.Subject) is not (>= 0 and int target)) return null;
        int cause = (int)Read(happened, "override.cause", -1), channel = (int)Read(happened, "override.channel", -1);
        TimeSpan until = TimeSpan.FromSeconds(Read(happened, "override.until_s", 0));
        return new OverrideStatus(kind, target, cause, channel, Read(happened, "override.value", 0), happened.At, until, happened.Cause, happened.Data.GetValueOrDefault("override.reason", ""), false, false);
    }

    /// <summary>What an event ended; null for any other event.</summary>
    public static (OverrideKind Kind, int Target)? EndedBy(RigDefinition rig, BatchEvent happened) =>
        Enum.TryParse(happened.Data.GetValueOrDefault(Ended), out OverrideKind kind) ? (kind, Target(rig, kind, happened.Subject)) : null;

    private static int Target(RigDefinition rig, OverrideKind kind, string name) => kind switch
    {
        OverrideKind.ForcedOutput => rig.Output(name),
        OverrideKind.SubstitutedTag => rig.Tag(name),
        OverrideKind.HardWired => rig.HardWired.FirstOrDefault(h => h.Name == name)?.Ordinal ?? -1,
        _ => rig.Trips.FirstOrDefault(t => t.Id == name)?.Ordinal ?? -1,
    };

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static double Read(BatchEvent happened, string key, double without) =>
        double.TryParse(happened.Data.GetValueOrDefault(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : without;
}
