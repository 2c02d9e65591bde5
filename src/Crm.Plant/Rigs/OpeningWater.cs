namespace Crm.Plant.Rigs;

/// <param name="Litres">L of water at the start.</param>
/// <param name="StandardUncertainty">L.</param>
public sealed record OpeningWater(double Litres, double StandardUncertainty);
