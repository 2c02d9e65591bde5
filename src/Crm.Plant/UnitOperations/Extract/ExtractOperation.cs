using System.Collections.Immutable;

namespace Crm.Plant.UnitOperations;

/// <summary>
/// Runs a mixer-settler train: mixers, continuity, both feeds on recycle, product only when the profile is steady, then both feeds off in one
/// scan and settling. After any hold it goes through the start-up again, so that feeds never come onto standing mixers.
/// </summary>
public sealed class ExtractOperation : IUnitOperation
{
    public UnitOperationDescription Description { get; } = new(
        "extract",
        "Solvent extraction",
        "Starts mixers, proves the phase continuity, feeds both phases on recycle until the profile is steady, makes product, shuts down and settles.",
        ["extraction"],
        [
            ParameterDefinition.Named("aqueous", "Aqueous feed", ParameterKind.Place, "Place of the aqueous feed."),
            ParameterDefinition.Named("organic", "Organic", ParameterKind.Place, "Place of the organic."),
            ParameterDefinition.Number("rate", "Aqueous flow", "L/h", 0.1, 1000, null, "Flow of the aqueous feed."),
            ParameterDefinition.Number("ratio", "O/A", "", 0.05, 20, 1, "Organic to aqueous flow."),
            ParameterDefinition.Named("scrub", "Scrub liquor", ParameterKind.Place, "Place of the scrub liquor; absent: no scrubbing.", optional: true),
            ParameterDefinition.Number("scrub_rate", "Scrub flow", "L/h", 0.05, 1000, 1, "Flow of the scrub liquor."),
            ParameterDefinition.Named("base", "Base", ParameterKind.Place, "Place of the base that keeps the raffinate's end from turning acid; absent: none.", optional: true),
            ParameterDefinition.Number("base_rate", "Base flow", "L/h", 0.05, 1000, 1, "Flow of the base."),
            ParameterDefinition.Named("strip", "Strip liquor", ParameterKind.Place, "Place of the strip liquor; absent: no stripping.", optional: true),
            ParameterDefinition.Number("strip_rate", "Strip flow", "L/h", 0.05, 1000, 1, "Flow of the strip liquor."),
            ParameterDefinition.Number("mixer", "Mixer speed", "rpm", 10, 2000, null, "Speed of the mixers."),
            new("continuity", "Continuity", ParameterKind.Choice, "", 0, 0, null, true, ["organic", "aqueous"], "Phase that is continuous in the mixers; absent: not judged."),
            ParameterDefinition.Number("conducts", "Conducts", "mS/cm", 0.001, 1000, 1, "Mixer conductivity above which it is aqueous-continuous."),
            ParameterDefinition.Number("interface_low", "Interface low", "%", 0, 100, 30, "Lowest interface of the settler."),
            ParameterDefinition.Number("interface_high", "Interface high", "%", 0, 100, 70, "Highest interface of the settler."),
            ParameterDefinition.Number("hold_up", "Hold-up", "L", 0.1, 1000, null, "Volume of mixers and settlers."),
            ParameterDefinition.Number("turnovers", "Turnovers", "", 0, 50, 3, "Hold-ups that pass on recycle, with everything steady, before there is product; three times as long without is a fault."),
            ParameterDefinition.Number("crud", "Crud", "mm", 0, 1000, 20, "Fault above this crud layer."),
            ParameterDefinition.Number("organic_loss", "Organic loss", "L", 0.05, 1000, 1, "Fault when the organic inventory has lost more than this."),
            ParameterDefinition.Number("settle", "Settle", "s", 0, 86400, 900, "Time to settle after shutdown."),
            Pipework.Leave(),
        ],
        [
            new("mixer", RoleKind.Output, "rpm", true, "Mixers."), new("mixer_speed", RoleKind.Tag, "rpm", true, "Proof that they turn."),
            new("aqueous_flow", RoleKind.Tag, "L/h", true, "Aqueous feed."), new("organic_flow", RoleKind.Tag, "L/h", true, "Organic."),
            new("organic_loop", RoleKind.Loop, "L/h", false, "Holds the organic, in ratio to the aqueous feed where the loop is one."),
            new("scrub_flow", RoleKind.Tag, "L/h", false, "Scrub liquor."), new("strip_flow", RoleKind.Tag, "L/h", false, "Strip liquor."), new("base_flow", RoleKind.Tag, "L/h", false, "Base."),
            new("interface", RoleKind.Tag, "%", true, "Interface of the settler, share of its height."),
            new("mixer_conductivity", RoleKind.Tag, "mS/cm", false, "Tells the continuous phase."),
            new("crud", RoleKind.Tag, "mm", false, "Crud layer."), new("organic_level", RoleKind.Tag, "L", false, "Organic inventory."),
            new("divert", RoleKind.Output, "position", true, "0 recycle, 1 product."), new("ventilation", RoleKind.Output, "on/off", false, "Draws solvent vapour off."),
        ],
        ["on recycle", "making product"],
        RepeatSafe: true)
    {
        Continuous = true,
        Effects =
        [
            new("mixers on", "speed comes", ExtractParts.MixerTime, "mixers do not turn"),
            new("feeds on", "both meters show it", TimeSpan.FromMinutes(1), "line blocked or pump does not run"),
            new("mixing", "the right phase is continuous", ExtractParts.ContinuityTime, "continuous, "),
            new("feeding", "interface stays", ExtractParts.InterfaceTime, "interface"),
            new("recycle", "steady profile", ExtractParts.LeastProfileTime, "profile does not become steady"),
            new("settling", "crud stays thin, organic stays", TimeSpan.FromSeconds(60), "crud"),
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => ExtractMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory)
    {
        var extract = (ExtractMemory)memory;
        ExtractStage stage = extract.Stage is ExtractStage.Settle or ExtractStage.Done ? extract.Stage : ExtractStage.Mixers;
        return ExtractMemory.Fresh with { Stage = stage, Organic = extract.Organic, Made = extract.Made, Finished = extract.Finished };
    }

    public PhaseMemory Finish(PhaseMemory memory) =>
        memory is ExtractMemory { Stage: < ExtractStage.Shutdown } extract ? extract with { Stage = ExtractStage.Shutdown, InStage = TimeSpan.Zero, Flowing = false, Finished = true } : memory;

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var extract = (ExtractMemory)memory;
        context.Drive("ventilation", 1);
        if (ExtractStreams.Find(context, out string? missing) is not { } streams) return context.Faulted(extract, missing!);
        string? fault = context.Unusable("mixer_speed", "interface") ?? streams.Unusable(context);
        extract = extract with { InStage = extract.InStage + context.Elapsed };
        if (fault is null) extract = ExtractParts.Watch(context, extract, streams, out fault);
        if (fault is null) return Act(context, extract, streams);
        streams.Off(context);
        return context.Faulted(extract with { Flowing = false }, fault);
    }

