using Crm.Chemistry.Equilibrium;

namespace Crm.Chemistry;

/// <summary>Molal equilibrium constants made conditional on ionic strength and temperature.</summary>
public readonly struct Constants
{
    public readonly double Gamma1, Gamma2, Gamma3, Water, Bisulfate, Carbonic1, Carbonic2, Fluoric, Aluminate;

    /// <param name="ionic">mol/kg. Davies is held at its 0.5 mol/kg value above that: an "extended" correction good to about 0.1-0.2 pH in brines [G].</param>
    public Constants(double ionic, double celsius)
    {
        Gamma1 = Math.Exp(2.302585092994046 * Activity.DaviesLog10(Math.Clamp(ionic, 0, 0.5)));
        double squared = Gamma1 * Gamma1;
        Gamma2 = squared * squared;
        Gamma3 = Gamma2 * Gamma2 * Gamma1;
        double drive = Arrhenius.Drive(EquilibriumConstant.ReferenceCelsius, Math.Clamp(celsius, 0, 150));
        Water = Ideal.Water * Math.Exp(Hot.Water * drive) / squared;
        Bisulfate = Ideal.Bisulfate * Math.Exp(Hot.Bisulfate * drive) / Gamma2;
        Carbonic1 = Ideal.Carbonic1 * Math.Exp(Hot.Carbonic1 * drive) / squared;
        Carbonic2 = Ideal.Carbonic2 * Math.Exp(Hot.Carbonic2 * drive) / Gamma2;
        Fluoric = Ideal.Fluoric * Math.Exp(Hot.Fluoric * drive) / squared;
        Aluminate = Ideal.Aluminate * Gamma3 / (squared * squared * Gamma1);
    }

    /// <summary>Dissociation constants at 25 degC and zero ionic strength, from the library's formation constants.</summary>
    private static class Ideal
    {
        public static readonly double Water = Power("OH-", 1), Bisulfate = Power("HSO4-", -1), Carbonic2 = Power("HCO3-", -1), Carbonic1 = Power("CO2", -1) / Carbonic2,
            Fluoric = Power("HF", -1), Aluminate = Power("Al(OH)4-", 1);

        private static double Power(string species, int sign) => Math.Pow(10, sign * AqueousLibrary.Species[species].Constant.Log10K);
    }

    /// <summary>Their enthalpies, J/mol.</summary>
    private static class Hot
    {
        public static readonly double Water = Of("OH-"), Bisulfate = -Of("HSO4-"), Carbonic2 = -Of("HCO3-"), Carbonic1 = Of("HCO3-") - Of("CO2"), Fluoric = -Of("HF");

        private static double Of(string species) => AqueousLibrary.Species[species].Constant.Enthalpy;
    }
}

/// <summary>What the protons do: the answer of the proton balance. Molalities per kg of water.</summary>
public readonly record struct Speciation(double Ph, double H, double Carbonate, double Bicarbonate, double CarbonDioxide, double Hf, double Fluoride, double Bisulfate, double Ionic)
{
    /// <summary>NH3 apart from NH4+.</summary>
    public double Ammonia { get; init; }

    /// <summary>Vanadium as H2VO4- and V4O12-4, mol of V: what NH4VO3 grows from.</summary>
    public double Metavanadate { get; init; }

    /// <summary>mol of H that the liquor's other components need to stand at <paramref name="logH"/>; rises with it.</summary>
    public static double ProtonsAt(Mixture m, double logH)
    {
        double water = Math.Max(m.Water, 1e-9);
        return m.Aq[Aqueous.H] + water * new ProtonBalance(m, water, new Constants(IonicStrength(m, water), m.Temperature)).Excess(logH);
    }

    /// <summary>Solves the proton balance of the liquor as it stands. The solution is unique: the balance rises with h.</summary>
    public static Speciation Of(Mixture m)
    {
        double water = Math.Max(m.Water, 1e-9);
        double ionic = IonicStrength(m, water);
        Constants k = new(ionic, m.Temperature);
        ProtonBalance balance = new(m, water, k);
        double lnH = balance.Solve(m.LogH, []);
        m.LogH = lnH;
        double h = Math.Exp(lnH);
        double carbon = m.Aq[Aqueous.CO3] / water, fluorine = m.Aq[Aqueous.F] / water;
        double d = h * h + k.Carbonic1 * (h + k.Carbonic2);
        double hf = fluorine * h / (h + k.Fluoric);
        OxyanionBalance oxyanions = new(m, water, k);
        (double ammonia, double meta) = oxyanions.Any ? oxyanions.At(h) : default;
        return new Speciation(-Math.Log10(h * k.Gamma1), h, carbon * k.Carbonic1 * k.Carbonic2 / d, carbon * k.Carbonic1 * h / d, carbon * h * h / d,
            hf, fluorine - hf, m.Aq[Aqueous.SO4] / water * h / (h + k.Bisulfate), ionic)
        {
            Ammonia = ammonia,
            Metavanadate = meta,
        };
    }

    /// <summary>mol/kg from the basis components: explicit, so that equal mixtures have equal activity whatever came before.</summary>
    public static double IonicStrength(Mixture m, double water)
    {
        double sum = 0;
        for (int i = 0; i < Aqueous.Count; i++)
        {
            if (i != Aqueous.H) sum += Aqueous.Charge[i] * Aqueous.Charge[i] * m.Aq[i];
        }
        return 0.5 * (sum + Math.Abs(m.Aq[Aqueous.H])) / water;
    }
}

