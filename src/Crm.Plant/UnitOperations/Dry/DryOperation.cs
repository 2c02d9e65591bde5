using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>Dries under vacuum at a temperature for a time.</summary>
public sealed class DryOperation : IUnitOperation
{
    /// <summary>Percent of heater per K, where the rig has no temperature loop on the dryer.</summary>
    private const double HeaterGain = 10;

    /// <summary>K below the temperature from which the time counts.</summary>
    private const double Near = 5;

    /// <summary>mbar; a vacuum pump that works is well below it after <see cref="PumpDown"/>.</summary>
    private const double WeakVacuum = 700;

    /// <summary>kW; below it a heater that should heat does not.</summary>
    private const double LeastPower = 0.02;

    private static readonly TimeSpan PumpDown = TimeSpan.FromMinutes(20);

    public UnitOperationDescription Description { get; } = new(
        "dry",
        "Dry",
        "Dries under vacuum; the time counts from reaching the temperature.",
        ["dryer"],
        [
            Surroundings.Temperature(optional: false),
            ParameterDefinition.Number("for", "For", "s", 0, 604800, null, "Time at temperature."),
        ],
        [
            Surroundings.TemperatureTag(true), Surroundings.Loop(false),
            new("heater", RoleKind.Output, "%", false, "Heats the shelf."),
            new("heater_power", RoleKind.Tag, "kW", false, "Proof that heat goes in while the water boils off."),
            new("vacuum_pump", RoleKind.Output, "on/off", false, "Draws the vapour off."),
            new("pressure", RoleKind.Tag, "mbar", false, "Proof of vacuum."),
        ],
        [],
        RepeatSafe: true)
    {
        Effects =
        [
            new("heater on", "temperature follows, or power goes in", TimeSpan.FromMinutes(12), "heater gives no heat"),
            new("vacuum pump on", "pressure falls", TimeSpan.FromMinutes(20), "draws no vacuum"),
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => DryMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) => (DryMemory)memory with { Heat = ThermalWatch.Fresh, Since = TimeSpan.Zero };

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var dry = (DryMemory)memory;
        if (context.Unusable("temperature") is { } unusable) return context.Faulted(dry, unusable);
        double setpoint = context.Number("temperature");
        double temperature = context.Read("temperature").Value;
        TimeSpan time = context.SecondsOr("for", 0);
        dry = dry with
        {
            Heat = dry.Heat.Next(temperature, setpoint - Near, +1, context.Elapsed, out bool cold),
            AtTemperature = dry.AtTemperature + (temperature >= setpoint - Near ? context.Elapsed : TimeSpan.Zero),
            Since = dry.Since + context.Elapsed,
        };
        bool done = dry.AtTemperature >= time;
        Drive(context, done, setpoint, temperature);
        if (cold && !HeatGoesIn(context)) return context.Faulted(dry, $"{context.Unit.Name} heater gives no heat: {temperature.F("0.0")} degC, {setpoint.F("0.0")} degC asked");
        if (NoVacuum(context, dry) is { } weak) return context.Faulted(dry, weak);
        if (done && !Vented(context)) return new(dry, PhaseVerdict.Continue, "dry; breaking the vacuum slowly", 1);
        string doing = $"drying {dry.AtTemperature.TotalMinutes.F("0")} of {time.TotalMinutes.F("0")} min at {temperature.F("0.0")} degC";
        return new(dry, done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, Inputs.Share(dry.AtTemperature.TotalSeconds, time.TotalSeconds));
    }

    private static void Drive(PhaseContext context, bool done, double setpoint, double temperature)
    {
        bool looped = context.Rig.Loop(context.Unit.Name, Surroundings.TemperatureLoop) >= 0;
        if (looped && !done) context.Control(Surroundings.TemperatureLoop, setpoint);
        else context.Drive("heater", done ? 0 : Math.Clamp(HeaterGain * (setpoint - temperature), 0, 100));
        int pump = context.Rig.Output(context.Unit.Name, "vacuum_pump");
        if (pump >= 0) context.DriveOutput(pump, done ? 0 : context.Rig.Outputs[pump].High);
    }

    /// <summary>The pump has come to its rest at its own rate: let go before, it would stay where it is.</summary>
    private static bool Vented(PhaseContext context)
    {
        int pump = context.Rig.Output(context.Unit.Name, "vacuum_pump");
        return pump < 0 || context.Driven.IsEmpty || context.Driven.Span[pump] <= context.Rig.Outputs[pump].Low;
    }

    /// <summary>Wet goods stand still at the boiling point of their water; where the heater's power is measured it tells the difference.</summary>
    private static bool HeatGoesIn(PhaseContext context)
    {
        Reading power = context.Read("heater_power");
        return context.HasTag("heater_power") && !power.IsBad && power.Value > LeastPower;
    }

    private static string? NoVacuum(PhaseContext context, DryMemory dry)
    {
        int tag = context.Tag("pressure");
        if (tag < 0 || dry.Since < PumpDown || context.Rig.Tags[tag].Unit != "mbar") return null;
        Reading pressure = context.Read(tag);
        return !pressure.IsBad && pressure.Value > WeakVacuum
            ? $"{context.Unit.Name} vacuum pump draws no vacuum: {pressure.Value.F("0")} mbar"
            : null;
    }
}

/// <param name="AtTemperature">Time at temperature so far.</param>
/// <param name="Since">Running time since START or the last resume.</param>
public sealed record DryMemory(ThermalWatch Heat, TimeSpan AtTemperature, TimeSpan Since) : PhaseMemory
{
    public static readonly DryMemory Fresh = new(ThermalWatch.Fresh, TimeSpan.Zero, TimeSpan.Zero);
}
