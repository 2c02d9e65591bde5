using System.Collections.Immutable;
using Crm.Plant.Lots;

namespace Crm.Plant.Purity;

public enum LimitVerdict
{
    /// <summary>Within the limit by more than the expanded uncertainty.</summary>
    Pass,

    /// <summary>Outside by more than the expanded uncertainty.</summary>
    Fail,

    /// <summary>Nearer to the limit than the measurement can tell.</summary>
    Uncertain,

    /// <summary>The product's assay does not name the analyte.</summary>
    NotMeasured,
}

/// <summary>One line of the specification against the product's assay.</summary>
/// <param name="Found">In the unit of the limit; NaN when not measured.</param>
/// <param name="WithinLimit">The value itself is within, whatever its uncertainty (simple acceptance, JCGM 106:2012 8.2).</param>
public sealed record LimitResult(SpecificationLimit Limit, Measured Found, LimitVerdict Verdict, bool WithinLimit);

/// <param name="ProductLots">Lots whose assays were averaged by mass.</param>
public sealed record PurityResult(string Specification, string Version, string Source, ImmutableArray<LimitResult> Limits, ImmutableArray<string> ProductLots)
{
    /// <summary>Every limit is met by the value found; nothing is missing. What <c>in spec</c> means in one word.</summary>
    public bool InSpecification => ProductLots.Length > 0 && Limits.All(l => l.WithinLimit);

    /// <summary>The worst line: fail, not measured, uncertain, pass.</summary>
    public LimitVerdict Verdict =>
        ProductLots.Length == 0 ? LimitVerdict.NotMeasured
        : Limits.Any(l => l.Verdict == LimitVerdict.Fail) ? LimitVerdict.Fail
        : Limits.Any(l => l.Verdict == LimitVerdict.NotMeasured) ? LimitVerdict.NotMeasured
        : Limits.Any(l => l.Verdict == LimitVerdict.Uncertain) ? LimitVerdict.Uncertain
        : LimitVerdict.Pass;
}
