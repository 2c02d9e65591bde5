namespace Crm.Plant.UnitOperations;

/// <summary>Crystallises by cooling: waits in the corridor for seeds, then cools slowly first and faster later, never out of the corridor.</summary>
public sealed class CoolCrystalliseOperation : IUnitOperation
{
    /// <summary>Share of the mean rate at the start of the programme, and gain towards its end (Mullin and Nyvlt's cubic profile, made gentle).</summary>
    private const double FirstShare = 0.3;

    public UnitOperationDescription Description { get; } = new(
        "crystallise_cool",
        "Crystallise by cooling",
        "Cools to a temperature, slowly first, with seeding and the supersaturation in a corridor; then soaks.",
        [],
        [
            ParameterDefinition.Number("to", "To", "degC", -20, 120, null, "Temperature at the end."),
            ParameterDefinition.Number("over", "Over", "s", 60, 604800, null, "Time of the programme, when the corridor lets it run."),
            ParameterDefinition.Number("soak", "Soak", "s", 0, 604800, 0, "Time at the end temperature."),
            Corridor.Low, Corridor.Top, Seeding.Seed, Seeding.Rate,
            Surroundings.Agitator,
        ],
        [
            Surroundings.TemperatureTag(true), Surroundings.Loop(true), Corridor.Tag, Seeding.Feeder, Seeding.Proof,
            Surroundings.AgitatorOutput, Surroundings.AgitatorSpeed,
        ],
        [],
        RepeatSafe: true)
    {
        Effects =
        [
            new("cooling on", "temperature follows", TimeSpan.FromMinutes(12), "cooling takes no heat out"),
            new("seed feeder on", "turbidity rises", Seeding.ShowTime, "seeds do not show"),
            new("drive stands", "supersaturation falls", Corridor.ComesDown, "does not come down"),
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => CoolCrystalliseMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory)
    {
        var cool = (CoolCrystalliseMemory)memory;
        // The table has held the temperature: the programme goes on from where it is now.
        return cool with { Setpoint = double.NaN, Watch = ThermalWatch.Fresh, Corridor = Corridor.Fresh };
    }

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var cool = (CoolCrystalliseMemory)memory;
        string? fault = context.Agitate("agitator") ?? context.Unusable("temperature", "supersaturation");
        if (fault is not null) return context.Faulted(cool, fault);
        double temperature = context.Read("temperature").Value, to = context.Number("to");
        double start = double.IsNaN(cool.Start) ? temperature : cool.Start;
        double before = double.IsNaN(cool.Setpoint) ? Math.Min(temperature, start) : cool.Setpoint;
        Seeding seeds = cool.Seeds.Next(context, out string? unseen);
        Corridor corridor = cool.Corridor.Next(context, out string? high);
        double setpoint = Math.Max(to, before - (Rate(context, start, before, seeds) * context.Elapsed.TotalHours));
        cool = cool with { Start = start, Setpoint = setpoint, Seeds = seeds, Corridor = corridor, Watch = cool.Watch.Next(temperature, setpoint, -1, context.Elapsed, out bool warm) };
        context.Control(Surroundings.TemperatureLoop, setpoint);
        fault = unseen ?? high ?? (warm ? $"{context.Unit.Name} cooling takes no heat out: {temperature.F("0.0")} degC, setpoint {setpoint.F("0.0")} degC" : null);
        if (fault is not null) return context.Faulted(cool, fault);

        cool = cool with { Soaked = cool.Soaked + (temperature <= to + 1 && !seeds.Waits(context) ? context.Elapsed : TimeSpan.Zero) };
        bool done = temperature <= to + 1 && !seeds.Waits(context) && cool.Soaked >= context.SecondsOr("soak", 0);
        string doing = $"crystallising at {temperature.F("0.0")} of {to.F("0.0")} degC, supersaturation {context.Read("supersaturation").Value.F()}"
            + (seeds.Waits(context) ? ", waits for seeds" : "");
        return new(cool, done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, Inputs.Share(start - temperature, start - to));
    }

    /// <summary>K/h now. Until the seeds are in it cools only up to the foot of the corridor.</summary>
    private static double Rate(PhaseContext context, double start, double setpoint, Seeding seeds)
    {
        if (seeds.Waits(context) && context.Read("supersaturation").Value >= context.Number("corridor_low")) return 0;
        double mean = Math.Max(start - context.Number("to"), 0.1) / context.SecondsOr("over", 3600).TotalHours;
        double gone = Math.Clamp((start - setpoint) / Math.Max(start - context.Number("to"), 0.1), 0, 1);
        // Rises from FirstShare; its mean over the way is the mean rate.
        double shape = FirstShare + ((2.2 - FirstShare) * gone);
        return mean * shape * Corridor.Speed(context);
    }
}

/// <param name="Start">Temperature at the beginning, degC.</param>
/// <param name="Setpoint">Setpoint of the programme, degC; NaN before the first scan and after a hold.</param>
/// <param name="Soaked">Time at the end temperature.</param>
public sealed record CoolCrystalliseMemory(double Start, double Setpoint, Seeding Seeds, Corridor Corridor, ThermalWatch Watch, TimeSpan Soaked) : PhaseMemory
{
    public static readonly CoolCrystalliseMemory Fresh = new(double.NaN, double.NaN, Seeding.Fresh, Corridor.Fresh, ThermalWatch.Fresh, TimeSpan.Zero);
}
