using System.Collections.Immutable;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>What is watched while extracting.</summary>
internal static class ExtractParts
{
    public static readonly TimeSpan MixerTime = TimeSpan.FromSeconds(90);
    public static readonly TimeSpan ProvenTime = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan ContinuityTime = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan InterfaceTime = TimeSpan.FromSeconds(90);
    public static readonly TimeSpan OffProfileTime = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan LeastProfileTime = TimeSpan.FromHours(1);

    /// <summary>Feeds start together at their flows; only when the meters have caught up do they lead a pump.</summary>
    public static readonly TimeSpan MeterTime = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan MixOn = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CrudTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FlipTime = TimeSpan.FromSeconds(20);

    private const double TurningShare = 0.8;

    /// <summary>Times the turnovers asked for that recycling may take until the profile is steady.</summary>
    private const double Patience = 3;

    /// <summary>Share by which a flow may be off while the profile counts as steady.</summary>
    private const double SteadyShare = 0.1;

    public static bool Turns(PhaseContext context) => context.Read("mixer_speed").Value >= TurningShare * context.Number("mixer");

    /// <summary>Flows as asked, interface in its band, the right phase continuous.</summary>
    public static bool IsSteady(PhaseContext context)
    {
        double rate = context.Number("rate");
        return Near(context.Read("aqueous_flow"), rate) && Near(context.Read("organic_flow"), rate * context.Number("ratio"))
            && InBand(context) && IsRight(context) != false;
    }

    public static ExtractMemory Watch(PhaseContext context, ExtractMemory extract, ExtractStreams streams, out string? fault)
    {
        bool mixes = extract.Stage <= ExtractStage.Shutdown;
        bool feeds = extract.Stage is ExtractStage.Recycle or ExtractStage.Product;
        Reading organic = context.Read("organic_level"), crud = context.Read("crud");
        ImmutableArray<FlowWatch> flows = streams.Watch(context, extract.Flows, extract.Flowing, out fault);
        extract = extract with
        {
            Flows = flows,
            Right = extract.Right.Next(IsRight(context) == true, context.Elapsed),
            Wrong = extract.Wrong.Next(mixes && IsRight(context) == false && Turns(context), context.Elapsed),
            Out = extract.Out.Next(feeds && !InBand(context), context.Elapsed),
            Off = extract.Off.Next(!IsSteady(context), context.Elapsed),
            Crud = extract.Crud.Next(context.HasTag("crud") && !crud.IsBad && crud.Value > context.Number("crud"), context.Elapsed),
            Organic = double.IsNaN(extract.Organic) && context.HasTag("organic_level") && !organic.IsBad ? organic.Value : extract.Organic,
        };
        fault = Mixers(context, extract, mixes) ?? fault ?? Continuity(context, extract) ?? Leak(context, extract, organic) ?? Settler(context, extract) ?? Crud(context, extract);
        return extract;
    }

    private static string? Mixers(PhaseContext context, ExtractMemory extract, bool mixes)
    {
        bool late = extract.Stage != ExtractStage.Mixers || extract.InStage >= MixerTime;
        bool judged = mixes && late && (extract.Stage != ExtractStage.Mixers || !Turns(context));
        return judged && !Turns(context)
            ? $"{context.Unit.Name} mixers do not turn: {context.Read("mixer_speed").Value.F("0")} rpm, {context.Number("mixer").F("0")} rpm asked"
            : null;
    }

    private static string? Continuity(PhaseContext context, ExtractMemory extract)
    {
        if (!context.Has("continuity")) return null;
        if (context.Unusable("mixer_conductivity") is { } unusable) return unusable;
        bool flipped = extract.Stage is ExtractStage.Recycle or ExtractStage.Product && extract.Wrong.For >= FlipTime;
        bool never = extract.Stage == ExtractStage.Continuity && extract.InStage >= ContinuityTime;
        return flipped || never
            ? $"{context.Unit.Name} is not {context.Name("continuity")}-continuous, {context.Read("mixer_conductivity").Value.F()} mS/cm: stop and restart the mixers in the phase that shall be continuous"
            : null;
    }

    private static string? Settler(PhaseContext context, ExtractMemory extract)
    {
        double height = context.Read("interface").Value;
        if (extract.Out.For >= InterfaceTime)
            return $"{context.Unit.Name} interface at {height.F("0")} %, {context.Number("interface_low").F("0")} to {context.Number("interface_high").F("0")} % allowed: jackleg, or a phase is carried over";
        if (extract.Stage != ExtractStage.Recycle || extract.InStage < ProfileTime(context)) return null;
        if (context.OffSpecification is { } why) return $"{context.Unit.Name} has been off specification for {extract.InStage.TotalHours.F("0.0")} h: {why}";
        return $"{context.Unit.Name} profile does not become steady in {extract.InStage.TotalHours.F("0.0")} h: {Flow(context, "aqueous_flow", 1)}, {Flow(context, "organic_flow", context.Number("ratio"))}, interface {height.F("0")} %";
    }

    private static string Flow(PhaseContext context, string meter, double ratio) => $"{meter} {context.Read(meter).Value.F("0.0")} of {(context.Number("rate") * ratio).F("0.0")} L/h";