    private static PhaseStep Act(PhaseContext context, ExtractMemory extract, ExtractStreams streams)
    {
        bool feeds = extract.Stage is ExtractStage.Recycle or ExtractStage.Product;
        context.Drive("mixer", extract.Stage is ExtractStage.Settle or ExtractStage.Done ? 0 : context.Number("mixer"));
        context.Drive("divert", extract.Stage == ExtractStage.Product ? 1 : 0);
        bool empty = context.Read(context.TagOf(context.Name("aqueous"), "level")) is { IsBad: false } level && level.Value <= context.Bottom();
        if (feeds && empty) return Next(context, extract, streams, ExtractStage.Shutdown, "feed is empty");
        streams.Drive(context, feeds, byMeter: extract.Stage == ExtractStage.Product || extract.InStage >= ExtractParts.MeterTime);
        double passed = streams.Passed(context);
        extract = extract with
        {
            Flowing = feeds,
            Turned = feeds && ExtractParts.IsSteady(context) && context.OffSpecification is null ? extract.Turned + (passed / context.Number("hold_up")) : feeds ? 0 : extract.Turned,
            Made = extract.Made + (extract.Stage == ExtractStage.Product ? context.Read("aqueous_flow").Value * context.Elapsed.TotalHours : 0),
        };
        return extract.Stage switch
        {
            ExtractStage.Mixers when ExtractParts.Turns(context) => Next(context, extract, streams, ExtractStage.Continuity, "mixers turn"),
            ExtractStage.Continuity when extract.Right.For >= ExtractParts.ProvenTime || !context.Has("continuity") => Next(context, extract, streams, ExtractStage.Recycle, "continuity proven"),
            ExtractStage.Recycle when extract.Turned >= context.Number("turnovers") => Next(context, extract, streams, ExtractStage.Product, "on profile"),
            ExtractStage.Product when context.OffSpecification is { } why => Next(context, extract with { Turned = 0 }, streams, ExtractStage.Recycle, $"off specification: {why}"),
            ExtractStage.Product when !ExtractParts.IsSteady(context) && extract.Off.For >= ExtractParts.OffProfileTime =>
                Next(context, extract with { Turned = 0 }, streams, ExtractStage.Recycle, "off profile"),
            ExtractStage.Shutdown when extract.InStage >= ExtractParts.MixOn => Next(context, extract, streams, ExtractStage.Settle, "settling"),
            ExtractStage.Settle when extract.InStage >= context.SecondsOr("settle", 900) => Next(context, extract, streams, ExtractStage.Done, "settled"),
            ExtractStage.Done => new(extract, PhaseVerdict.Done, $"{extract.Made.F("0.0")} L extracted, settled{(extract.Finished ? ", finished before the feed was gone" : "")}", 1),
            _ => new(extract, PhaseVerdict.Continue, Doing(context, extract), double.NaN, null, feeds),
        };
    }