/// <summary>The proton balance of one liquor as a function of ln h, with or without hydroxides in equilibrium.</summary>
internal readonly ref struct ProtonBalance
{
    private readonly double proton, sulfate, carbon, fluorine, aluminium;
    private readonly Constants k;
    private readonly Mixture? minor;
    private readonly double minorWater;
    private readonly OxyanionBalance oxyanions;

    public ProtonBalance(Mixture m, double water, in Constants constants)
    {
        k = constants;
        minor = Protolytes.Any(m) ? m : null;
        minorWater = water;
        proton = m.Aq[Aqueous.H] / water;
        sulfate = m.Aq[Aqueous.SO4] / water;
        carbon = m.Aq[Aqueous.CO3] / water;
        fluorine = m.Aq[Aqueous.F] / water;
        aluminium = m.Aq[Aqueous.Al] / water;
        oxyanions = new OxyanionBalance(m, water, constants);
    }

    /// <summary>Free and bound protons minus those that are there, mol/kg, without hydroxides; and its derivative to ln h.</summary>
    private (double Value, double Slope) At(double h, bool withAluminate)
    {
        double oh = k.Water / h;
        double value = h - oh - proton;
        double slope = h + oh;
        double bisulfate = sulfate * h / (h + k.Bisulfate);
        value += bisulfate;
        slope += bisulfate * k.Bisulfate / (h + k.Bisulfate);
        if (carbon > 0)
        {
            double one = k.Carbonic1 * h, two = h * h, zero = k.Carbonic1 * k.Carbonic2, d = zero + one + two;
            double mean = (one + 2 * two) / d;
            value += carbon * mean;
            slope += carbon * ((one + 4 * two) / d - mean * mean);
        }
        if (fluorine > 0)
        {
            double bound = fluorine * h / (h + k.Fluoric);
            value += bound;
            slope += bound * k.Fluoric / (h + k.Fluoric);
        }
        if (oxyanions.Any) oxyanions.Add(h, ref value, ref slope);
        if (withAluminate && aluminium > 0)
        {
            double h4 = h * h * h * h, part = k.Aluminate / (h4 + k.Aluminate);
            value -= 4 * aluminium * part;
            slope += 16 * aluminium * part * (1 - part);
        }
        if (minor is not null) Protolytes.Add(minor, minorWater, k, h, ref value, ref slope);
        return (value, slope);
    }

    public double Excess(double logH) => At(Math.Exp(logH), true).Value;

    /// <summary>Safeguarded Newton in ln h on a bracket of pH -2 to 17. Never gives up: bisection halves the bracket when Newton does not.</summary>
    public double Solve(double start, ReadOnlySpan<HydroxideTotal> hydroxides)
    {
        double low = -39, high = 5;
        double x = Math.Clamp(start, low + 1, high - 1);
        for (int i = 0; i < 100; i++)
        {
            double h = Math.Exp(x);
            (double f, double slope) = At(h, hydroxides.Length == 0);
            foreach (HydroxideTotal m in hydroxides) m.Add(h, ref f, ref slope);
            if (f > 0) high = x;
            else low = x;
            double next = x - f / Math.Max(slope, 1e-300);
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            if (Math.Abs(next - x) < 1e-11 || high - low < 1e-11) return next;
            x = next;
        }
        return x;
    }
}

/// <summary>One metal shared between liquor and hydroxide, molalities; conditional constant of M(OH)n + n H+ = M + n H2O.</summary>
internal readonly record struct HydroxideTotal(double Total, double Constant, int Order, double Aluminate)
{
    /// <summary>Dissolved at that h, with its derivative to ln h; the aluminate apart.</summary>
    public (double Cation, double Anion) Dissolved(double h)
    {
        double power = Order == 2 ? h * h : h * h * h;
        double cation = Constant * power, anion = Aluminate / h, sum = cation + anion;
        return sum <= Total ? (cation, anion) : (Total * cation / sum, Total * anion / sum);
    }

    public void Add(double h, ref double value, ref double slope)
    {
        (double cation, double anion) = Dissolved(h);
        double solid = Math.Max(0, Total - cation - anion);
        value -= Order * solid + 4 * anion;
        if (solid > 0) slope += Order * (Order * cation - anion) + 4 * anion;
        else if (anion > 0) slope += 16 * anion * cation / (cation + anion);
    }
}
