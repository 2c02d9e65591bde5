using System.Collections.Immutable;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Plant.Purity;

namespace Crm.Host.Ensembles;

/// <summary>A figure that is followed over the members of an ensemble.</summary>
/// <param name="Key">As in <c>ensemble.json</c>.</param>
/// <param name="Unit">Of the value; empty for a plain number.</param>
/// <param name="Least">What is asked at least; null when nothing is.</param>
/// <param name="Value">NaN when the member does not tell it.</param>
public sealed record FigureDefinition(string Key, string Label, string Unit, double? Least, double? Most, Func<EnsembleMember, double> Value)
{
    /// <summary>Recovery and mass of the product, every limit of its specification, water, energy, time.</summary>
    public static ImmutableArray<FigureDefinition> Of(ProductDefinition product, ImmutableArray<EnsembleMember> members) =>
    [
        new("recovery", $"{product.MainElement} in the product", "%", 100 * product.LeastRecovery, null, m => 100 * m.Result.MainRecovery.Value),
        new("product", $"{product.Name} made", "kg", null, null, m => m.Result.ProductMass.Value),
        .. product.Specification.Limits.Select(Limit),
        new("water_drawn", "Water drawn", "L/kg", null, null, m => m.Result.Water.SpecificDrawn ?? double.NaN),
        new("water_recycle_rate", "Water returned of what was used", "%", null, null, m => 100 * m.Result.Water.RecycleRateOfUse ?? double.NaN),
        .. members.SelectMany(m => m.Result.Energy.Select(e => e.Name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Energy),
        new("duration", "Time", "h", null, null, m => m.Lasted.TotalHours),
    ];

    private static FigureDefinition Limit(SpecificationLimit limit) => new(
        "purity." + limit.Analyte, limit.Analyte, limit.Unit, limit.Least, limit.Most,
        m => m.Result.Purity.Limits.FirstOrDefault(l => l.Limit.Analyte == limit.Analyte)?.Found.Value ?? double.NaN);

    private static FigureDefinition Energy(string name) => new(
        "energy." + name, char.ToUpperInvariant(name[0]) + name[1..], "kWh", null, null,
        m => m.Result.Energy.FirstOrDefault(e => e.Name == name)?.Energy ?? double.NaN);
}
