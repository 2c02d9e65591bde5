using System.Collections.Immutable;
using Crm.Plant.Rigs;

namespace Crm.Plant.UnitOperations;

/// <summary>What is watched while liquors circulate through a stack.</summary>
internal static class ElectrodialyseParts
{
    public static readonly TimeSpan FlowTime = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan ProvenTime = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan NoCurrentTime = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan ThrottledTime = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan ThinTime = TimeSpan.FromMinutes(90);
    private static readonly TimeSpan RunOnTime = TimeSpan.FromSeconds(10);

    /// <summary>Shares: of the flow that counts as flowing, of the current that counts as there, by which the brine must have become thinner.</summary>
    private const double FlowingShare = 0.8, CurrentShare = 0.5, ThinnerShare = 0.01;

    /// <summary>A below which nothing is judged, and which no rectifier shows that is off.</summary>
    private const double LeastCurrent = 0.5;

    public static ElectrodialyseMemory Watch(PhaseContext context, ElectrodialyseMemory state, ElectrodialyseStreams streams, out string? fault)
    {
        double current = context.Read("current").Value, volts = context.Read("voltage").Value, asked = context.Number("current"), brine = context.Read("brine_conductivity").Value;
        bool runs = state.Stage == ElectrodialyseStage.Run, limited = volts > 0.95 * context.Number("voltage");
        ImmutableArray<FlowWatch> flows = streams.Watch(context, state.Flows, state.InStage > TimeSpan.Zero || state.Stage != ElectrodialyseStage.Circulate, out fault);
        bool thinner = !runs || current < LeastCurrent || double.IsNaN(state.Thinnest) || brine < (1 - ThinnerShare) * state.Thinnest;
        state = state with
        {
            InStage = state.InStage + context.Elapsed,
            Charge = state.Charge + (Math.Max(current, 0) * context.Elapsed.TotalHours),
            Flows = flows,
            Flowing = state.Flowing.Next(streams.AllFlow(context, FlowingShare), context.Elapsed),
            NoCurrent = state.NoCurrent.Next(runs && state.Set > LeastCurrent && current < CurrentShare * state.Set && !limited, context.Elapsed),
            RunsOn = state.RunsOn.Next(state.Set <= 0 && current > LeastCurrent, context.Elapsed),
            Throttled = state.Throttled.Next(runs && limited && current < CurrentShare * asked, context.Elapsed),
            Thinnest = thinner ? brine : state.Thinnest,
            Thick = thinner ? TimeSpan.Zero : state.Thick + context.Elapsed,
        };
        string unit = context.Unit.Name;
        fault ??= state.NoCurrent.For >= NoCurrentTime ? $"{unit} rectifier gives no current: {current.F("0.0")} of {state.Set.F("0.0")} A at {volts.F("0.0")} V"
            : state.RunsOn.For >= RunOnTime ? $"{unit} rectifier gives {current.F("0.0")} A that nobody asked: it runs on"
            : state.Throttled.For >= ThrottledTime ? $"{unit} takes {current.F("0.0")} of {asked.F("0.0")} A at {volts.F("0.0")} V: membranes fouled or brine spent"
            : state.Thick >= ThinTime ? $"{unit}: the brine does not get thinner, {brine.F("0.0")} mS/cm: a membrane is torn, or it comes back from elsewhere"
            : null;
        return state;
    }
}

/// <summary>Brine, acid and base with their circulation pumps and meters.</summary>
internal readonly record struct ElectrodialyseStreams(ImmutableArray<(TransferLine Line, string Meter)> All)
{
    public static ElectrodialyseStreams? Find(PhaseContext context, out string? missing)
    {
        var all = ImmutableArray.CreateBuilder<(TransferLine, string)>(3);
        missing = null;
        foreach (string liquor in (ReadOnlySpan<string>)["brine", "acid", "base"])
        {
            if (context.Line(context.Name(liquor), context.Unit.Name) is { } line) all.Add((line, liquor + "_flow"));
            else missing = context.NoLine(context.Name(liquor));
        }

        return missing is null ? new ElectrodialyseStreams(all.ToImmutable()) : null;
    }

    public void Drive(PhaseContext context, bool on)
    {
        foreach ((TransferLine line, _) in All) context.Pump(line, on ? Math.Min(context.Number("rate"), line.FullRate) : 0);
    }

    public bool AllFlow(PhaseContext context, double share)
    {
        foreach ((TransferLine line, string meter) in All)
            if (context.Read(meter).Value < share * Math.Min(context.Number("rate"), line.FullRate)) return false;
        return true;
    }

    public ImmutableArray<FlowWatch> Watch(PhaseContext context, ImmutableArray<FlowWatch> before, bool flowing, out string? fault)
    {
        fault = null;
        for (int i = 0; i < All.Length; i++)
        {
            (TransferLine line, string meter) = All[i];
            double told = flowing ? Math.Min(context.Number("rate"), line.FullRate) : 0;
            before = before.SetItem(i, before[i].Next(context.Read(meter).Value, told, line.FullRate, context.Elapsed, $"{context.Unit.Name} {line.From} pump", out string? own));
            fault ??= own;
        }

        return before;
    }
}
