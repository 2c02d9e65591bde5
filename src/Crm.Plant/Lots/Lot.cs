using System.Collections.Immutable;

namespace Crm.Plant.Lots;

/// <summary>What a lot is to the batch; decides its line in the balance.</summary>
public enum LotKind
{
    Feed,
    Product,
    Intermediate,
    Residue,
    Liquor,
    Salt,
    Water,
}

/// <summary>Result of an analysis: mass fraction of each element (kg/kg) of the material as it was weighed, with standard uncertainty.</summary>
public sealed record Assay(ImmutableSortedDictionary<string, Measured> MassFractions)
{
    public static readonly Assay Empty = new(ImmutableSortedDictionary.Create<string, Measured>(StringComparer.Ordinal));
}

/// <summary>An amount of material with identity.</summary>
/// <param name="Mass">kg, as weighed (wet cakes wet).</param>
public sealed record Lot(string Id, string Material, LotKind Kind, Measured Mass, Assay Assay);

/// <summary>One line of a product specification. Exactly one of the bounds may be absent.</summary>
/// <param name="Analyte">Element or species, <c>SO4</c>, <c>Na</c>; <c>assay</c> for the main component.</param>
/// <param name="Unit"><c>ppm</c> (mg/kg) or <c>%</c> (mass).</param>
public sealed record SpecificationLimit(string Analyte, string Unit, double? Least, double? Most, string Source);

/// <summary>A product specification with its own source and version; data, never code.</summary>
public sealed record Specification(string Name, string Version, string Source, ImmutableArray<SpecificationLimit> Limits);
