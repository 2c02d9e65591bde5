using Crm.Chemistry;
using Crm.Twin.Models;

namespace Crm.Twin.Equipment;

/// <summary>
/// Mechanical vapour recompression on a boiling vessel: the vapour of the boil is compressed and condenses in the jacket, so that most of the jacket's heat
/// is the vapour's own and only the compressor draws power. What the vapour cannot give, at the start or at a jacket hotter than it condenses, comes from the heater.
/// </summary>
/// <param name="Ratio">Pressure behind the compressor over that of the boil.</param>
/// <param name="Efficiency">Isentropic.</param>
internal sealed record Recompression(double Ratio, double Efficiency)
{
    /// <summary>cp/cv of steam, and its cp in J/(kg K) between 100 and 150 °C.</summary>
    private const double HeatCapacityRatio = 1.33, SteamHeat = 2000;

    private const double Atmosphere = 101325;       // Pa

    /// <summary>Of the compressor's motor and gear [G].</summary>
    private const double Drive = 0.9;

    /// <summary>Electricity, W, for heat into the jacket.</summary>
    /// <param name="heat">W.</param>
    /// <param name="vapour">kg/s that boil off.</param>
    /// <param name="boiling">degC of the contents.</param>
    public double Electricity(double heat, double vapour, double boiling, double jacket)
    {
        double suction = Math.Min(Water.SaturationPressure(Math.Min(boiling, 200)), Atmosphere);          // a liquor that boils higher gives superheated vapour
        double condensing = Water.SaturationTemperature(Ratio * suction);
        if (vapour <= 0 || jacket >= condensing) return heat;
        double work = new VapourCompressor(Ratio, HeatCapacityRatio, Efficiency).Work(boiling, VapourLaw.ConstantHeatCapacity, SteamHeat);
        double given = Water.HeatOfVaporisation(boiling) + work - (Water.LiquidEnthalpy(condensing) - Water.LiquidEnthalpy(boiling));
        double compressed = Math.Min(heat, vapour * given);
        return heat - compressed + compressed / given * work / Drive;
    }
}
