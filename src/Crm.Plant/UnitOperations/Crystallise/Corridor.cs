using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>
/// Keeps the supersaturation in a corridor: the drive (cooling, boiling, dosing) goes at full speed at its foot and stands at its top. Above it
/// the liquor nucleates by itself; below it nothing grows.
/// </summary>
/// <param name="High">How long it has been above the corridor.</param>
public readonly record struct Corridor(Lasting High)
{
    public static readonly Corridor Fresh = default;

    /// <summary>Growth that works brings it down within this time once the drive stands.</summary>
    public static readonly TimeSpan ComesDown = TimeSpan.FromMinutes(20);

    public static readonly ParameterDefinition Low = ParameterDefinition.Number(
        "corridor_low", "Corridor low", "", 1, 10, 1.05, "Supersaturation (concentration over solubility) at which it may go at full speed; seeds go in above it.");

    public static readonly ParameterDefinition Top = ParameterDefinition.Number(
        "corridor_high", "Corridor high", "", 1, 10, 1.3, "Supersaturation at which it stands still.");

    public static readonly RoleDefinition Tag = new("supersaturation", RoleKind.Tag, "ratio", true, "Concentration over solubility, by refractometer or density.");

    /// <summary>1 at the foot, 0 at the top.</summary>
    public static double Speed(PhaseContext context)
    {
        double low = context.Number("corridor_low"), high = context.Number("corridor_high");
        return Math.Clamp((high - context.Read("supersaturation").Value) / Math.Max(high - low, 0.001), 0, 1);
    }

    public Corridor Next(PhaseContext context, out string? fault)
    {
        Reading now = context.Read("supersaturation");
        Corridor next = new(High.Next(now.Value > context.Number("corridor_high"), context.Elapsed));
        fault = next.High.For >= ComesDown
            ? $"{context.Unit.Name} supersaturation {now.Value.F()} does not come down with the drive standing: seeds missing, dissolved or poisoned"
            : null;
        return next;
    }
}

/// <summary>Seeds go in once, inside the corridor; then they must show.</summary>
/// <param name="Given">kg commanded.</param>
/// <param name="Turbidity">Turbidity when seeding began; NaN before.</param>
public readonly record struct Seeding(bool Done, double Given, double Turbidity, TimeSpan Since)
{
    public static readonly Seeding Fresh = new(false, 0, double.NaN, TimeSpan.Zero);

    public static readonly TimeSpan ShowTime = TimeSpan.FromMinutes(10);

    /// <summary>% of turbidity that seeds must bring.</summary>
    private const double LeastRise = 1;

    public static readonly ParameterDefinition Seed = ParameterDefinition.Number(
        "seed", "Seed", "kg", 0, 100, 0, "Seed slurry given by the seed feeder inside the corridor; 0 where a person seeds or crystals are there.");

    public static readonly ParameterDefinition Rate = ParameterDefinition.Number("seed_rate", "Seed rate", "kg/h", 0.001, 100, 1, "What the seed feeder gives at 100 %.");

    public static readonly RoleDefinition Feeder = new("seed_feeder", RoleKind.Output, "%", false, "Gives seed slurry.");

    public static readonly RoleDefinition Proof = new("turbidity", RoleKind.Tag, "%", false, "Proof that seeds are in.");

    /// <summary>True while the drive must wait for the seeds.</summary>
    public bool Waits(PhaseContext context) => context.Number("seed") > 0 && !Done;

    public Seeding Next(PhaseContext context, out string? fault)
    {
        fault = null;
        double seed = context.Number("seed");
        if (seed <= 0) return this;
        Reading turbidity = context.Read("turbidity");
        double foot = double.IsNaN(Turbidity) ? turbidity.Value : Turbidity;
        if (Done)
        {
            Seeding after = this with { Since = Since + context.Elapsed };
            bool judged = context.HasTag("turbidity") && !turbidity.IsBad && Since < ShowTime && after.Since >= ShowTime;
            if (judged && turbidity.Value - Turbidity < LeastRise)
                fault = $"{context.Unit.Name} seeds do not show: turbidity {Turbidity.F("0.0")} before, {turbidity.Value.F("0.0")} after {ShowTime.TotalMinutes.F("0")} min: feeder blocked or seeds dissolved";
            context.Drive("seed_feeder", 0);
            return after;
        }

        double now = context.Read("supersaturation").Value;
        // Once begun it goes on: the first seeds already take the supersaturation down.
        bool gives = now <= context.Number("corridor_high") && (Given > 0 || now >= context.Number("corridor_low"));
        context.Drive("seed_feeder", gives ? 100 : 0);
        double given = Given + (gives ? context.Number("seed_rate") * context.Elapsed.TotalHours : 0);
        return this with { Given = given, Turbidity = foot, Done = given >= seed };
    }
}
