using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>Tells a heater that is open from heat that does not arrive, and one that stays on although it should not (SAF-28).</summary>
/// <param name="Over">How long it has heated above the setpoint.</param>
public readonly record struct HeaterWatch(Lasting Over)
{
    public static readonly HeaterWatch Fresh = default;

    /// <summary>K above the setpoint at which no controller heats any more.</summary>
    private const double Above = 4;

    /// <summary>Share of the meter's span that counts as heating.</summary>
    private const double HeatsShare = 0.05;

    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(3);

    public HeaterWatch Next(PhaseContext context, double temperature, double setpoint, out string? fault)
    {
        HeaterWatch next = new(Over.Next(temperature > setpoint + Above && Power(context) is { } power && power > Least(context), context.Elapsed));
        fault = next.Over.For >= Lasts
            ? $"{context.Unit.Name} heater relay stuck on: {Power(context)!.Value.F()} kW at {temperature.F("0.0")} degC, setpoint {setpoint.F("0.0")} degC"
            : null;
        return next;
    }

    /// <summary>What the power meter says of a heater without effect; empty where the unit has none.</summary>
    public static string Cause(PhaseContext context) => Power(context) is not { } power ? ""
        : power > Least(context) ? $"; it draws {power.F()} kW: heat does not reach the liquor"
        : $"; it draws {Math.Max(power, 0).F()} kW: heater open or its relay does not close";

    private static double? Power(PhaseContext context)
    {
        Reading power = context.Read("heater_power");
        return !context.HasTag("heater_power") || power.IsBad ? null : power.Value;
    }

    private static double Least(PhaseContext context) => HeatsShare * context.Rig.Tags[context.Tag("heater_power")].High;
}
