using Crm.Chemistry.Numerics;
using Crm.Chemistry.Properties;

namespace Crm.Twin.Models;

/// <summary>Fluxes through the membrane at one place, kg/(m2 s).</summary>
public readonly record struct MembraneFlux(double Water, double Salt);

/// <summary>
/// Solution-diffusion through a membrane with fixed concentration polarisation: watertap-org/watertap
/// watertap/unit_models/reverse_osmosis_0D.py. NaCl brine at up to saturation; Pa, m, s, kg.
/// </summary>
/// <param name="WaterPermeability">m/(s Pa).</param>
/// <param name="SaltPermeability">m/s.</param>
/// <param name="Polarisation">Concentration at the membrane over that of the bulk.</param>
public sealed record Membrane(double WaterPermeability, double SaltPermeability, double Polarisation, double Temperature)
{
    /// <summary>Local fluxes; the permeate's own concentration follows from their ratio, a single root.</summary>
    /// <param name="fraction">NaCl of the bulk, by mass.</param>
    /// <param name="drive">Feed pressure minus permeate pressure.</param>
    /// <exception cref="NoSolutionException">No driving pressure, or a brine beyond its laws.</exception>
    public MembraneFlux Flux(double fraction, double drive)
    {
        if (!(drive > 0)) throw new NoSolutionException($"no pressure drives the membrane: {drive:G6} Pa");
        double wall = SodiumChlorideBrine.FractionAt(Polarisation * fraction * SodiumChlorideBrine.Density(fraction));
        if (!(wall < 1)) throw new NoSolutionException("more salt than brine at the membrane");
        if (wall <= 0) return At(0, 0, drive);
        double permeate = Bracket.Root(p => PermeateExcess(wall, p, drive), 0, wall, "salt of the local permeate");
        return At(wall, permeate, drive);
    }

    private double PermeateExcess(double wall, double permeate, double drive)
    {
        var flux = At(wall, permeate, drive);
        return permeate * flux.Water - (1 - permeate) * flux.Salt;
    }

    private MembraneFlux At(double wall, double permeate, double drive) => new(
        1000 * WaterPermeability * (drive - SodiumChlorideBrine.OsmoticPressure(wall, Temperature) + SodiumChlorideBrine.OsmoticPressure(permeate, Temperature)),
        SaltPermeability * (wall * SodiumChlorideBrine.Density(wall) - permeate * SodiumChlorideBrine.Density(permeate)));
}

/// <summary>A module whose fluxes are the mean of both ends of its channel.</summary>
/// <param name="Area">m2.</param>
/// <param name="PressureDrop">Pa along the channel.</param>
public sealed record ReverseOsmosisModule(Membrane Membrane, double Area, double PressureDrop)
{
    /// <summary>Highest brine fraction looked at.</summary>
    private const double Strongest = 0.6;

    /// <param name="feed">kg/s.</param>
    /// <param name="drive">Pa: feed pressure minus permeate pressure at the inlet.</param>
    /// <exception cref="NoSolutionException">No retentate is left, or no pressure at one end.</exception>
    public MembraneFlux Solve(double feed, double fraction, double drive)
    {
        var inlet = Membrane.Flux(fraction, drive);
        if (fraction <= 0) return Mean(inlet, 0, drive);
        double strongest = Math.Max(Strongest, fraction);
        double outlet = Bracket.Root(w => RetentateExcess(feed, fraction, inlet, w, drive), fraction * 1e-3, strongest, "salt of the retentate");
        var mean = Mean(inlet, outlet, drive);
        if (feed * (1 - fraction) - mean.Water * Area <= 0) throw new NoSolutionException("the membrane would take all the water: no retentate is left");
        return mean;
    }

    private MembraneFlux Mean(MembraneFlux inlet, double outletFraction, double drive)
    {
        var outlet = Membrane.Flux(outletFraction, drive - PressureDrop);
        return new(0.5 * (inlet.Water + outlet.Water), 0.5 * (inlet.Salt + outlet.Salt));
    }

    /// <summary>Zero where the retentate that the mean fluxes leave has the fraction it was assumed to have.</summary>
    private double RetentateExcess(double feed, double fraction, MembraneFlux inlet, double outlet, double drive)
    {
        var mean = Mean(inlet, outlet, drive);
        double water = feed * (1 - fraction) - mean.Water * Area, salt = feed * fraction - mean.Salt * Area;
        return outlet * water - (1 - outlet) * salt;
    }
}

/// <summary>
/// Energy of a module with pressure exchanger, booster and high-pressure pump: watertap-org/watertap flowsheets/RO_with_energy_recovery. Pa,
/// m3/s, W.
/// </summary>
public sealed record PressureExchange(double ExchangerEfficiency, double PumpEfficiency, double Atmosphere)
{
    public double OutletPressure(double brinePressure) => Atmosphere + ExchangerEfficiency * (brinePressure - Atmosphere);

    /// <param name="flow">Whole feed.</param>
    /// <param name="exchanged">Feed that goes through the exchanger.</param>
    public double Power(double flow, double exchanged, double feedPressure, double brinePressure) =>
        ((flow - exchanged) * (feedPressure - Atmosphere) + exchanged * (feedPressure - OutletPressure(brinePressure))) / PumpEfficiency;
}
