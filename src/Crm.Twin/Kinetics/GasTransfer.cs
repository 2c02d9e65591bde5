using Crm.Chemistry;

namespace Crm.Twin.Kinetics;

/// <summary>Carbon dioxide in and out of a liquor, hydrogen fluoride out, and evaporation below the boiling point.</summary>
internal static class GasTransfer
{
    private const double Sparging = 0.02;       // kLa, 1/s, stirred and sparged [G]
    private const double Dissociation = 24e3;   // J/mol taken up by CO2(aq) + H2O = CO3-2 + 2 H+, formation enthalpies of llnl.dat: where alkali takes the protons [R]
    private const double LargestUptake = 0.75;  // share of the gas that a shallow vessel can take up [G]

    /// <summary>Absorbs from a CO2 feed of <paramref name="supplied"/> mol in dt; the rest leaves with the vent. Returns heat, J.</summary>
    public static double Sparge(Mixture m, in Speciation s, double supplied, double pressure, bool stirred, double dt, double[] gas)
    {
        double water = m.Water;
        double henry = Henry(m.Temperature);
        double vapour = Math.Min(0.95, Water.VapourPressure(m.Temperature) / 101325);
        double driving = Math.Max(0, henry * pressure * (1 - vapour) - s.CarbonDioxide);
        double uptake = Math.Min(Sparging * (stirred ? 1 : 0.15) * driving * water * dt, LargestUptake * supplied);
        gas[Gas.CO2] += supplied;
        double alkali = Math.Max(0, -m.Aq[Aqueous.H]), taken = Reactions.CarbonDioxideIn.Apply(m, gas, Math.Min(uptake, supplied));
        return Reactions.CarbonDioxideIn.Heat * taken - Dissociation * Math.Min(taken, 0.5 * alkali);
    }

    /// <summary>CO2 above the air's share leaves; fast when the liquor boils [G].</summary>
    public static double Strip(Mixture m, in Speciation s, bool stirred, double dt, double[] gas)
    {
        if (s.CarbonDioxide <= 2e-5) return 0;
        double boiling = Math.Min(1, Water.VapourPressure(m.Temperature) / 101325);
        double rate = (2e-5 + 0.04 * boiling * boiling) * (stirred ? 1 : 0.3);
        double excess = (s.CarbonDioxide - 1.3e-5) * m.Water;
        double out1 = Reactions.CarbonDioxideOut.Apply(m, gas, excess * (1 - Math.Exp(-rate * dt)));
        return Reactions.CarbonDioxideOut.Heat * out1;
    }

    /// <summary>Hydrogen fluoride over acid liquor: 1e-7 1/s at 70 degC per mol of HF(aq); most is held as AlF complexes [G].</summary>
    /// <returns>Heat given off, J.</returns>
    public static double ReleaseFluoride(Mixture m, in Speciation s, double dt, double[] gas)
    {
        if (s.Hf <= 1e-9) return 0;
        double rate = 1e-7 * Math.Exp(0.05 * (m.Temperature - 70));
        return Reactions.HydrogenFluorideOut.Heat * Reactions.HydrogenFluorideOut.Apply(m, gas, s.Hf * m.Water * rate * dt);
    }

    /// <summary>Ammonia into <paramref name="sweep"/> mol of gas over the liquor, saturated; Henry 59 mol/(kg atm) at 25 degC, 4200 K (Sander compilation).</summary>
    public static double StripAmmonia(Mixture m, in Speciation s, double sweep, double[] gas)
    {
        if (s.Ammonia <= 1e-9 || sweep <= 0) return 0;
        double pressure = s.Ammonia / (59 * Math.Exp(4200 * (1 / (m.Temperature + 273.15) - 1 / 298.15)));
        return Reactions.AmmoniaOut.Heat * Reactions.AmmoniaOut.Apply(m, gas, Math.Min(sweep * pressure, 0.1 * s.Ammonia * m.Water));
    }

    /// <summary>Water carried by <paramref name="sweep"/> mol of dry gas saturated over the liquor (Stefan flow). Returns mol.</summary>
    public static double Sweep(Mixture m, double sweep, double activity)
    {
        double share = Math.Min(0.97, activity * Water.VapourPressure(m.Temperature) / 101325);
        return Math.Min(sweep * share / (1 - share), 0.2 * m.Aq[Aqueous.H2O]);
    }

    /// <summary>mol/(kg atm): 0.034 at 25 degC, enthalpy 2400 K (Sander compilation).</summary>
    private static double Henry(double celsius) => 0.034 * Math.Exp(2400 * (1 / (celsius + 273.15) - 1 / 298.15));
}
