using System.Globalization;
using Crm.Chemistry;
using Crm.Contracts;
using Crm.Host.Workshop;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Plant.Purity;
using Crm.Plant.Records;

namespace Crm.Host.Records;

/// <summary>The figures of a batch as the pages Purity, Water and Records show them; computed as the report's.</summary>
internal static class FiguresText
{
    /// <summary>L that a running batch must have used before a share of it says anything.</summary>
    private const double LeastUse = 1;

    /// <param name="waterSoFar">The batch runs, and its water is that of the meters so far: no closure is judged.</param>
    public static BatchFigures Of(RecordedBatch batch, BatchRecord record, Prediction prediction, IReadOnlyList<PredictedLimit> predicted, bool waterSoFar = false)
    {
        var result = record.Result;
        var samples = Samples(record.Events);
        var w = result.Water;
        return new BatchFigures(
            batch.Key, batch.Batch, $"{record.Recipe.Title} {record.Recipe.Version}", batch.State, Math.Round(batch.To.TotalSeconds, 1), result.MainElement, Quantity(result.MainRecovery),
            result.Purity.ProductLots.Length > 0 ? Quantity(result.ProductMass) : null, $"{result.Purity.Specification} {result.Purity.Version}", result.Purity.InSpecification, result.BalancesClosed,
            [.. result.Purity.Limits.Select(l => new LimitFound(
                l.Limit.Analyte, l.Limit.Unit, l.Limit.Least, l.Limit.Most, Quantity(l.Found), l.Verdict.ToString(), l.WithinLimit, Course(l.Limit, samples, record.Product), Predicted(l, predicted)))],
            [.. samples.Select(s => new SampleFound(s.Sample, s.Place, s.At, s.By, s.Fractions.ToDictionary(f => f.Key, f => new Quantity(f.Value.Value, f.Value.Expanded))))],
            new WaterFound(
                w.Fresh, w.InFeed, w.Opening, w.Returned, w.InWetSolids, w.Crystal, w.Evaporation, w.Discharge, w.InLiquorLots, w.HoldupChange,
                waterSoFar && (w.Fresh ?? 0) + (w.Returned ?? 0) < LeastUse ? null : w.RecycleRateOfUse, w.RecycledOverWithdrawal, w.SpecificFreshWater, Judged(w.Unaccounted), Judged(w.UnaccountedUncertainty), Judged(w.ClosureError), Judged(w.ClosureUncertainty)),
            result.Doubts, prediction)
        { WaterSoFar = waterSoFar };

        double? Judged(double? closure) => waterSoFar ? null : closure;
    }

    /// <summary>The twin's word on a limit beside what was measured since: within the expanded uncertainty of both, or by which factor off.</summary>
    private static LimitPredicted Predicted(LimitResult line, IReadOnlyList<PredictedLimit> predicted)
    {
        if (predicted.FirstOrDefault(p => p.Analyte == line.Limit.Analyte && p.Unit == line.Limit.Unit) is not { } own) return new LimitPredicted(null, nameof(LimitVerdict.NotMeasured), false, "", null);
        var (against, factor) = ("", (double?)null);
        if (own.Value is { } twin && Quantity(line.Found) is { } found)
        {
            double off = found.Value - twin.Value, both = Math.Sqrt(Square(found.Uncertainty) + Square(twin.Uncertainty));
            against = Math.Abs(off) <= both ? "within" : off > 0 ? "above" : "below";
            if (twin.Value > 0 && found.Value > 0) factor = found.Value / twin.Value;
        }

        return new LimitPredicted(own.Value, own.Verdict, own.Within, against, factor);
    }

    private static double Square(double? expanded) => expanded * expanded ?? 0;

    /// <summary>
    /// What a sample says the product would hold if everything of the analyte that is with the main element in it went along: kg per kg of main element
    /// times kg of main element per kg of product. A bound from above, for what later steps take out is not in it. None where a sample names only one of the two.
    /// </summary>
    private static IReadOnlyList<CourseFound> Course(SpecificationLimit limit, IReadOnlyList<Found> samples, ProductDefinition product)
    {
        if (limit.Most is null || limit.Analyte == product.MainElement) return [];
        double content;
        try
        {
            content = MolarMass.MassFraction(product.Formula, product.MainElement);
        }
        catch (FormatException)
        {
            return [];
        }

        double scale = content * (limit.Unit == "ppm" ? 1e6 : 100);
        return [.. samples.Where(s => s.Fractions.GetValueOrDefault(product.MainElement).Value > 0 && s.Fractions.ContainsKey(limit.Analyte)).Select(s =>
        {
            var ratio = s.Fractions[limit.Analyte] / s.Fractions[product.MainElement];
            return new CourseFound(s.Sample, s.Place, s.At, Quantity(new Measured(ratio.Value * scale, ratio.U * scale))!);
        })];
    }

    private static IReadOnlyList<Found> Samples(IEnumerable<BatchEvent> events) => [.. events
        .Where(e => e.Kind == BatchEventKind.LabResult)
        .Select(e => new Found(e.Data.GetValueOrDefault("sample", e.Subject), e.Data.GetValueOrDefault("place", ""), Math.Round(e.At.TotalSeconds, 1), e.Cause, Fractions(e)))];

    private static SortedDictionary<string, Measured> Fractions(BatchEvent happened)
    {
        const string prefix = "element.";
        var found = new SortedDictionary<string, Measured>(StringComparer.Ordinal);
        foreach (var (key, text) in happened.Data)
        {
            string analyte = key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : "";
            if (analyte.Length == 0 || analyte.Contains('.', StringComparison.Ordinal) || analyte == "density" || Number(text) is not { } value) continue;
            found[analyte] = new Measured(value, happened.Data.TryGetValue(key + ".u", out string? u) ? Number(u) ?? 0 : 0);
        }

        return found;
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    private static Quantity? Quantity(Measured measured) =>
        double.IsFinite(measured.Value) ? new Quantity(measured.Value, double.IsFinite(measured.Expanded) ? measured.Expanded : null) : null;

    private sealed record Found(string Sample, string Place, double At, string By, SortedDictionary<string, Measured> Fractions);
}
