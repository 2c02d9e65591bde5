namespace Crm.Plant.Balances;

/// <summary>Water figures of a period, L.</summary>
/// <param name="Returned">Permeate and distillate reused; internal, so on neither side of the closure.</param>
/// <param name="HoldupChange">Increase positive.</param>
public sealed record WaterFlows(
    double Fresh, double InFeed, double Returned, double InWetSolids, double Crystal, double Evaporation, double Discharge, double HoldupChange);

/// <summary>Indicators of water use; null where the divisor is zero.</summary>
public sealed record WaterIndicators(double? RecycleRateOfUse, double? RecycledOverWithdrawal, double? SpecificFreshWater, double? ClosureError)
{
    /// <param name="productMass">kg.</param>
    public static WaterIndicators From(WaterFlows flows, double productMass)
    {
        double into = flows.Fresh + flows.InFeed;
        double outOf = flows.InWetSolids + flows.Crystal + flows.Evaporation + flows.Discharge;
        return new(
            Ratio(flows.Returned, flows.Returned + flows.Fresh),
            Ratio(flows.Returned, flows.Fresh),
            Ratio(flows.Fresh, productMass),
            Ratio(into - outOf - flows.HoldupChange, into));
    }

    private static double? Ratio(double part, double whole) => whole > 0 ? part / whole : null;
}
