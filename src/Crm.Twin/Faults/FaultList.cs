using Crm.Plant.Ports;
using Crm.Plant.Rigs;

namespace Crm.Twin.Faults;

internal enum FaultKind
{
    OutputFail,
    OutputStuckOn,
    TagFrozen,
    TagDead,
    BusLost,
    ScrubberLost,
}

internal readonly record struct Fault(FaultKind Kind, int Ordinal, string Bus);

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
        }
    }

    /// <exception cref="ArgumentException">Unknown; the message lists the known ones.</exception>
    public static Fault Parse(RigDefinition rig, string id)
    {
        int colon = id.IndexOf(':');
        string name = colon < 0 ? id : id[..colon], what = colon < 0 ? "" : id[(colon + 1)..];
        int output = rig.Output(name), tag = rig.Tag(name);
        string? bus = name.StartsWith("bus.", StringComparison.Ordinal) ? rig.Buses.FirstOrDefault(b => b.Name == name[4..])?.Name : null;
        return (what, output >= 0, tag >= 0, bus) switch
        {
            ("fail", true, _, _) => new Fault(FaultKind.OutputFail, output, ""),
            ("stuck-on", true, _, _) => new Fault(FaultKind.OutputStuckOn, output, ""),
            ("frozen", _, true, _) => new Fault(FaultKind.TagFrozen, tag, ""),
            ("dead", _, true, _) => new Fault(FaultKind.TagDead, tag, ""),
            ("lost", _, _, not null) => new Fault(FaultKind.BusLost, -1, bus),
            ("lost", _, _, _) when name == "scrubber" => new Fault(FaultKind.ScrubberLost, -1, ""),
            _ => throw new ArgumentException($"no such fault '{id}'; known: {string.Join(", ", Ids(rig))}"),
        };
    }
}
