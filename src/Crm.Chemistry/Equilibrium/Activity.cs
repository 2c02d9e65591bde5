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
    private const double DebyeHueckel = 0.509;      // (kg/mol)^0.5, water at 25 degC
    private const double WaterPerSolute = 0.017;    // kg/mol: Garrels and Christ 1965, as in phreeqc3

    /// <summary>log10 of the coefficient of an ion of charge 1; other charges multiply it by their square.</summary>
    public static double DaviesLog10(double ionic)
    {
        double root = Math.Sqrt(ionic);
        return -DebyeHueckel * (root / (1 + root) - 0.3 * ionic);
    }

    /// <summary>Of the solvent, from the sum of all solute molalities; dilute solutions.</summary>
    public static double OfWater(double solutes) => 1 - WaterPerSolute * solutes;
}
