using System.Collections.Immutable;
using Crm.Plant.Ports;

namespace Crm.Plant.Records;

/// <summary>The twin's own account of one element.</summary>
/// <param name="Initial">kg in everything the model held at the start.</param>
/// <param name="Final">kg in everything it holds at the end.</param>
/// <param name="InProduct">kg really in the product lots; null when the model does not say.</param>
public sealed record ElementTruth(string Element, double Initial, double Final, double? InProduct)
{
    /// <summary>What the model itself lost or made; not an error of measurement.</summary>
    public double RelativeError => Initial == 0 ? 0 : (Final - Initial) / Initial;
}

/// <summary>What the twin knows and no instrument sees. Only checks the balances, never replaces a measurement (rule 3.11).</summary>
public sealed record TwinTruth(ImmutableArray<ElementTruth> Elements)
{
    /// <summary>Its account of heat; null when it keeps none.</summary>
    public HeatTruth? Heat { get; init; }

    /// <param name="productPlaces">Names of the places of <see cref="PlantTruth.Places"/> that are product lots.</param>
    public static TwinTruth From(PlantTruth truth, IReadOnlyCollection<string> productPlaces)
    {
        var lots = productPlaces.Where(truth.Places.ContainsKey).Order(StringComparer.Ordinal).Select(place => truth.Places[place]).ToList();
        return new([.. truth.Initial.Select(initial => new ElementTruth(
            initial.Key,
            initial.Value,
            truth.Places.Values.Sum(place => place.GetValueOrDefault(initial.Key)),
            lots.Count == 0 ? null : lots.Sum(lot => lot.GetValueOrDefault(initial.Key))))])
        { Heat = truth.Heat };
    }
}
