using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>Lines, their pumps and the level of the place they draw from.</summary>
internal static class Pipework
{
    /// <summary>L: a vessel below this is empty as far as a level noisy by ±0.1 L can tell.</summary>
    public const double EmptyLevel = 0.3;

    /// <summary>How long a pump runs on below <see cref="EmptyLevel"/> to draw the heel and clear the line.</summary>
    public static readonly TimeSpan RunOn = TimeSpan.FromSeconds(60);

    public static readonly ParameterDefinition From = ParameterDefinition.Named("from", "From", ParameterKind.Place, "Place the line draws from.");

    public static ParameterDefinition Leave(double high = 1000) => ParameterDefinition.Number(
        "leave", "Leave", "L", 0, high, null, "Stops at this level of the source; absent empties it.", optional: true);

    /// <summary>The line of this unit that draws from a place (and leads to another, if named).</summary>
    public static TransferLine? Line(this PhaseContext context, string from, string? to = null) =>
        context.Rig.Lines.FirstOrDefault(l => l.Unit == context.Unit.Name && l.From == from && (to is null || l.To == to));

    public static string NoLine(this PhaseContext context, string from) => $"{context.Unit.Name} has no line from {from}";

    /// <summary>
    /// Drives a line's pump at a flow in L/h and, where several lines share the pump, turns the suction valve (optional output
    /// <c>suction</c>) to the position of this line among them, in the order of the rig file.
    /// </summary>
    /// <returns>The flow the pump should give, L/h.</returns>
    public static double Pump(this PhaseContext context, TransferLine line, double flow)
    {
        // A valve that is open or shut passes all or nothing.
        if (context.Rig.Outputs[line.Pump].IsSwitch) flow = flow > 0 ? line.FullRate : 0;
        double percent = Math.Clamp(100 * flow / line.FullRate, 0, 100);
        context.DriveOutput(line.Pump, percent);
        context.Drive("suction", SuctionPosition(context.Rig, line));
        return percent / 100 * line.FullRate;
    }

    /// <summary>Bottom of the source, L: what the recipe leaves, or the level that counts as empty.</summary>
    public static double Bottom(this PhaseContext context) => Math.Max(context.NumberOr("leave", 0), EmptyLevel);

    /// <summary>Time to run on below the bottom; none when the recipe wants something left.</summary>
    public static TimeSpan RunOnTime(this PhaseContext context) => context.NumberOr("leave", 0) > EmptyLevel ? TimeSpan.FromSeconds(2) : RunOn;

    /// <summary>Fault text when a place with a level is brim-full, so that pumping on would spill.</summary>
    public static string? Brimming(this PhaseContext context, string place)
    {
        int unit = context.Rig.Unit(place);
        int tag = context.TagOf(place, "level");
        if (unit < 0 || tag < 0 || context.Rig.Units[unit].GrossVolume is not double gross) return null;
        Reading level = context.Read(tag);
        return !level.IsBad && level.Value > gross ? $"{place} is full: {level.Value.F("0.0")} L of {gross.F("0.0")} L" : null;
    }

    private static int SuctionPosition(RigDefinition rig, TransferLine line)
    {
        int position = 0;
        foreach (TransferLine other in rig.Lines)
        {
            if (other.Name == line.Name && other.Unit == line.Unit) return position;
            if (other.Unit == line.Unit && other.Pump == line.Pump) position++;
        }

        return position;
    }
}

/// <summary>Does a level follow what its pump should move? Judged over windows in which at least <see cref="JudgedVolume"/> should have moved.</summary>
/// <param name="From">Level at the start of the window, L.</param>
/// <param name="Expected">Volume the pump should have moved since, L.</param>
public readonly record struct VolumeWatch(double From, double Expected, TimeSpan Over)
{
    public static readonly VolumeWatch Fresh = new(double.NaN, 0, TimeSpan.Zero);

    private const double JudgedVolume = 1.5;
    private const double LeastShare = 0.3;
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(60);

    /// <param name="flow">L/h that should be moving.</param>
    /// <param name="direction">+1 for a level that should rise, -1 for one that should fall.</param>
    public VolumeWatch Next(double level, double flow, int direction, TimeSpan elapsed, string what, out string? fault)
    {
        fault = null;
        VolumeWatch next = double.IsNaN(From) ? new(level, 0, TimeSpan.Zero) : this with { Expected = Expected + (flow * elapsed.TotalHours), Over = Over + elapsed };
        if (next.Expected < JudgedVolume || next.Over < LeastTime) return next;
        double moved = direction * (level - next.From);
        if (moved < LeastShare * next.Expected)
            fault = $"{what}: {moved.F("0.0")} L moved in {next.Over.TotalSeconds.F("0")} s, {next.Expected.F("0.0")} L expected";
        return new(level, 0, TimeSpan.Zero);
    }
}
