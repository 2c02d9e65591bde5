using Crm.Chemistry.Equilibrium;

namespace Crm.Chemistry;

/// <summary>Precipitation and dissolution of metal hydroxides, and the fluoride that aluminium hydroxide binds.</summary>
public static class Hydroxides
{
    /// <summary>Solid, its metal, order n and log10 K of M(OH)n + n H+ = M + n H2O at 25 degC, from the library.</summary>
    public static readonly (int Solid, int Metal, int Order, double LogK)[] Table =
    [
        Row(Solid.FeOH3, Aqueous.Fe3, 3), Row(Solid.AlOH3, Aqueous.Al, 3), Row(Solid.CuOH2, Aqueous.Cu, 2), Row(Solid.ZnOH2, Aqueous.Zn, 2), Row(Solid.NiOH2, Aqueous.Ni, 2),
        Row(Solid.CoOH2, Aqueous.Co, 2), Row(Solid.FeOH2, Aqueous.Fe2, 2), Row(Solid.MnOH2, Aqueous.Mn, 2), Row(Solid.MgOH2, Aqueous.Mg, 2), Row(Solid.InOH3, Aqueous.In, 3),
    ];

    private static (int Solid, int Metal, int Order, double LogK) Row(int solid, int metal, int order) =>
        (solid, metal, order, AqueousLibrary.Solids[Solid.Names[solid]].Constant.Log10K);

    /// <summary>pH at which M(OH)n and <paramref name="dissolved"/> mol/L of its cation are in equilibrium, ideal.</summary>
    /// <param name="log10K">Of M(OH)n + n H+ = M(n+) + n H2O.</param>
    public static double SaturationPh(double log10K, double order, double dissolved) => (log10K - Math.Log10(dissolved)) / order;

    private static readonly double[] K = [.. Table.Select(t => Math.Pow(10, t.LogK))];

    /// <summary>
    /// J taken up per mol of M + n H2O = M(OH)n + n H+, from formation enthalpies: ions and Fe(OH)3, Zn, Ni, Fe(OH)2, Mn (amorphous), Mg of llnl.dat [R], Al (amorphous, -1276 kJ/mol),
    /// Cu and Co of handbooks, In as guessed [G].
    /// </summary>
    private static readonly double[] Hydrolysis = [83e3, 120e3, 56e3, 83e3, 96e3, 90e3, 96e3, 97e3, 111e3, 90e3];

    private const double AluminateK = 2.0e-13;      // Al(OH)3 + H2O = Al(OH)4- + H+: Table's K times that of Constants.Aluminate [G]
    private const double FluorideCapacity = 1.0;    // mol F per mol Al(OH)3 at saturation [G]
    private const double FluorideHalf = 4e-3;       // mol/kg of free fluoride at half capacity [G]
    private const double DesorptionPh = 9;          // OH- displaces bound fluoride above this pH [G]

    /// <summary>
    /// Moves every hydroxide towards equilibrium. Stirred liquor precipitates at once (milliseconds in fact); solids dissolve, and unstirred liquor
    /// precipitates, with 1-exp(-dt/tau). Mass and charge exact, nothing negative.
    /// </summary>
    /// <returns>True when something could have moved.</returns>
    public static bool Step(Mixture m, double dt, bool stirred) => Step(m, dt, stirred, out _);

    /// <param name="heat">J given off by what has formed, out of water; that its protons meet hydroxide is not in it.</param>
    public static bool Step(Mixture m, double dt, bool stirred, out double heat)
    {
        heat = 0;
        double water = m.Water;
        if (water < 1e-6) return false;
        if (!AnyPossible(m, water)) return false;
        Constants k = new(Speciation.IonicStrength(m, water), m.Temperature);
        Span<HydroxideTotal> totals = stackalloc HydroxideTotal[Table.Length];
        double bound = 0;
        for (int i = 0; i < totals.Length; i++) bound += Fill(m, water, k, i, totals);
        double proton = m.Aq[Aqueous.H];
        m.Aq[Aqueous.H] = proton - bound * water;
        double h = Math.Exp(new ProtonBalance(m, water, k).Solve(m.LogH, totals));
        m.Aq[Aqueous.H] = proton;
        double slow = 1 - Math.Exp(-dt / (stirred ? 60 : 600)), fast = stirred ? 1 : slow;
        for (int i = 0; i < totals.Length; i++) heat -= Hydrolysis[i] * Move(m, water, h, totals[i], i, fast, slow);
        BindFluoride(m, water, h, k, slow);
        return true;
    }

    /// <summary>Solid that could be there at all: some hydroxide present, or a metal above its solubility at the pH last solved.</summary>
    private static bool AnyPossible(Mixture m, double water)
    {
        double h = Math.Exp(m.LogH);
        foreach ((int solid, int metal, int order, double _) in Table)
        {
            if (m.Solid[solid] > 1e-12) return true;
        }
        for (int i = 0; i < Table.Length; i++)
        {
            double power = Table[i].Order == 2 ? h * h : h * h * h;
            if (m.Aq[Table[i].Metal] > 0.05 * K[i] * power * water && m.Aq[Table[i].Metal] > 1e-12) return true;
        }
        return false;
    }

    private static double Fill(Mixture m, double water, in Constants k, int i, Span<HydroxideTotal> totals)
    {
        (int solid, int metal, int order, double _) = Table[i];
        double gamma = order == 2 ? k.Gamma1 * k.Gamma1 / k.Gamma2 : k.Gamma1 * k.Gamma1 * k.Gamma1 / k.Gamma3;
        double total = (m.Aq[metal] + m.Solid[solid]) / water;
        totals[i] = new HydroxideTotal(total, K[i] * gamma, order, metal == Aqueous.Al ? AluminateK / (k.Gamma1 * k.Gamma1) : 0);
        return order * m.Solid[solid] / water;
    }

    /// <returns>mol formed.</returns>
    private static double Move(Mixture m, double water, double h, HydroxideTotal total, int i, double fast, double slow)
    {
        (int solid, int metal, int order, double _) = Table[i];
        (double cation, double anion) = total.Dissolved(h);
        double target = Math.Max(0, total.Total - cation - anion) * water;
        double gap = target - m.Solid[solid];
        double x = Math.Min(gap * (gap > 0 ? fast : slow), m.Aq[metal]);
        m.Solid[solid] = Math.Max(0, m.Solid[solid] + x);
        m.Aq[metal] -= x;
        m.Aq[Aqueous.H2O] -= order * x;
        m.Aq[Aqueous.H] += order * x;
        return x;
    }

    /// <summary>Langmuir uptake on Al(OH)3 as F- + H+, released when the hydroxide dissolves or the liquor turns alkaline.</summary>
    private static void BindFluoride(Mixture m, double water, double h, in Constants k, double part)
    {
        double held = m.Solid[Solid.BoundHF];
        if (m.Solid[Solid.AlOH3] <= 1e-12 && held <= 0) return;
        double free = m.Aq[Aqueous.F] / water * k.Fluoric / (h + k.Fluoric);
        double alkaline = 1 / (1 + Math.Pow(10, -DesorptionPh) / (h * k.Gamma1));
        double target = m.Solid[Solid.AlOH3] * FluorideCapacity * free / (FluorideHalf + free) * alkaline;
        double x = Math.Clamp((target - held) * part, -held, 0.5 * Math.Max(0, m.Aq[Aqueous.F]));
        m.Solid[Solid.BoundHF] = held + x;
        m.Aq[Aqueous.F] -= x;
        m.Aq[Aqueous.H] -= x;
    }
}
