namespace Crm.Plant.UnitOperations;

/// <summary>Crystallises by boiling off water: the setpoint falls below the boil when the supersaturation reaches the top of its corridor.</summary>
public sealed class EvaporateCrystalliseOperation : IUnitOperation
{
    /// <summary>K below the boil at which it does not boil any more.</summary>
    private const double Rest = 6;

    /// <summary>L/h of condensate that shows that it boils.</summary>
    private const double Boils = 0.2;

    public UnitOperationDescription Description { get; } = new(
        "crystallise_evaporate",
        "Crystallise by evaporation",
        "Boils down to a level with seeding and the supersaturation in a corridor; rests below the boil at the top of it.",
        [],
        [
            ParameterDefinition.Number("to", "To", "L", 0.1, 10000, null, "Level at the end."),
            ParameterDefinition.Number("temperature", "Temperature", "degC", 20, 150, null, "Setpoint of the loop that boils."),
            Corridor.Low, Corridor.Top, Seeding.Seed, Seeding.Rate,
            Surroundings.Agitator,
        ],
        [
            Surroundings.TemperatureTag(true), Surroundings.Loop(true), new("level", RoleKind.Tag, "L", true, "Tells how far it is."),
            new("condensate_flow", RoleKind.Tag, "L/h", true, "Proof that it boils."), Corridor.Tag, Seeding.Feeder, Seeding.Proof,
            Surroundings.AgitatorOutput, Surroundings.AgitatorSpeed,
        ],
        [],
        RepeatSafe: true)
    {
        Effects =
        [
            new("heater on", "temperature rises or condensate comes", TimeSpan.FromMinutes(20), "heater gives no heat"),
            new("seed feeder on", "turbidity rises", Seeding.ShowTime, "seeds do not show"),
            new("drive stands", "supersaturation falls", Corridor.ComesDown, "does not come down"),
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => EvaporateCrystalliseMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) =>
        (EvaporateCrystalliseMemory)memory with { Boiling = BoilingWatch.Fresh, Corridor = Corridor.Fresh, Level = Smoothed.Unset };

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var boil = (EvaporateCrystalliseMemory)memory;
        string? fault = context.Agitate("agitator") ?? context.Unusable("temperature", "level", "condensate_flow", "supersaturation");
        if (fault is not null) return context.Faulted(boil, fault);
        Seeding seeds = boil.Seeds.Next(context, out string? unseen);
        Corridor corridor = boil.Corridor.Next(context, out string? high);
        bool waits = seeds.Waits(context) && context.Read("supersaturation").Value >= context.Number("corridor_low");
        double speed = waits ? 0 : Corridor.Speed(context);
        double temperature = context.Read("temperature").Value, condensate = context.Read("condensate_flow").Value;
        if (condensate > Boils && !(temperature <= boil.Boil)) boil = boil with { Boil = temperature };
        context.Control(Surroundings.TemperatureLoop, Setpoint(context, boil.Boil, speed));
        Smoothed level = boil.Level.Next(context.Read("level").Value, context.Elapsed, TimeSpan.FromSeconds(10));
        // While it rests nothing is judged: no boil is meant.
        BoilingWatch boiling = boil.Boiling.Next(temperature, condensate, speed < 0.5, context, out string? cold);
        boil = boil with { Seeds = seeds, Corridor = corridor, Boiling = boiling, Level = level, Start = double.IsNaN(boil.Start) ? level.Value : boil.Start };
        fault = unseen ?? high ?? cold;
        if (fault is not null) return context.Faulted(boil, fault);
        return Going(context, boil, speed, condensate);
    }

    /// <summary>Above the boil at full speed, well below it at rest: the recipe's setpoint lies above what the liquor boils at, and so would a few kelvins less.</summary>
    private static double Setpoint(PhaseContext context, double boil, double speed)
    {
        double asked = context.Number("temperature"), rest = Math.Min(asked, double.IsNaN(boil) ? asked : boil) - Rest;
        return rest + ((asked - rest) * speed);
    }

    private static PhaseStep Going(PhaseContext context, EvaporateCrystalliseMemory boil, double speed, double condensate)
    {
        double to = context.Number("to"), level = boil.Level.Value;
        bool done = level <= to && !boil.Seeds.Waits(context);
        string doing = $"boiling down {level.F("0.0")} to {to.F("0.0")} L, supersaturation {context.Read("supersaturation").Value.F()}, {condensate.F("0.0")} L/h condensate"
            + (boil.Seeds.Waits(context) ? ", waits for seeds" : speed < 0.5 ? ", rests" : "");
        return new(boil, done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, Inputs.Share(boil.Start - level, boil.Start - to));
    }
}

/// <param name="Start">Level at the beginning, L.</param>
public sealed record EvaporateCrystalliseMemory(double Start, Smoothed Level, Seeding Seeds, Corridor Corridor, BoilingWatch Boiling) : PhaseMemory
{
    /// <summary>Highest temperature at which it boiled, degC; NaN before.</summary>
    public double Boil { get; init; } = double.NaN;

    public static readonly EvaporateCrystalliseMemory Fresh = new(double.NaN, Smoothed.Unset, Seeding.Fresh, Corridor.Fresh, BoilingWatch.Fresh);
}
