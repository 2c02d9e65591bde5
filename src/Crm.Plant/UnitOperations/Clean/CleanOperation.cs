using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>Cleans a vessel: fill, circulate, verify the rinse, drain; again until the rinse is clean. Sets the unit clean on record.</summary>
public sealed class CleanOperation : IUnitOperation
{
    /// <summary>Key in the event's data by which the vessel's status is set.</summary>
    public const string CleanedKey = "cleaned";

    private static readonly TimeSpan VerifyTime = TimeSpan.FromSeconds(30);

    public UnitOperationDescription Description { get; } = new(
        "clean",
        "Clean",
        "Fills with rinse, circulates, verifies its conductivity, drains; repeats until the rinse is clean, then sets the unit clean.",
        [],
        [
            Pipework.From with { Meaning = "Place of the rinse." },
            ParameterDefinition.Named("to", "To", ParameterKind.Place, "Place that takes the spent rinse."),
            ParameterDefinition.Number("fill", "Fill", "L", 0.5, 10000, null, "Level of each rinse."),
            ParameterDefinition.Number("circulate", "Circulate", "s", 10, 86400, 600, "Time the rinse works."),
            ParameterDefinition.Number("limit", "Limit", "mS/cm", 0.0001, 1000, null, "The rinse is clean below this conductivity."),
            ParameterDefinition.Number("rinses", "Rinses", "", 1, 20, 3, "Fault when this many did not make it clean."),
            Surroundings.Temperature(),
            Surroundings.Agitator,
        ],
        [
            new("level", RoleKind.Tag, "L", true, "Fill and drain."), new("conductivity", RoleKind.Tag, "mS/cm", true, "Verifies the rinse."),
            new("circulation", RoleKind.Output, "%", false, "Circulates the rinse through pipes and spray ball."),
            Surroundings.Loop(false), Surroundings.AgitatorOutput, Surroundings.AgitatorSpeed,
        ],
        ["while circulating"],
        RepeatSafe: true)
    {
        Through = true,
        Effects =
        [
            new("rinse pump on", "level rises", TimeSpan.FromMinutes(3), "L moved in"),
            new("drain pump on", "level falls", TimeSpan.FromMinutes(3), "L moved in"),
            new("rinsed", "conductivity below the limit", TimeSpan.FromHours(1), "is not clean"),
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => CleanMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) => (CleanMemory)memory with { Level = Smoothed.Unset, Watch = VolumeWatch.Fresh };

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var clean = (CleanMemory)memory;
        string from = context.Name("from"), to = context.Name("to");
        if (context.Line(from, context.Unit.Name) is not { } inlet) return context.Faulted(clean, context.NoLine(from));
        if (context.Line(context.Unit.Name, to) is not { } drain) return context.Faulted(clean, $"{context.Unit.Name} has no line to {to}");
        bool wet = clean.Stage is CleanStage.Circulate or CleanStage.Verify;
        string? fault = (wet ? context.Maintain() : null) ?? context.Unusable("level", "conductivity") ?? context.Brimming(to);
        if (fault is not null) return context.Faulted(clean, fault);
        clean = clean with { Level = clean.Level.Next(context.Read("level").Value, context.Elapsed, Inputs.LevelSmoothing), InStage = clean.InStage + context.Elapsed };
        context.Drive("circulation", wet ? 100 : 0);
        return clean.Stage switch
        {
            CleanStage.Fill => Move(context, clean, inlet, drain, clean.Level.Value < context.Number("fill"), +1, CleanStage.Circulate),
            CleanStage.Circulate => Circulate(context, clean, inlet, drain),
            CleanStage.Verify => Verify(context, clean, inlet, drain),
            CleanStage.Drain => Drained(context, clean, inlet, drain),
            _ => Done(context, clean, inlet, drain),
        };
    }

    private static PhaseStep Move(PhaseContext context, CleanMemory clean, TransferLine inlet, TransferLine drain, bool goes, int direction, CleanStage next)
    {
        double flow = context.Pump(inlet, goes && direction > 0 ? inlet.FullRate : 0);
        double drained = context.Pump(drain, goes && direction < 0 ? drain.FullRate : 0);
        if (!goes) return Go(clean, next, "next");
        string what = direction > 0 ? $"{inlet.From} to {context.Unit.Name}" : $"{context.Unit.Name} to {drain.To}";
        bool ends = direction < 0 && clean.Level.Value <= Pipework.EmptyLevel;
        string? fault = null;
        VolumeWatch watch = ends ? VolumeWatch.Fresh : clean.Watch.Next(clean.Level.Value, direction > 0 ? flow : drained, direction, context.Elapsed, what, out fault);
        clean = clean with { Watch = watch };
        return fault is not null
            ? context.Faulted(clean, fault)
            : new(clean, PhaseVerdict.Continue, $"rinse {clean.Rinse}: {what}, {clean.Level.Value.F("0.0")} L", double.NaN, null, false);
    }

