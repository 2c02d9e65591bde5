using Crm.Chemistry.Equilibrium;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry;

/// <summary>Precipitation and dissolution of metal hydroxides, and the fluoride that aluminium hydroxide binds.</summary>
public static class Hydroxides
{
    private static readonly ConstantTable Data = ConstantTable.Read("hydroxides.csv");

    /// <summary>Solid, its metal, order n and log10 K of M(OH)n + n H+ = M + n H2O at 25 degC, from the library.</summary>
    public static readonly (int Solid, int Metal, int Order, double LogK)[] Table = Read(Data);

    internal static (int Solid, int Metal, int Order, double LogK)[] Read(ConstantTable table)
    {
        table.Names("hydroxide", []);
        return [.. table.Rows.Select(Read)];
    }

    private static (int Solid, int Metal, int Order, double LogK) Read(ConstantRow row)
    {
        int solid = row.Index("hydroxide", Solid.Names, "solid of chemistry/solids.csv"), metal = row.Index("metal", Aqueous.Names, "component of chemistry/aqueous-components.csv"), order = row.Whole("order", 2);
        if (order > 3 || order != Aqueous.Charge[metal]) throw row.Wrong($"order {order} of a metal of charge {Aqueous.Charge[metal]:0.#}: the law holds for 2 and 3, as many as the charge");
        if (row.Has("anion") && metal != Aqueous.Al) throw row.Wrong("the law of the aluminate is for aluminium only: leave anion empty");
        double[] atoms = Solid.Atoms[solid];
        for (int e = 0; e < atoms.Length; e++)
        {
            double sum = Aqueous.Atoms[metal][e] + order * (Aqueous.Atoms[Aqueous.H2O][e] - Aqueous.Atoms[Aqueous.H][e]);
            if (Math.Abs(sum - atoms[e]) > 1e-9) throw row.Wrong($"{Elements.Symbols[e]}: {atoms[e]:0.###} in the formula of the solid, {sum:0.###} in metal and hydroxide");
        }
        return AqueousLibrary.Solids.TryGetValue(Solid.Names[solid], out LibraryReaction? library)
            ? (solid, metal, order, library.Constant.Log10K)
            : throw row.Wrong($"chemistry/aqueous-solids.csv has no row '{Solid.Names[solid]}' with its constant");
    }

    /// <summary>pH at which M(OH)n and <paramref name="dissolved"/> mol/L of its cation are in equilibrium, ideal.</summary>
    /// <param name="log10K">Of M(OH)n + n H+ = M(n+) + n H2O.</param>
    public static double SaturationPh(double log10K, double order, double dissolved) => (log10K - Math.Log10(dissolved)) / order;

    private static readonly double[] K = [.. Table.Select(t => Math.Pow(10, t.LogK))];

    /// <summary>J taken up per mol of M + n H2O = M(OH)n + n H+.</summary>
    private static readonly double[] Hydrolysis = [.. Data.Rows.Select(row => row.Number("hydrolysis"))];

    /// <summary>Of M(OH)3 + H2O = M(OH)4- + H+; 0 for what does not dissolve in alkali.</summary>
    private static readonly double[] AnionK = [.. Data.Rows.Select(row => row.Number("anion", 0))];

    private static readonly double DissolutionTime = Of("dissolution time"), UnstirredTime = Of("unstirred time"), FluorideCapacity = Of("fluoride capacity"), FluorideHalf = Of("fluoride half"),
        DesorptionPh = Of("fluoride desorption pH");

    private static double Of(string constant) => LawConstants.Of("hydroxides", constant);

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
        double slow = 1 - Math.Exp(-dt / (stirred ? DissolutionTime : UnstirredTime)), fast = stirred ? 1 : slow;
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
        totals[i] = new HydroxideTotal(total, K[i] * gamma, order, AnionK[i] / (k.Gamma1 * k.Gamma1));
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
