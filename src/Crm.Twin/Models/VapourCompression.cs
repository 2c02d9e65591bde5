using Crm.Chemistry;
using Crm.Chemistry.Numerics;
using Crm.Chemistry.Properties;

namespace Crm.Twin.Models;

/// <summary>Surface evaporator for brine; kg, s, J, degC.</summary>
public static class BrineEvaporator
{
    /// <summary>Mean of two end differences: Chen's ((a b (a + b) / 2)^(1/3)), within 1 % of the logarithmic mean up to a ratio of 10.</summary>
    public static double MeanDifference(double one, double other) => Math.Cbrt(one * other * (one + other) / 2);

    /// <summary>kg/s that a heat flow boils off after bringing the feed to the boil; negative when it does not get that far.</summary>
    public static double Vapour(double heat, double feed, double fraction, double feedTemperature, double temperature) =>
        (heat - feed * SodiumChlorideBrine.HeatCapacity(fraction) * (temperature - feedTemperature)) / Water.HeatOfVaporisation(temperature);
}

/// <summary>Enthalpy that the compressor has to add to the vapour.</summary>
public enum VapourLaw
{
    /// <summary>Superheated steam of constant heat capacity: the real compressor.</summary>
    ConstantHeatCapacity,

    /// <summary>Along saturated vapour: lower than for real steam; kept to compare with watertap.</summary>
    SaturationLine,
}

/// <summary>Mechanical vapour compression: watertap-org/watertap watertap/unit_models/mvc/components/compressor.py.</summary>
/// <param name="HeatCapacityRatio">cp/cv of the vapour.</param>
/// <param name="Efficiency">Isentropic.</param>
public sealed record VapourCompressor(double PressureRatio, double HeatCapacityRatio, double Efficiency)
{
    /// <summary>degC after isentropic compression.</summary>
    public double Outlet(double suction) =>
        (suction + PhysicalConstants.ZeroCelsius) * Math.Pow(PressureRatio, (HeatCapacityRatio - 1) / HeatCapacityRatio) - PhysicalConstants.ZeroCelsius;

    /// <summary>J per kg of vapour.</summary>
    /// <param name="heatCapacity">J/(kg K), used by the law of constant heat capacity.</param>
    public double Work(double suction, VapourLaw law, double heatCapacity)
    {
        double outlet = Outlet(suction);
        double rise = law == VapourLaw.ConstantHeatCapacity ? heatCapacity * (outlet - suction) : Saturated(outlet) - Saturated(suction);
        return rise / Efficiency;
    }

    private static double Saturated(double celsius) => Water.LiquidEnthalpy(celsius) + Water.HeatOfVaporisation(celsius);
}

/// <summary>Electricity of brine concentrators: watertap-org/watertap watertap/data/techno_economic/brine_concentrator.yaml.</summary>
public static class BrineConcentrator
{
    /// <summary>kWh per m3 of feed.</summary>
    /// <param name="solids">mg/L.</param>
    /// <param name="flow">m3/h of feed.</param>
    public static double SpecificEnergy(double solids, double recovery, double flow) => 9.73 + 1.1e-4 * solids + 10.4 * recovery + 3.83e-5 * flow;
}

/// <summary>Water split of an evaporator in which all solids stay behind; kg/s.</summary>
public readonly record struct EvaporatorSplit(double Vapour, double BrineWater, double BrineSolids)
{
    /// <exception cref="NoSolutionException">More distillate than there is water.</exception>
    public static EvaporatorSplit Of(double water, double solidsFraction, double recovery)
    {
        double total = water / (1 - solidsFraction), vapour = recovery * total;
        if (vapour > water) throw new NoSolutionException("the recovery asks for more distillate than the feed has water");
        return new(vapour, water - vapour, total - water);
    }

    public double BrineFraction => BrineSolids / (BrineSolids + BrineWater);
}
