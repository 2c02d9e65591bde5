using Crm.Chemistry.Properties;

namespace Crm.Chemistry.Crystallisation;

/// <summary>One salt in equilibrium with its ions, a row of <c>chemistry/salts.csv</c>: solid, cation and anion with their numbers, water of hydration, and rate.</summary>
/// <param name="Anion">The component that stands for it: hydroxide is the lack of a proton, <see cref="IsHydroxide"/>.</param>
/// <param name="Waters">mol of water that the crystal takes, with that of its hydroxide.</param>
/// <param name="Nucleates">Supersaturation (ion-product ratio) below which no first crystal forms.</param>
/// <param name="Tau">s, relaxation in a stirred vessel; 0 for crystals, which nucleate and grow by <see cref="CrystalKinetics"/>.</param>
/// <param name="Heat">J given off per mol crystallised.</param>
internal sealed record Salt(int Solid, int Cation, int Cations, int Anion, int Anions, int Waters, double Nucleates, double Tau, double Heat)
{
    private double[]? solubility;
    private double stoichiometry, perMolal, most, celsius, perKelvin, lowest, highest, sulfateSlope, saltedOut;

    /// <summary>Cation of a double salt besides the first, one of it; -1: none.</summary>
    public int Second { get; init; } = -1;

    /// <summary>Whether the anion is hydroxide, H2O - H+.</summary>
    public bool IsHydroxide => Anion == Aqueous.H;

    /// <summary>Of the component of the anion, per anion: -1 for hydroxide.</summary>
    public int AnionSign => IsHydroxide ? -1 : 1;

    /// <summary>Waters of crystallisation alone.</summary>
    public int CrystalWaters => IsHydroxide ? Waters - Anions : Waters;

    /// <summary>mol of the anion in all its forms; negative where hydroxide is asked of an acid liquor.</summary>
    public double AnionOf(Mixture m) => AnionSign * m.Aq[Anion];

    /// <summary>Ions of one formula unit: the order of the ion product.</summary>
    public int Ions => Cations + Anions + (Second < 0 ? 0 : 1);

    /// <summary>mol/kg of the second cation; 1 where there is none, as a factor.</summary>
    public double Beside(Mixture m, double water) => Second < 0 ? 1 : Math.Max(0, m.Aq[Second]) / water;

    /// <summary>Conditional ion product, (mol/kg)^n.</summary>
    /// <param name="sulfate">mol/kg.</param>
    /// <param name="hydroxide">mol/kg.</param>
    public double Product(double temperature, double sulfate, double hydroxide)
    {
        double product = solubility is null
            ? most + perKelvin * (Math.Clamp(temperature, lowest, highest) - celsius)
            : stoichiometry * Power(Solubility.At(solubility, temperature) / perMolal, Ions) * most;
        if (saltedOut > 0) product *= Math.Exp(-saltedOut * hydroxide);
        return product * (1 + sulfateSlope * sulfate);
    }

    /// <summary>x to a small whole power.</summary>
    public static double Power(double x, int n) => n switch
    {
        1 => x,
        2 => x * x,
        3 => x * x * x,
        _ => x * x * x * Power(x, n - 3),
    };

    public static Salt[] Read(ConstantTable table)
    {
        table.Names("salt", []);
        return [.. table.Rows.Select(Read)];
    }

    private static Salt Read(ConstantRow row)
    {
        const string Components = "component of chemistry/aqueous-components.csv";
        bool hydroxide = row.Text("anion") == "OH-";
        int anion = hydroxide ? Aqueous.H : row.Index("anion", Aqueous.Names, Components), anions = row.Whole("anions", 1), waters = row.Whole("waters", 0);
        Salt salt = new(
            row.Index("salt", Chemistry.Solid.Names, "solid of chemistry/solids.csv"), row.Index("cation", Aqueous.Names, Components), row.Whole("cations", 1), anion,
            anions, hydroxide ? waters + anions : waters, row.Number("nucleates"), row.Number("tau"), row.Number("heat"))
        {
            Second = row.Has("second") ? row.Index("second", Aqueous.Names, Components) : -1,
            sulfateSlope = row.Number("sulfate"),
            saltedOut = row.Number("hydroxide", 0),
        };
        salt.Law(row);
        salt.Check(row);
        return salt;
    }

    private void Law(ConstantRow row)
    {
        if (row.Has("solubility") == row.Has("product")) throw row.Wrong("a salt has either a solubility or a product");
        if (row.Has("solubility"))
        {
            if (Second >= 0) throw row.Wrong("a solubility does not say the product of a double salt: give a product");
            solubility = Solubility.Of(row.Text("solubility"), row);
            stoichiometry = Power(Cations, Cations) * Power(Anions, Anions);     // of the ion product where 1 mol/kg of the salt is dissolved
            perMolal = row.Scaled("molar_mass", -1);
            most = row.Number("share", 1);
            return;
        }
        most = row.Number("product");
        celsius = row.Number("celsius", 25);
        perKelvin = row.Number("per_kelvin", 0);
        lowest = row.Number("lowest", celsius);
        highest = row.Number("highest", celsius);
        if (!(lowest <= celsius && celsius <= highest)) throw row.Wrong("celsius lies between lowest and highest");
        if (!(Math.Min(most + perKelvin * (lowest - celsius), most + perKelvin * (highest - celsius)) > 0)) throw row.Wrong("the product is not positive between lowest and highest");
    }

    /// <summary>A formula unit is its ions and its water.</summary>
    private void Check(ConstantRow row)
    {
        double charge = Cations * Aqueous.Charge[Cation] + AnionSign * Anions * Aqueous.Charge[Anion] + (Second < 0 ? 0 : Aqueous.Charge[Second]);
        if (charge != 0) throw row.Wrong($"the ions of a formula unit have the charge {charge:+0;-0}");
        double[] atoms = Chemistry.Solid.Atoms[Solid];
        for (int e = 0; e < atoms.Length; e++)
        {
            double ions = Cations * Aqueous.Atoms[Cation][e] + AnionSign * Anions * Aqueous.Atoms[Anion][e] + (Second < 0 ? 0 : Aqueous.Atoms[Second][e]) + Waters * Aqueous.Atoms[Aqueous.H2O][e];
            if (Math.Abs(ions - atoms[e]) > 1e-9) throw row.Wrong($"{Elements.Symbols[e]}: {atoms[e]:0.###} in the formula of the solid, {ions:0.###} in its ions and waters");
        }
        if (!(Nucleates >= 1)) throw row.Wrong("nucleates is a ratio of 1 or more");
        if (!(Tau > 0) && CrystalKinetics.Of(Solid) is null) throw row.Wrong("tau is 0, which is for crystals with a row in chemistry/crystal-kinetics.csv");
    }
}