    private static PhaseStep Next(PhaseContext context, ExtractMemory extract, ExtractStreams streams, ExtractStage stage, string why)
    {
        bool feeds = stage is ExtractStage.Recycle or ExtractStage.Product;
        if (!feeds) streams.Off(context);
        if (stage == ExtractStage.Recycle && extract.Stage == ExtractStage.Product) context.Drive("divert", 0);
        return new(extract with { Stage = stage, InStage = TimeSpan.Zero, Flowing = feeds && extract.Flowing }, PhaseVerdict.Continue, why, double.NaN);
    }

    private static string Doing(PhaseContext context, ExtractMemory extract) => extract.Stage switch
    {
        ExtractStage.Mixers => $"starting mixers: {context.Read("mixer_speed").Value.F("0")} rpm",
        ExtractStage.Continuity => $"proving continuity: {context.Read("mixer_conductivity").Value.F()} mS/cm",
        ExtractStage.Recycle when context.OffSpecification is { } why => $"on recycle, off specification: {why}",
        ExtractStage.Recycle => $"on recycle: {extract.Turned.F("0.0")} of {context.Number("turnovers").F("0.0")} turnovers steady, interface {context.Read("interface").Value.F("0")} %",
        ExtractStage.Product => $"product: {extract.Made.F("0.0")} L extracted, interface {context.Read("interface").Value.F("0")} %",
        ExtractStage.Shutdown => "shutting down: feeds off",
        _ => $"settling {extract.InStage.TotalMinutes.F("0")} min",
    };
}

public enum ExtractStage
{
    Mixers,
    Continuity,
    Recycle,
    Product,
    Shutdown,
    Settle,
    Done,
}

/// <param name="Turned">Hold-ups passed with everything steady, since the last disturbance.</param>
/// <param name="Flowing">The feeds were asked in the scan before.</param>
/// <param name="Right">How long the chosen phase has been continuous.</param>
/// <param name="Wrong">How long the other one has been.</param>
/// <param name="Out">How long the interface has been out of its band.</param>
/// <param name="Off">How long the profile has not been steady.</param>
/// <param name="Organic">Organic inventory at the start, L; NaN before the first reading.</param>
/// <param name="Made">L of aqueous feed extracted to product.</param>
public sealed record ExtractMemory(
    ExtractStage Stage, TimeSpan InStage, double Turned, bool Flowing, Lasting Right, Lasting Wrong, Lasting Out, Lasting Off, Lasting Crud,
    ImmutableArray<FlowWatch> Flows, double Organic, double Made) : PhaseMemory
{
    /// <summary>A person had it shut down.</summary>
    public bool Finished { get; init; }

    public static readonly ExtractMemory Fresh =
        new(ExtractStage.Mixers, TimeSpan.Zero, 0, false, default, default, default, default, default, [default, default, default, default, default], double.NaN, 0);
}
