namespace Crm.Chemistry;

/// <summary>Temperature dependence of a rate constant.</summary>
public static class Arrhenius
{
    /// <summary>Rate at <paramref name="toCelsius"/> over the rate at <paramref name="fromCelsius"/>: exp(E/R (1/T1 - 1/T2)).</summary>
    /// <param name="activationEnergy">J/mol.</param>
    public static double Ratio(double activationEnergy, double fromCelsius, double toCelsius) =>
        Math.Exp(activationEnergy * Drive(fromCelsius, toCelsius));

    /// <summary>mol/J: what an activation energy is multiplied with; shared by many reactions at one temperature.</summary>
    public static double Drive(double fromCelsius, double toCelsius) =>
        1 / (PhysicalConstants.Gas * (fromCelsius + PhysicalConstants.ZeroCelsius)) - 1 / (PhysicalConstants.Gas * (toCelsius + PhysicalConstants.ZeroCelsius));
}
