using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Expressions;
using Crm.Plant.Outputs;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Control;

/// <summary>
/// Outputs whose own measurement says something else: an agitator asked to turn that stands still, a heater that draws power though it is
/// off. What stands out at once to a person who knows the pair, and to nobody else.
/// </summary>
internal static class Disagreements
{
    /// <summary>Share of the measurement's span below which a thing does nothing.</summary>
    private const double Nothing = 0.03;

    /// <summary>Role of an output, and the role of the tag on the same unit that measures what it does.</summary>
    private static readonly ImmutableArray<(string Output, string Tag)> Pairs =
        [("agitator", "agitator_speed"), ("heater", "heater_power"), ("cooling", "cooling_flow"), ("fan", "flow"), ("fan", "fan_running"), ("pump", "pump_running")];

    public static ImmutableArray<string> Of(RigDefinition rig, PlantSnapshot seen) =>
        [.. Found(rig, seen).Select(f => $"{f.Output.Name} is asked for {Words(f.Output, f.Asked)}, but {f.Tag.Name} reads {ConditionText.Value(f.Tag, f.Reading)}: it does not obey ({f.Output.Bus} {f.Output.Address})")];

    /// <summary>Names of the outputs that do not obey.</summary>
    public static IEnumerable<string> Outputs(RigDefinition rig, PlantSnapshot seen) => Found(rig, seen).Select(f => f.Output.Name).Distinct();

    private static IEnumerable<(OutputDefinition Output, double Asked, TagDefinition Tag, Reading Reading)> Found(RigDefinition rig, PlantSnapshot seen)
    {
        if (seen.Frame is not { } frame) yield break;
        foreach (OutputDefinition output in rig.Outputs)
        {
            int dot = output.Name.IndexOf('.', StringComparison.Ordinal);
            foreach ((_, string role) in Pairs.Where(p => p.Output == output.Name[(dot + 1)..]))
            {
                int tag = rig.Tag(output.Name[..(dot + 1)] + role);
                if (tag < 0 || !Disagrees(output, frame.Plan.Values[output.Ordinal], rig.Tags[tag], frame.Image[tag])) continue;
                yield return (output, frame.Plan.Values[output.Ordinal], rig.Tags[tag], frame.Image[tag]);
            }
        }
    }

    public static string Words(OutputDefinition output, double value) =>
        output.IsSwitch ? value >= 0.5 ? "on" : "off" : value.ToString("0.#", CultureInfo.InvariantCulture) + " " + output.Unit;

    private static bool Disagrees(OutputDefinition output, double asked, TagDefinition tag, in Reading reading)
    {
        if (reading.IsBad) return false;
        bool does = tag.IsSwitch ? reading.Value >= 0.5 : reading.Value > Nothing * tag.High;
        bool wanted = output.IsSwitch ? asked >= 0.5 : asked > 5 * Nothing * output.High;
        bool off = output.IsSwitch ? asked < 0.5 : asked <= output.Low;
        return (wanted && !does) || (off && does);
    }
}