    private static TimeSpan ProfileTime(PhaseContext context)
    {
        double hours = Patience * context.Number("turnovers") * context.Number("hold_up") / (context.Number("rate") * (1 + context.Number("ratio")));
        return TimeSpan.FromHours(Math.Max(hours, LeastProfileTime.TotalHours));
    }

    private static string? Crud(PhaseContext context, ExtractMemory extract) =>
        extract.Crud.For >= CrudTime ? $"{context.Unit.Name} crud layer {context.Read("crud").Value.F("0")} mm: draw it off" : null;

    /// <summary>Organic that is gone lifts the interface: out of band and half the loss allowed is a leak and no jackleg.</summary>
    private static string? Leak(PhaseContext context, ExtractMemory extract, Reading organic)
    {
        double lost = extract.Organic - organic.Value, allowed = context.Number("organic_loss");
        return !double.IsNaN(extract.Organic) && !organic.IsBad && lost > (extract.Out.For >= InterfaceTime ? allowed / 2 : allowed)
            ? $"{context.Unit.Name} has lost {lost.F("0.0")} L of organic: entrainment or leak"
            : null;
    }

    private static bool InBand(PhaseContext context) =>
        context.Read("interface") is { IsBad: false } level && level.Value >= context.Number("interface_low") && level.Value <= context.Number("interface_high");

    /// <summary>Null when it is not judged.</summary>
    private static bool? IsRight(PhaseContext context)
    {
        Reading conductivity = context.Read("mixer_conductivity");
        if (!context.Has("continuity") || conductivity.IsBad) return null;
        return conductivity.Value > context.Number("conducts") == (context.Name("continuity") == "aqueous");
    }

    private static bool Near(Reading flow, double asked) => !flow.IsBad && Math.Abs(flow.Value - asked) <= SteadyShare * asked;
}

/// <summary>The liquors of an extraction with their pumps: aqueous and organic always, scrub, base and strip as asked.</summary>
internal readonly record struct ExtractStreams(ImmutableArray<(TransferLine Line, string Meter, double Flow)> All)
{
    public static ExtractStreams? Find(PhaseContext context, out string? missing)
    {
        var all = ImmutableArray.CreateBuilder<(TransferLine, string, double)>(5);
        missing = null;
        foreach ((string place, string meter, double flow) in (ReadOnlySpan<(string, string, double)>)[
            ("aqueous", "aqueous_flow", context.Number("rate")),
            ("organic", "organic_flow", context.Number("rate") * context.Number("ratio")),
            ("scrub", "scrub_flow", context.NumberOr("scrub_rate", 0)),
            ("base", "base_flow", context.NumberOr("base_rate", 0)),
            ("strip", "strip_flow", context.NumberOr("strip_rate", 0))])
        {
            if (!context.Has(place)) continue;
            if (context.Line(context.Name(place), context.Unit.Name) is { } line) all.Add((line, meter, Math.Min(flow, line.FullRate)));
            else missing = context.NoLine(context.Name(place));
        }

        return missing is null ? new ExtractStreams(all.ToImmutable()) : null;
    }

    public string? Unusable(PhaseContext context)
    {
        foreach ((_, string meter, _) in All)
            if (context.Unusable(meter) is { } bad) return bad;
        return null;
    }

    /// <summary>
    /// All of them on, or all of them off, in one scan. A stream whose meter has a loop of its own (<c>organic_flow</c>: <c>organic_loop</c>) is
    /// then held by it; a ratio loop gets the ratio to the aqueous feed instead of the flow.
    /// </summary>
    public void Drive(PhaseContext context, bool on, bool byMeter)
    {
        foreach ((TransferLine line, string meter, double flow) in All)
        {
            int loop = on && byMeter ? LoopOf(context, meter) : -1;
            if (loop < 0) context.Pump(line, on ? flow : 0);
            else context.Control(LoopName(meter), context.Rig.Loops[loop].Ratio is null ? flow : flow / context.Number("rate"));
        }
    }

    private static string LoopName(string meter) => meter.Replace("_flow", "_loop", StringComparison.Ordinal);

    private static int LoopOf(PhaseContext context, string meter) => context.Rig.Loop(context.Unit.Name, LoopName(meter));

    public void Off(PhaseContext context) => Drive(context, on: false, byMeter: false);

    /// <summary>L of both phases in this scan.</summary>
    public double Passed(PhaseContext context)
    {
        double flow = 0;
        foreach ((_, string meter, _) in All) flow += Math.Max(context.Read(meter).Value, 0);
        return flow * context.Elapsed.TotalHours;
    }

    public ImmutableArray<FlowWatch> Watch(PhaseContext context, ImmutableArray<FlowWatch> before, bool flowing, out string? fault)
    {
        fault = null;
        for (int i = 0; i < All.Length; i++)
        {
            (TransferLine line, string meter, double flow) = All[i];
            // A loop makes up for a worn pump: it is judged by what the pump is told.
            double told = flowing && LoopOf(context, meter) >= 0 && !context.Driven.IsEmpty ? context.Driven.Span[line.Pump] / 100 * line.FullRate : flow;
            before = before.SetItem(i, before[i].Next(context.Read(meter).Value, flowing ? told : 0, line.FullRate, context.Elapsed, $"{context.Unit.Name} {line.From} pump", out string? own));
            fault ??= own;
        }

        return before;
    }
}
