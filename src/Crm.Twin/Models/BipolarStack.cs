using Crm.Chemistry;

namespace Crm.Twin.Models;

/// <summary>
/// Bipolar membrane electrodialysis: repeating triplets of cation-exchange, anion-exchange and bipolar membrane with brine, acid and base between them. The bipolar membrane splits water; cations go from brine
/// to base, anions from brine to acid. What does not: hydroxide that leaks back through the cation membrane, protons through the anion membrane, salt through the bipolar one.
/// </summary>
/// <param name="Triplets">In the stack, electrically in series.</param>
/// <param name="Area">m2 of one membrane.</param>
/// <param name="Resistance">ohm m2 of the three membranes of a triplet.</param>
/// <param name="Gap">m, thickness of a compartment times the shadow of its spacer.</param>
public sealed record BipolarStack(int Triplets, double Area, double Resistance, double Gap)
{
    /// <summary>C/mol, exact.</summary>
    public const double Faraday = 96485.33212;

    private static readonly double Splitting = Of("splitting"), Electrodes = Of("electrodes"), HydroxideLeak = Of("hydroxide leak"), ProtonLeak = Of("proton leak"), SaltLeak = Of("salt leak"),
        Transfer = Of("mass transfer"), Excess = Of("transport excess"), Overlimit = Of("overlimit");

    /// <summary>mS/cm of a compartment that holds hardly any ions.</summary>
    private const double LeastConductivity = 0.05;

    private static double Of(string constant) => LawConstants.Of("bipolar electrodialysis", constant);

    /// <summary>A/m2 at which the brine at the membranes is used up.</summary>
    /// <param name="brine">eq/L of salt.</param>
    public static double Limiting(double brine) => Faraday * Transfer * 1000 * Math.Max(brine, 0) / Excess;

    /// <summary>V over the stack at a current, A.</summary>
    public double Voltage(double current, in BipolarLiquors liquors)
    {
        double density = current / Area, limit = Math.Max(Limiting(liquors.Brine), 1e-6);
        double solution = Gap * (1 / Siemens(liquors.BrineConductivity) + 1 / Siemens(liquors.AcidConductivity) + 1 / Siemens(liquors.BaseConductivity));
        // Beyond the limit water splits at the brine's membranes as well.
        double over = density > limit ? Overlimit * (1 - limit / density) : 0;
        return current <= 0 ? 0 : Electrodes + Triplets * (Splitting + over + density * (Resistance + solution));
    }

    /// <summary>A that flow when the rectifier is set to a current and gives no more than a voltage.</summary>
    public double Current(double asked, double highest, in BipolarLiquors liquors)
    {
        if (asked <= 0 || Voltage(asked, liquors) <= highest) return Math.Max(asked, 0);
        double low = 0, high = asked;
        for (int i = 0; i < 50; i++)
        {
            double middle = 0.5 * (low + high);
            if (Voltage(middle, liquors) <= highest) low = middle;
            else high = middle;
        }
        return low;
    }

    /// <summary>What a current moves, eq/s of the whole stack.</summary>
    public BipolarFluxes Fluxes(double current, in BipolarLiquors liquors)
    {
        double all = Triplets * current / Faraday, density = current / Area;
        if (all <= 0) return default;
        double salt = Math.Min(1, Limiting(liquors.Brine) / density);
        double hydroxide = Share(HydroxideLeak * Math.Max(liquors.Base, 0)), proton = Share(ProtonLeak * Math.Max(liquors.Acid, 0));
        double leak = Math.Min(0.5, SaltLeak * 0.5 * (Math.Max(liquors.Acid, 0) + Math.Max(liquors.Base, 0)));
        double cations = all * Math.Min(1 - hydroxide, salt), anions = all * Math.Min(1 - proton, salt);
        return new(cations, anions, all - cations, all - anions, all * leak, all * (1 - leak));
    }

    /// <summary>Of co-ions against the counter-ions that the fixed charge of a membrane holds, whatever the brine holds.</summary>
    private static double Share(double part) => part / (part + 1);

    private static double Siemens(double millisiemens) => 0.1 * Math.Max(millisiemens, LeastConductivity);
}

/// <summary>The three liquors between the membranes.</summary>
/// <param name="Brine">eq/L of salt.</param>
/// <param name="Acid">mol/L of free acid.</param>
/// <param name="Base">mol/L of free hydroxide.</param>
/// <param name="BrineConductivity">mS/cm, as of the others.</param>
public readonly record struct BipolarLiquors(double Brine, double Acid, double Base, double BrineConductivity, double AcidConductivity, double BaseConductivity);

/// <summary>eq/s.</summary>
/// <param name="Cations">Brine to base.</param>
/// <param name="Anions">Brine to acid.</param>
/// <param name="Hydroxide">Base to brine.</param>
/// <param name="Protons">Acid to brine.</param>
/// <param name="Salt">Through the bipolar membrane: half of it cations from base to acid, half anions from acid to base.</param>
/// <param name="Split">Water split there.</param>
public readonly record struct BipolarFluxes(double Cations, double Anions, double Hydroxide, double Protons, double Salt, double Split)
{
    /// <summary>Share of the current that is new base.</summary>
    public double BaseEfficiency => (Split - Hydroxide) / Math.Max(Split + Salt, 1e-30);

    /// <summary>Share of it that is new acid.</summary>
    public double AcidEfficiency => (Split - Protons) / Math.Max(Split + Salt, 1e-30);
}
