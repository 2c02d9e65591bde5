using Crm.Chemistry;

namespace Crm.Twin.Kinetics;

/// <summary>Carbon dioxide in and out of a liquor, hydrogen fluoride out, and evaporation below the boiling point.</summary>
internal static class GasTransfer
{
    private static readonly double Sparging = Of("sparging"), RestShare = Of("sparging at rest"), Dissociation = Of("dissociation heat"), LargestUptake = Of("largest uptake"), StripStirred = Of("stripping"),
        StripBoiling = Of("stripping at the boil"), StripRest = Of("stripping at rest"), Fluoride = Of("hydrogen fluoride"), FluorideRise = Of("hydrogen fluoride rise"), HenryCarbon = Of("henry CO2"),
        HenryCarbonRise = Of("henry CO2 rise"), HenryAmmonia = Of("henry NH3"), HenryAmmoniaRise = Of("henry NH3 rise"), AirCarbon = Of("carbon dioxide of air"), StripAbove = Of("stripping above");

    private static double Of(string constant) => LawConstants.Of("gas transfer", constant);

    /// <summary>Absorbs from a CO2 feed of <paramref name="supplied"/> mol in dt; the rest leaves with the vent. Returns heat, J.</summary>
    public static double Sparge(Mixture m, in Speciation s, double supplied, double pressure, bool stirred, double dt, double[] gas)
    {
        double water = m.Water;
        double henry = Henry(m.Temperature);
        double vapour = Math.Min(0.95, Water.VapourPressure(m.Temperature) / 101325);
        double driving = Math.Max(0, henry * pressure * (1 - vapour) - s.CarbonDioxide);
        double uptake = Math.Min(Sparging * (stirred ? 1 : RestShare) * driving * water * dt, LargestUptake * supplied);
        gas[Gas.CO2] += supplied;
        double alkali = Math.Max(0, -m.Aq[Aqueous.H]), taken = Reactions.CarbonDioxideIn.Apply(m, gas, Math.Min(uptake, supplied));
        return Reactions.CarbonDioxideIn.Heat * taken - Dissociation * Math.Min(taken, 0.5 * alkali);
    }

    /// <summary>CO2 above the air's share leaves; fast when the liquor boils.</summary>
    public static double Strip(Mixture m, in Speciation s, bool stirred, double dt, double[] gas)
    {
        if (s.CarbonDioxide <= StripAbove) return 0;
        double boiling = Math.Min(1, Water.VapourPressure(m.Temperature) / 101325);
        double rate = (StripStirred + StripBoiling * boiling * boiling) * (stirred ? 1 : StripRest);
        double excess = (s.CarbonDioxide - AirCarbon) * m.Water;
        double out1 = Reactions.CarbonDioxideOut.Apply(m, gas, excess * (1 - Math.Exp(-rate * dt)));
        return Reactions.CarbonDioxideOut.Heat * out1;
    }

    /// <summary>Hydrogen fluoride over acid liquor, per mol of HF(aq).</summary>
    /// <returns>Heat given off, J.</returns>
    public static double ReleaseFluoride(Mixture m, in Speciation s, double dt, double[] gas)
    {
        if (s.Hf <= 1e-9) return 0;
        double rate = Fluoride * Math.Exp(FluorideRise * (m.Temperature - 70));
        return Reactions.HydrogenFluorideOut.Heat * Reactions.HydrogenFluorideOut.Apply(m, gas, s.Hf * m.Water * rate * dt);
    }

    /// <summary>Ammonia into <paramref name="sweep"/> mol of gas over the liquor, saturated.</summary>
    public static double StripAmmonia(Mixture m, in Speciation s, double sweep, double[] gas)
    {
        if (s.Ammonia <= 1e-9 || sweep <= 0) return 0;
        double pressure = s.Ammonia / (HenryAmmonia * Math.Exp(HenryAmmoniaRise * (1 / (m.Temperature + 273.15) - 1 / 298.15)));
        return Reactions.AmmoniaOut.Heat * Reactions.AmmoniaOut.Apply(m, gas, Math.Min(sweep * pressure, 0.1 * s.Ammonia * m.Water));
    }

    /// <summary>Water carried by <paramref name="sweep"/> mol of dry gas saturated over the liquor (Stefan flow). Returns mol.</summary>
    public static double Sweep(Mixture m, double sweep, double activity)
    {
        double share = Math.Min(0.97, activity * Water.VapourPressure(m.Temperature) / 101325);
        return Math.Min(sweep * share / (1 - share), 0.2 * m.Aq[Aqueous.H2O]);
    }

    /// <summary>mol/(kg atm).</summary>
    private static double Henry(double celsius) => HenryCarbon * Math.Exp(HenryCarbonRise * (1 / (celsius + 273.15) - 1 / 298.15));
}
