using Crm.Plant.Ports;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;

namespace Crm.Twin.Faults;

internal enum FaultKind
{
    OutputFail,
    OutputStuckOn,
    TagFrozen,
    TagDead,
    BusLost,
    ScrubberLost,
    TagOffset,
    TagDrift,
    TagGain,
    TagSlope,
    TagAlkaline,
    TagAcid,
    TagNoise,
    TagSlow,
    TagSpike,
    TagDropout,
    TagReversed,
    OutputWear,
    OutputStiction,
    OutputLeak,
    OutputBacklash,
    OutputAir,
    OutputSpill,
    UnitCrud,
    UnitThirdPhase,
    UnitOrganicLeak,
    UnitJackleg,
    UnitInversion,
    UnitBlocked,
    UnitCracked,
    UnitFouled,
    UnitTorn,
    UnitScaled,
    PowerCut,
    FeedChange,
}

/// <param name="Size">Of a fault that has one.</param>
/// <param name="Sound">Size at which nothing is wrong: where a growing fault begins.</param>
/// <param name="Over">Time in which it grows to its size; zero: at once.</param>
internal readonly record struct Fault(FaultKind Kind, int Ordinal, string Bus, double Size = 0, double Sound = 0, TimeSpan Over = default)
{
    /// <summary>Material or reagent that is other than it should be.</summary>
    public string Feed { get; init; } = "";

    /// <summary>What of it.</summary>
    public string Component { get; init; } = "";
}

/// <summary>Faults by id: what a rig can suffer.</summary>
internal static class FaultList
{
    public static IEnumerable<string> Ids(RigDefinition rig)
    {
        yield return "scrubber:lost";
        foreach (string bus in rig.Buses.Select(b => b.Name)) yield return $"bus.{bus}:lost";
        foreach (string output in rig.Outputs.Select(o => o.Name))
        {
            yield return output + ":fail";
            yield return output + ":stuck-on";
        }
        foreach (string tag in rig.Tags.Select(t => t.Name))
        {
            yield return tag + ":frozen";
            yield return tag + ":dead";
            yield return tag + ":reversed";
        }
    }

    /// <exception cref="ArgumentException">Unknown; the message lists the known ones.</exception>
    public static Fault Parse(RigDefinition rig, TwinDefinition? twin, string id)
    {
        int colon = id.IndexOf(':');
        string name = colon < 0 ? id : id[..colon], what = colon < 0 ? "" : id[(colon + 1)..];
        if (name.StartsWith(Feeds.Prefix, StringComparison.Ordinal)) return FeedFault.Parse(rig, twin, name[Feeds.Prefix.Length..], what);
        int output = rig.Output(name), tag = rig.Tag(name), unit = output < 0 && tag < 0 ? rig.Unit(name) : -1;
        if (Sized(rig, name, what, output, tag, unit) is { } sized) return sized;
        string? bus = name.StartsWith("bus.", StringComparison.Ordinal) ? rig.Buses.FirstOrDefault(b => b.Name == name[4..])?.Name : null;
        return (what, output >= 0, tag >= 0, bus) switch
        {
            ("fail", true, _, _) => new Fault(FaultKind.OutputFail, output, ""),
            ("stuck-on", true, _, _) => new Fault(FaultKind.OutputStuckOn, output, ""),
            ("frozen", _, true, _) => new Fault(FaultKind.TagFrozen, tag, ""),
            ("reversed", _, true, _) => new Fault(FaultKind.TagReversed, tag, "", rig.Tags[tag].Low + rig.Tags[tag].High),
            ("dead", _, true, _) => new Fault(FaultKind.TagDead, tag, ""),
            ("lost", _, _, not null) => new Fault(FaultKind.BusLost, -1, bus),
            ("lost", _, _, _) when name == "scrubber" => new Fault(FaultKind.ScrubberLost, -1, ""),
            _ => throw new ArgumentException($"no such fault '{id}'; known: {string.Join(", ", Ids(rig))}"),
        };
    }

    /// <summary>What is wrong with a fault's words, or null: for whoever takes them from a person.</summary>
    public static string? Problem(RigDefinition rig, TwinDefinition? twin, string id)
    {
        try
        {
            Parse(rig, twin, id);
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    /// <summary>Faults that have a size, each with an example, for one tag or output.</summary>
    public static IEnumerable<string> Samples(RigDefinition rig, string name)
    {
        if (rig.Output(name) >= 0) return FaultSize.OfOutputs.Select(f => f.Sample(name));
        if (rig.Unit(name) is >= 0 and int unit) return FaultSize.OfUnits(rig.Units[unit].Class).Select(f => f.Sample(name));
        int tag = rig.Tag(name);
        return tag >= 0 && !rig.Tags[tag].IsSwitch ? FaultSize.OfTags.Where(f => f.Suits(name)).Select(f => f.Sample(name)) : [];
    }

    private static Fault? Sized(RigDefinition rig, string name, string what, int output, int tag, int unit)
    {
        string[] words = what.Split('=', 2);
        FaultSize? size = output >= 0 ? FaultSize.OfOutputs.FirstOrDefault(f => f.Word == words[0])
            : tag >= 0 && !rig.Tags[tag].IsSwitch ? FaultSize.OfTags.FirstOrDefault(f => f.Word == words[0] && f.Suits(name))
            : unit >= 0 ? FaultSize.OfUnits(rig.Units[unit].Class).FirstOrDefault(f => f.Word == words[0])
            : name == "power" && words[0] == FaultSize.OfPower.Word ? FaultSize.OfPower : null;
        return size is null ? null : Sized(size, name, words, Math.Max(Math.Max(output, tag), unit));
    }

    /// <param name="words">Kind, and size with the time in which it grows, as written.</param>
    internal static Fault Sized(FaultSize size, string name, string[] words, int ordinal)
    {
        string what = string.Join('=', words);
        if (words.Length < 2) throw new ArgumentException($"fault '{name}:{what}' needs a size, for example {size.Sample(name)}: {size.Bounds}");
        string[] grows = words[1].Split('/', 2);
        TimeSpan over = TimeSpan.Zero;
        if (grows.Length > 1 && (!DurationText.TryParse(grows[1], out over) || !size.Grows))
            throw new ArgumentException($"fault '{name}:{what}': {(size.Grows ? $"'{grows[1]}' is no time in which it grows, for example {size.Sample(name)}/30min" : "it is there at once and does not grow")}");
        return size.Read(grows[0]) is { } number
            ? new Fault(size.Kind, ordinal, "", number, size.Sound, over)
            : throw new ArgumentException($"fault '{name}:{what}': expected {size.Bounds}, for example {size.Sample(name)}");
    }
}
