using System.Collections.Immutable;
using Crm.Plant.Balances;
using Crm.Plant.Lots;

namespace Crm.Plant.Purity;

/// <summary>Judges product lots against a specification.</summary>
public static class PurityAssessment
{
    public static PurityResult Assess(Specification specification, IReadOnlyList<LotLine> products) => new(
        specification.Name,
        specification.Version,
        specification.Source,
        [.. specification.Limits.Select(limit => Judge(limit, Found(limit, products)))],
        [.. products.Select(lot => lot.Id)]);

    public static LimitResult Judge(SpecificationLimit limit, Measured? found)
    {
        if (found is not { } value) return new(limit, new(double.NaN, double.NaN), LimitVerdict.NotMeasured, false);
        double margin = Math.Min(value.Value - (limit.Least ?? double.NegativeInfinity), (limit.Most ?? double.PositiveInfinity) - value.Value);
        var verdict = margin >= value.Expanded ? LimitVerdict.Pass : margin < -value.Expanded ? LimitVerdict.Fail : LimitVerdict.Uncertain;
        return new(limit, value, verdict, margin >= 0);
    }

    /// <summary>Mass-weighted mean over the product lots in the unit of the limit; null when one of them was not analysed for it.</summary>
    private static Measured? Found(SpecificationLimit limit, IReadOnlyList<LotLine> products)
    {
        if (products.Count == 0 || products.Any(lot => !lot.MassFractions.ContainsKey(limit.Analyte))) return null;
        double perFraction = limit.Unit == "ppm" ? 1e6 : 100;
        double mass = products.Sum(lot => lot.Mass.Value);
        if (products.Count > 1 && mass <= 0) return null;
        return Measured.Sum(products.Select(lot => Scaled(lot.MassFractions[limit.Analyte], perFraction * (products.Count == 1 ? 1 : lot.Mass.Value / mass))));
    }

    private static Measured Scaled(Measured value, double by) => new(value.Value * by, value.U * by);
}
