using System.Globalization;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>
/// Loss-in-weight of a reagent drum: what has gone since the tare, and whether it goes as the pump was told. A drum that is topped up
/// or moved makes a jump; a jump is never counted as dosed.
/// </summary>
/// <param name="Scale">Smoothed reading, kg.</param>
/// <param name="Tare">kg when dosing began, corrected for jumps; NaN before the first reading.</param>
/// <param name="Commanded">kg that the pump should have given since the tare.</param>
/// <param name="WindowFrom">Scale at the start of the window in which the pump is judged, kg.</param>
/// <param name="WindowCommanded">kg commanded in the window.</param>
public readonly record struct DosingTally(
    Smoothed Scale,
    double Tare,
    double Commanded,
    double WindowFrom,
    double WindowCommanded,
    TimeSpan Window)
{
    public static readonly DosingTally Fresh = new(Smoothed.Unset, double.NaN, 0, double.NaN, 0, TimeSpan.Zero);

    public static readonly TimeSpan Smoothing = TimeSpan.FromSeconds(2);

    /// <summary>kg in one scan: more than any pump gives, so somebody is at the drum.</summary>
    private const double Jump = 0.25;

    private const string TareKey = "scale_kg";

    private static readonly TimeSpan LeastWindow = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromMinutes(20);

    /// <summary>A longer look than the window: a pump that gives something, and too little.</summary>
    public WearWatch Wear { get; init; } = WearWatch.Fresh;

    /// <summary>kg gone since the tare.</summary>
    public double Dosed => double.IsNaN(Tare) || !Scale.IsSet ? 0 : Tare - Scale.Value;

    /// <summary>Takes the present smoothed reading as the start of dosing.</summary>
    public DosingTally Tared() => this with { Tare = Scale.Value, Commanded = 0, WindowFrom = Scale.Value, WindowCommanded = 0, Window = TimeSpan.Zero, Wear = WearWatch.Fresh };

    /// <summary>Notes the tare, so that a controller that was away can go on from it by the scale.</summary>
    public void RecordTare(PhaseContext context, string reagent) => context.Record(
        BatchEventKind.Note,
        $"{reagent} scale {Tare.F("0.000")} kg before dosing into {context.Unit.Name}",
        BatchEvent.NoData.Add("reagent", reagent).Add(TareKey, Tare.F("R")));

    /// <summary>The tally of a controller that was away: the scale knows what has gone since the recorded tare.</summary>
    public static DosingTally? Recovered(IReadOnlyList<BatchEvent> recorded)
    {
        string? tare = recorded.Select(e => e.Data.GetValueOrDefault(TareKey)).LastOrDefault(t => t is not null);
        return tare is null ? null : Fresh with { Tare = double.Parse(tare, CultureInfo.InvariantCulture) };
    }

    /// <summary>After a hold: what was dosed stays counted, the pump is judged afresh.</summary>
    public DosingTally Reopened() => this with { WindowFrom = double.NaN, WindowCommanded = 0, Window = TimeSpan.Zero, Wear = WearWatch.Fresh };

    /// <param name="raw">Scale now, kg.</param>
    /// <param name="rate">kg/h that the pump was told.</param>
    /// <param name="uncertainty">Standard uncertainty of the scale, kg.</param>
    public DosingTally Next(double raw, double rate, TimeSpan elapsed, double uncertainty, string reagent, out string? fault)
    {
        fault = null;
        if (Scale.IsSet && Math.Abs(raw - Scale.Value) > Jump) return Jumped(raw, reagent, out fault);
        double commanded = rate * elapsed.TotalHours;
        DosingTally next = this with
        {
            Scale = Scale.Next(raw, elapsed, Smoothing),
            Commanded = Commanded + commanded,
            WindowCommanded = WindowCommanded + commanded,
            Window = Window + elapsed,
        };
        if (double.IsNaN(next.Tare)) return next;
        if (double.IsNaN(next.WindowFrom)) return next with { WindowFrom = next.Scale.Value };
        next = next.Judged(uncertainty, reagent, out fault);
        WearWatch wear = next.Wear.Next(next.Scale.Value, commanded, elapsed, uncertainty, reagent, out string? worn);
        fault ??= worn;
        return next with { Wear = wear };
    }

    /// <summary>The event that accounts for what this phase dosed, from the tare to <paramref name="gone"/> kg.</summary>
    public static void Account(PhaseContext context, DosingLine line, double gone, double asked)
    {
        double u = Math.Max(context.Rig.Tags[line.Scale].StandardUncertainty, 0.001) * Math.Sqrt(2);
        var data = BatchEvent.NoData
            .Add("reagent", line.Reagent)
            .Add("unit", context.Unit.Name)
            .Add("mass_kg", gone.ToString("R", CultureInfo.InvariantCulture))
            .Add("mass_u_kg", u.ToString("R", CultureInfo.InvariantCulture))
            .Add("asked_kg", asked.ToString("R", CultureInfo.InvariantCulture));
        context.Record(BatchEventKind.Dose, $"{gone.F("0.000")} kg {line.Reagent} into {context.Unit.Name} by drum scale ({asked.F("0.000")} kg asked)", data);
    }

    /// <summary>kg gone by the scale as it stands now; the last smoothed value when the scale cannot be read.</summary>
    public double GoneBy(Reading scale) =>
        double.IsNaN(Tare) ? 0 : scale.IsBad || (Scale.IsSet && Math.Abs(scale.Value - Scale.Value) > Jump) ? Dosed : Tare - scale.Value;

    private DosingTally Jumped(double raw, string reagent, out string? fault)
    {
        double jump = raw - Scale.Value;
        fault = jump < 0 ? $"{reagent} scale fell by {(-jump).F()} kg at once: drum moved or scale faulty" : null;
        return this with { Scale = new(raw), Tare = Tare + jump, WindowFrom = WindowFrom + jump, Wear = Wear with { From = Wear.From + jump } };
    }

    private DosingTally Judged(double uncertainty, string reagent, out string? fault)
    {
        fault = null;
        double judged = Math.Clamp(6 * uncertainty, 0.03, 0.1);
        double gone = WindowFrom - Scale.Value;
        if (gone > (1.5 * WindowCommanded) + judged)
            fault = $"{reagent} pump or line: {gone.F()} kg gone in {Window.TotalSeconds.F("0")} s, {WindowCommanded.F()} kg expected: it delivers too much" + (WindowCommanded <= 0 ? ", relay stuck on" : "");
        else if (WindowCommanded >= judged && Window >= LeastWindow && gone < 0.5 * WindowCommanded)
            fault = $"{reagent} pump or line: {gone.F()} kg gone in {Window.TotalSeconds.F("0")} s, {WindowCommanded.F()} kg expected: "
                + (gone < 0.2 * WindowCommanded ? "line blocked or pump does not run" : "pump worn");
        bool closes = fault is not null || (WindowCommanded >= judged && Window >= LeastWindow) || Window >= LongestWindow;
        return closes ? this with { WindowFrom = Scale.Value, WindowCommanded = 0, Window = TimeSpan.Zero } : this;
    }
}

/// <summary>A unit's reagent lines by name.</summary>
internal static class DosingLines
{
    public static readonly ParameterDefinition Reagent = ParameterDefinition.Named("reagent", "Reagent", ParameterKind.Reagent, "Reagent as the rig names it.");

    public static DosingLine? DosingLine(this PhaseContext context, string reagent)
    {
        foreach (DosingLine line in context.Unit.DosingLines)
            if (line.Reagent == reagent) return line;
        return null;
    }

    /// <summary>Drives a reagent pump at kg/h; answers the rate it should give.</summary>
    public static double Pump(this PhaseContext context, DosingLine line, double rate)
    {
        double percent = Math.Clamp(100 * rate / line.FullRate, 0, 100);
        context.DriveOutput(line.Pump, percent);
        return percent / 100 * line.FullRate;
    }
}
