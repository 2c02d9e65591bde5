using Crm.Chemistry;
using Crm.Chemistry.Numerics;
using Crm.Chemistry.Properties;

namespace Crm.Twin.Models;

/// <summary>Balance and size of a steady evaporative NaCl crystalliser.</summary>
public sealed record CrystalliserState(
    double Saturation, double Crystals, double LiquorSalt, double LiquorWater, double Vapour, double Residence, double SuspensionVolume, double Pressure, double Duty, double VapourDiameter);

/// <summary>Steady evaporative sodium chloride crystalliser: watertap-org/watertap watertap/unit_models/crystallizer.py; kg, s, m, J, degC.</summary>
/// <param name="Temperature">Of operation.</param>
/// <param name="Yield">Crystals per NaCl fed, by mass.</param>
/// <param name="MedianSize">m.</param>
/// <param name="SizeFactor">Median size over growth times residence time, about 3.67.</param>
/// <param name="SoudersBrown">m/s, of the vapour space.</param>
/// <param name="CrystallisationHeat">J/kg given off.</param>
public sealed record EvaporativeCrystalliser(
    double Temperature, double Yield, double MedianSize, double Growth, double SizeFactor, double SoudersBrown, double CrystalDensity, double CrystallisationHeat)
{
    private const string Salt = "NaCl";

    /// <exception cref="NoSolutionException">The feed holds less water than the saturated liquor keeps.</exception>
    public CrystalliserState Solve(double feed, double fraction, double feedTemperature)
    {
        double saturation = SodiumChlorideBrine.Saturation(Temperature);
        double crystals = Yield * feed * fraction, salt = feed * fraction - crystals, water = salt * (1 - saturation) / saturation;
        double vapour = feed * (1 - fraction) - water;
        if (vapour < 0) throw new NoSolutionException("nothing evaporates: the feed holds less water than the saturated liquor would keep");
        double residence = MedianSize / (SizeFactor * Growth);
        double liquorDensity = ElectrolyteDensity.Of([(ElectrolyteDensity.Salts[Salt].Law, saturation)], Temperature);
        double pressure = SodiumChlorideBrine.BoilingPressure(saturation, Temperature);
        double vapourDensity = pressure * 1e-3 * PhysicalConstants.WaterMolarMass / (PhysicalConstants.Gas * (Temperature + PhysicalConstants.ZeroCelsius));
        double velocity = SoudersBrown * Math.Sqrt(liquorDensity / vapourDensity);
        double duty = feed * SodiumChlorideBrine.HeatCapacity(fraction) * (Temperature - feedTemperature) + vapour * Water.HeatOfVaporisation(Temperature)
            - crystals * CrystallisationHeat;
        return new CrystalliserState(
            saturation, crystals, salt, water, vapour, residence, ((salt + water) / liquorDensity + crystals / CrystalDensity) * residence, pressure, duty,
            Math.Sqrt(4 * vapour / (vapourDensity * Math.PI * velocity)));
    }
}