    private static PhaseStep Circulate(PhaseContext context, CleanMemory clean, TransferLine inlet, TransferLine drain)
    {
        Stand(context, inlet, drain);
        TimeSpan time = context.SecondsOr("circulate", 600);
        if (clean.InStage >= time) return Go(clean, CleanStage.Verify, "verifying");
        return new(clean, PhaseVerdict.Continue, $"rinse {clean.Rinse}: circulating {clean.InStage.TotalMinutes.F("0")} of {time.TotalMinutes.F("0")} min", double.NaN);
    }

    private static PhaseStep Verify(PhaseContext context, CleanMemory clean, TransferLine inlet, TransferLine drain)
    {
        Stand(context, inlet, drain);
        Reading conductivity = context.Read("conductivity");
        clean = clean with { Below = clean.Below.Next(conductivity.Value <= context.Number("limit"), context.Elapsed), Shown = conductivity.Value };
        if (clean.InStage >= VerifyTime) return Go(clean with { Verified = clean.Below.For >= VerifyTime / 2 }, CleanStage.Drain, "draining");
        return new(clean, PhaseVerdict.Continue, $"rinse {clean.Rinse}: {conductivity.Value.F()} mS/cm, {context.Number("limit").F()} allowed", double.NaN);
    }

    private static PhaseStep Drained(PhaseContext context, CleanMemory clean, TransferLine inlet, TransferLine drain)
    {
        clean = clean with { Empty = clean.Empty.Next(clean.Level.Value <= Pipework.EmptyLevel, context.Elapsed) };
        if (clean.Empty.For < Pipework.RunOn) return Move(context, clean, inlet, drain, true, -1, CleanStage.Drain);
        Stand(context, inlet, drain);
        if (clean.Verified)
        {
            var data = BatchEvent.NoData.Add(CleanedKey, context.Unit.Name).Add("conductivity_mS_cm", clean.Shown.F("R")).Add("rinses", clean.Rinse.ToString(System.Globalization.CultureInfo.InvariantCulture));
            context.Record(BatchEventKind.Note, $"{context.Unit.Name} is clean: {clean.Rinse} rinses, {clean.Shown.F()} mS/cm in the last", data);
            return Go(clean, CleanStage.Done, "clean");
        }

        return clean.Rinse >= context.Number("rinses")
            ? context.Faulted(clean, $"{context.Unit.Name} is not clean after {clean.Rinse} rinses: {clean.Shown.F()} mS/cm, {context.Number("limit").F()} allowed")
            : Go(clean with { Rinse = clean.Rinse + 1, Empty = default, Below = default }, CleanStage.Fill, "next rinse");
    }

    private static PhaseStep Done(PhaseContext context, CleanMemory clean, TransferLine inlet, TransferLine drain)
    {
        Stand(context, inlet, drain);
        return new(clean, PhaseVerdict.Done, $"clean after {clean.Rinse} rinses", 1);
    }

    private static void Stand(PhaseContext context, TransferLine inlet, TransferLine drain)
    {
        context.Pump(inlet, 0);
        context.Pump(drain, 0);
    }

    private static PhaseStep Go(CleanMemory clean, CleanStage stage, string what) =>
        new(clean with { Stage = stage, InStage = TimeSpan.Zero, Watch = VolumeWatch.Fresh }, PhaseVerdict.Continue, what, double.NaN, null, false);
}

public enum CleanStage
{
    Fill,
    Circulate,
    Verify,
    Drain,
    Done,
}

/// <param name="Rinse">Number of the rinse, from 1.</param>
/// <param name="Shown">Conductivity last seen, mS/cm.</param>
public sealed record CleanMemory(
    CleanStage Stage, TimeSpan InStage, int Rinse, Smoothed Level, VolumeWatch Watch, Lasting Below, Lasting Empty, bool Verified, double Shown) : PhaseMemory
{
    public static readonly CleanMemory Fresh = new(CleanStage.Fill, TimeSpan.Zero, 1, Smoothed.Unset, VolumeWatch.Fresh, default, default, false, double.NaN);
}
