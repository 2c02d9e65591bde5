using Crm.Chemistry;
using Crm.Twin.Models;

namespace Crm.Twin.Equipment;

/// <summary>What a litre of resin does to the liquor around it. Immutable; the load of a slice is the caller's, in mol of basis components.</summary>
internal abstract class Resin(double capacity)
{
    /// <summary>eq per L of bed.</summary>
    public double Capacity { get; } = capacity;

    /// <summary>Charge of the fixed groups, per L of bed.</summary>
    public abstract double FixedCharge { get; }

    /// <summary>Load of a slice in its working form.</summary>
    public abstract void Fresh(double[] load, double litres);

    /// <summary>Moves liquor and load towards each other.</summary>
    /// <param name="litres">Of bed in the slice.</param>
    /// <param name="film">Part of what the film would bring to equilibrium that it brings in this time.</param>
    /// <returns>Heat given off, J: of acid and hydroxide that meet. Ion for ion is a few kJ/mol, of either sign, and counts as none [G].</returns>
    public abstract double Exchange(Mixture liquor, double[] load, double litres, double film, double dt);

    /// <summary>Moves mol of a component from liquor to load; negative gives it back.</summary>
    protected static void Take(Mixture liquor, double[] load, int component, double mol)
    {
        liquor.Aq[component] -= mol;
        load[component] += mol;
    }

    /// <summary>The same for hydroxide, which is water less a proton.</summary>
    protected static void TakeHydroxide(Mixture liquor, double[] load, double mol)
    {
        Take(liquor, load, Aqueous.H2O, mol);
        Take(liquor, load, Aqueous.H, -mol);
    }
}

/// <summary>
/// Chelating cation resin: takes divalent and trivalent cations equivalent for equivalent for its alkali; acid puts protons in their place, alkaline
/// liquor brings the alkali form back.
/// </summary>
internal sealed class ChelatingResin(double capacity) : Resin(capacity)
{
    private static readonly double Stripped = LawConstants.Of("chelating resin", "stripped pH"), Regenerated = LawConstants.Of("chelating resin", "regenerated pH"), FormTime = LawConstants.Of("chelating resin", "form time");
    private static readonly int[] Metals =
        [Aqueous.Mg, Aqueous.Ca, Aqueous.Mn, Aqueous.Fe2, Aqueous.Fe3, Aqueous.Co, Aqueous.Ni, Aqueous.Cu, Aqueous.Zn, Aqueous.Al, Aqueous.In];
    private static readonly int[] Alkalis = [Aqueous.Li, Aqueous.Na, Aqueous.K];

    public override double FixedCharge => -Capacity;

    public override void Fresh(double[] load, double litres) => load[Aqueous.Li] = Capacity * litres;

    public override double Exchange(Mixture liquor, double[] load, double litres, double film, double dt)
    {
        if (liquor.LiquorVolume < 1e-6) return 0;
        double ph = Speciation.Of(liquor).Ph;
        if (ph < Stripped) Strip(liquor, load, 1 - Math.Exp(-dt / FormTime));
        else Load(liquor, load, litres, film);
        return ph > Regenerated && load[Aqueous.H] > 0 ? PhysicalConstants.Neutralisation * Regenerate(liquor, load, 1 - Math.Exp(-dt / FormTime)) : 0;
    }

    private void Load(Mixture liquor, double[] load, double litres, double film)
    {
        foreach (int metal in Metals)
        {
            if (liquor.Aq[metal] <= 0) continue;
            foreach (int alkali in Alkalis) Swap(liquor, load, metal, alkali, litres, film);
        }
    }

    private void Swap(Mixture liquor, double[] load, int metal, int alkali, double litres, double film)
    {
        double valence = Aqueous.Charge[metal], free = Math.Max(0, load[alkali] / (Capacity * litres));
        double x = Math.Min(liquor.Aq[metal] * film * Math.Min(1, 3 * free), load[alkali] / valence);
        if (x <= 0) return;
        Take(liquor, load, metal, x);
        Take(liquor, load, alkali, -valence * x);
    }

    private static void Strip(Mixture liquor, double[] load, double part)
    {
        foreach (int ion in (ReadOnlySpan<int>)[.. Metals, .. Alkalis])
        {
            double x = Math.Min(load[ion] * part, 0.5 * Math.Max(0, liquor.Aq[Aqueous.H]) / Aqueous.Charge[ion]);
            if (x <= 0) continue;
            Take(liquor, load, ion, -x);
            Take(liquor, load, Aqueous.H, Aqueous.Charge[ion] * x);
        }
    }

    /// <returns>mol of protons that meet hydroxide.</returns>
    private static double Regenerate(Mixture liquor, double[] load, double part)
    {
        int alkali = liquor.Aq[Aqueous.Li] > liquor.Aq[Aqueous.Na] ? Aqueous.Li : Aqueous.Na;
        double x = Math.Min(load[Aqueous.H] * part, 0.5 * Math.Max(0, Math.Min(-liquor.Aq[Aqueous.H], liquor.Aq[alkali])));
        if (x <= 0) return 0;
        Take(liquor, load, alkali, x);
        Take(liquor, load, Aqueous.H, -x);
        return x;
    }
}

