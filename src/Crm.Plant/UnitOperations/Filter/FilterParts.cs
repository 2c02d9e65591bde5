namespace Crm.Plant.UnitOperations;

/// <summary>What feeding and washing a filter have in common.</summary>
internal static class FilterParts
{
    /// <summary>L/h below which nothing flows.</summary>
    public const double NoFlow = 0.5;

    /// <summary>L that a suction may leave behind: with no flow left and this little there, the source is empty.</summary>
    public const double Heel = 1;

    public static readonly TimeSpan NoFlowTime = TimeSpan.FromSeconds(240);

    public static readonly ParameterDefinition Divert = ParameterDefinition.Number(
        "divert", "Divert", "", 0, 9, 0, "Position of the filtrate's divert valve; the rig file says where each leads.");

    public static ParameterDefinition Blow(double seconds) => ParameterDefinition.Number(
        "blow", "Blow", "s", 0, 7200, seconds, "Time the cake is blown with air at the end.");

    /// <summary>Pump off, air on for its time, air off.</summary>
    public static PhaseStep Blow(PhaseContext context, FilterMemory filter, int pump)
    {
        TimeSpan time = context.SecondsOr("blow", 0);
        TimeSpan blown = filter.Blown + context.Elapsed;
        bool done = blown >= time;
        context.DriveOutput(pump, 0);
        context.Drive("air_valve", done ? 0 : 1);
        string doing = $"blowing the cake {Math.Min(blown.TotalSeconds, time.TotalSeconds).F("0")} of {time.TotalSeconds.F("0")} s";
        return new(filter with { Blown = blown }, done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, Inputs.Share(blown / Positive(time), 1), null, done);
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.FromTicks(1);
}
