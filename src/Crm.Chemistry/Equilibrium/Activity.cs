namespace Crm.Chemistry.Equilibrium;

public enum ActivityModel
{
    /// <summary>Every coefficient is 1.</summary>
    Ideal,

    /// <summary>Davies at 25 degC: meant for ionic strengths up to about 0.5 mol/kg.</summary>
    Davies,
}

public static class Activity
{
    private static readonly double DebyeHueckel = LawConstants.Of("activity", "debye-hueckel"), DaviesSlope = LawConstants.Of("activity", "davies slope"), WaterPerSolute = LawConstants.Of("activity", "water per solute");

    /// <summary>log10 of the coefficient of an ion of charge 1; other charges multiply it by their square.</summary>
    public static double DaviesLog10(double ionic)
    {
        double root = Math.Sqrt(ionic);
        return -DebyeHueckel * (root / (1 + root) - DaviesSlope * ionic);
    }

    /// <summary>Of the solvent, from the sum of all solute molalities; dilute solutions.</summary>
    public static double OfWater(double solutes) => 1 - WaterPerSolute * solutes;
}