/// <summary>
/// Strong-base anion resin in sulfate form. Germanium goes on as its tartrate complex, one complex for one sulfate, by a Langmuir isotherm; iron does
/// so weakly. Strong acid breaks the complex, caustic displaces it and leaves the hydroxide form, acid brings the sulfate form back.
/// </summary>
/// <remarks>
/// Ge(OH)4 with tartaric acid 1:1 gives a divalent anion that D201x7 takes from sulfuric liquor by a Langmuir isotherm, 500 mg/L to 36.6 g/L in the
/// eluate (abstract of "Highly selective separation of germanium from sulfuric solution using an anion exchange D201x7 resin with tartaric acid" [R]).
/// Its constants stand in <c>chemistry/laws.csv</c>.
/// </remarks>
internal sealed class AnionResin(double capacity) : Resin(capacity)
{
    private static readonly double Germanium = Of("germanium"), Iron = Of("iron"), Reference = Of("reference"), Complexes = Of("complexes"), AcidHalf = Of("acid half"), BaseHalf = Of("base half"),
        HydroxideHalf = Of("hydroxide half"), Time = Of("time");

    private static double Of(string constant) => LawConstants.Of("anion resin", constant);

    private readonly LangmuirFront germanium = Isotherm(Germanium, 0.5 * capacity), iron = Isotherm(Iron, capacity);

    /// <summary>Langmuir's law with its most and its constant, stated at the reference concentration.</summary>
    private static LangmuirFront Isotherm(double constant, double most) =>
        new(1 / (1 + constant * Reference), most * constant * Reference / (1 + constant * Reference), 1);

    public override double FixedCharge => Capacity;

    public override void Fresh(double[] load, double litres) => load[Aqueous.SO4] = 0.5 * Capacity * litres;

    public override double Exchange(Mixture liquor, double[] load, double litres, double film, double dt)
    {
        double volume = liquor.LiquorVolume;
        if (volume < 1e-6) return 0;
        Speciation s = Speciation.Of(liquor);
        double hydroxide = s.Ph > 6 ? Math.Pow(10, s.Ph - 14) : 0, part = 1 - Math.Exp(-dt / Time);
        double tartrate = Math.Max(0, liquor.Aq[Aqueous.Tartrate]) / volume;
        double complexed = tartrate / (tartrate + Complexes) / (1 + s.H * s.H / (AcidHalf * AcidHalf)) / (1 + hydroxide * hydroxide / (BaseHalf * BaseHalf));
        double open = Math.Max(0, load[Aqueous.SO4]);
        double wanted = germanium.Loading(Math.Max(0, liquor.Aq[Aqueous.Germanate]) / volume * complexed / Reference) * litres - load[Aqueous.Germanate];
        Complex(liquor, load, Aqueous.Germanate, 1, Limit(wanted * part, film, liquor, Aqueous.Germanate, 1, open), hydroxide > 1e-7);
        wanted = iron.Loading(Math.Max(0, liquor.Aq[Aqueous.Fe3]) / volume * complexed / Reference) * litres - load[Aqueous.Fe3];
        open = Math.Max(0, load[Aqueous.SO4]);
        Complex(liquor, load, Aqueous.Fe3, 2, Limit(wanted * part, film, liquor, Aqueous.Fe3, 2, 2 * open), hydroxide > 1e-7);
        double acid = liquor.Aq[Aqueous.H];
        return PhysicalConstants.Neutralisation * Math.Min(Math.Max(0, acid), Math.Max(0, -Form(liquor, load, litres, hydroxide, part)));
    }

    /// <summary>What the film brings, the liquor holds, and the sulfate sites can take.</summary>
    private static double Limit(double wanted, double film, Mixture liquor, int metal, int tartrates, double sites) => wanted <= 0
        ? wanted
        : Math.Min(Math.Min(wanted, 0.9 * sites), 0.95 * film * Math.Max(0, Math.Min(liquor.Aq[metal], liquor.Aq[Aqueous.Tartrate] / tartrates)));

    /// <summary>The complex against its equivalents of sulfate, or of hydroxide where it leaves into alkaline liquor.</summary>
    private static void Complex(Mixture liquor, double[] load, int metal, int tartrates, double mol, bool alkaline)
    {
        double equivalents = 2 * tartrates - Aqueous.Charge[metal];
        if (mol < 0 && !alkaline) mol = -Math.Min(-mol, 0.9 * Math.Max(0, liquor.Aq[Aqueous.SO4]) * 2 / equivalents);
        if (mol == 0) return;
        Take(liquor, load, metal, mol);
        Take(liquor, load, Aqueous.Tartrate, tartrates * mol);
        if (mol < 0 && alkaline) TakeHydroxide(liquor, load, -equivalents * mol);
        else Take(liquor, load, Aqueous.SO4, -0.5 * equivalents * mol);
    }

    /// <summary>Sulfate against hydroxide.</summary>
    /// <returns>mol of hydroxide taken up; negative gives it back.</returns>
    private double Form(Mixture liquor, double[] load, double litres, double hydroxide, double part)
    {
        double held = -load[Aqueous.H], free = held + 2 * Math.Max(0, load[Aqueous.SO4]);
        double wanted = (free * hydroxide / (hydroxide + HydroxideHalf) - held) * part;
        double x = wanted > 0 ? Math.Min(wanted, 0.9 * 2 * Math.Max(0, load[Aqueous.SO4])) : -Math.Min(-wanted, 0.9 * 2 * Math.Max(0, liquor.Aq[Aqueous.SO4]));
        if (Math.Abs(x) < 1e-12 * Capacity * litres) return 0;
        TakeHydroxide(liquor, load, x);
        Take(liquor, load, Aqueous.SO4, -0.5 * x);
        return x;
    }
}
