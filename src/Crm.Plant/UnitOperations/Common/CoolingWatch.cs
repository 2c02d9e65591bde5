using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>Tells a cooling valve that does not open, or water that does not come, from the meter of the cooling water: long before the temperature could, which falls by itself too (SAF-28).</summary>
/// <param name="Dry">How long the valve has been told to open and nothing flows.</param>
public readonly record struct CoolingWatch(Lasting Dry)
{
    public static readonly CoolingWatch Fresh = default;

    private const string Valve = "cooling", Meter = "cooling_flow";

    /// <summary>Share of the valve's range from which water must flow.</summary>
    private const double Open = 0.5;

    /// <summary>Share of the meter's span that counts as flow.</summary>
    private const double FlowsShare = 0.025;

    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(2);

    /// <param name="cause">What is wrong with the cooling water, or null.</param>
    public CoolingWatch Next(PhaseContext context, out string? cause)
    {
        cause = null;
        int valve = context.Rig.Output(context.Unit.Name, Valve);
        if (valve < 0 || !context.HasTag(Meter) || context.Driven.IsEmpty) return this;
        Reading flow = context.Read(Meter);
        double told = context.Driven.Span[valve] / context.Rig.Outputs[valve].High;
        CoolingWatch next = new(Dry.Next(told >= Open && !flow.IsBad && flow.Value < FlowsShare * context.Rig.Tags[context.Tag(Meter)].High, context.Elapsed));
        if (next.Dry.For >= Lasts) cause = $"valve told {(100 * told).F("0")} %, {flow.Value.F()} {context.Rig.Tags[context.Tag(Meter)].Unit} flow: valve shut or no cooling water";
        return next;
    }
}
