namespace Crm.Plant.UnitOperations;

/// <summary>Memory of operations that move liquor by a level.</summary>
/// <param name="Start">Level when it began, L.</param>
/// <param name="Below">How long the level has been at the bottom.</param>
public sealed record FlowMemory(Smoothed Level, double Start, VolumeWatch Watch, Lasting Below, bool Done) : PhaseMemory
{
    public static readonly FlowMemory Fresh = new(Smoothed.Unset, double.NaN, VolumeWatch.Fresh, default, false);

    public FlowMemory Reopened() => this with { Watch = VolumeWatch.Fresh, Level = Smoothed.Unset };

    public FlowMemory Seen(double raw, PhaseContext context)
    {
        Smoothed level = Level.Next(raw, context.Elapsed, Inputs.LevelSmoothing);
        return this with { Level = level, Start = double.IsNaN(Start) ? level.Value : Start };
    }
}
