using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Store.History;

/// <summary>One line of history: a tag as read, or an output as driven. Numbered by tag, then by output.</summary>
/// <param name="StandardUncertainty">In the unit; 0 for an output, which is exactly what was sent.</param>
/// <param name="StaleAfter">Zero for an output.</param>
public sealed record HistoryChannel(
    int Ordinal, string Name, string Label, string Unit, double Low, double High, double StandardUncertainty, int Decimals, Keep Keep, TimeSpan StaleAfter)
{
    /// <summary>Share of its span by which an output that a loop moves in every scan must have moved to be kept.</summary>
    private const double OutputDeadband = 0.005;

    private static readonly TimeSpan longestOfOutput = TimeSpan.FromMinutes(10);

    public static ImmutableArray<HistoryChannel> Of(RigDefinition rig) => [.. rig.Tags.Select(Of), .. rig.Outputs.Select(o => Of(o, rig.Tags.Length + o.Ordinal))];

    /// <returns>-1 when the rig has neither tag nor output of that name.</returns>
    public static int Find(RigDefinition rig, string name)
    {
        int tag = rig.Tag(name), output = rig.Output(name);
        return tag >= 0 || output < 0 ? tag : rig.Tags.Length + output;
    }

    /// <summary>Digits kept after the point: those of the instrument, or of the deadband where it is finer.</summary>
    public int KeptDecimals => IsSwitch ? 0 : Math.Clamp(Math.Max(Decimals, Keep.Deadband > 0 ? (int)Math.Ceiling(-Math.Log10(Keep.Deadband)) : 0), 0, 9);

    private bool IsSwitch => Unit == "on/off";

    private static HistoryChannel Of(TagDefinition tag) =>
        new(tag.Ordinal, tag.Name, tag.Label, tag.Unit, tag.Low, tag.High, tag.StandardUncertainty, tag.Decimals, tag.Keep, tag.StaleAfter);

    private static HistoryChannel Of(OutputDefinition output, int ordinal) => new(
        ordinal, output.Name, output.Label, output.Unit, output.Low, output.High, 0, 1, new Keep(OutputDeadband * (output.High - output.Low), longestOfOutput), TimeSpan.Zero);
}
