using System.Collections.Immutable;
using Crm.Host.Checkpoints;
using Crm.Host.Ensembles;
using Crm.Plant.Balances;
using Crm.Plant.Procedure;

namespace Crm.Host.Sweeps;

/// <summary>What a sweep tells of its runs: what an ensemble tells, reagents, and of a run that ends before the product what its samples say.</summary>
internal static class SweepFigures
{
    public static ImmutableArray<FigureDefinition> Of(ProductDefinition product, Moment? to, ImmutableArray<SweepPoint> points)
    {
        ImmutableArray<EnsembleMember> members = [.. points.Select(p => p.Member)];
        return
        [
            .. FigureDefinition.Of(product, members).Where(f => members.Any(m => double.IsFinite(f.Value(m))) && (to is null || f.Key is "duration" || f.Key.StartsWith("energy.", StringComparison.Ordinal))),
            new("water_drawn_l", "Water drawn", "L", null, null, m => m.Result.Water.Drawn ?? double.NaN),
            .. members.SelectMany(m => m.Result.Reagents.Select(r => r.Reagent)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Reagent),
            .. to is null ? [] : Samples(members),
        ];
    }

    private static FigureDefinition Reagent(string name) => new(
        "reagent." + name, name.Replace('_', ' '), "kg", null, null, m => m.Result.Reagents.FirstOrDefault(r => r.Reagent == name)?.Mass.Value ?? 0);

    private static IEnumerable<FigureDefinition> Samples(ImmutableArray<EnsembleMember> members) =>
        members.SelectMany(m => m.Result.Lots).Where(l => l.Side == LotSide.Sample).SelectMany(l => l.MassFractions.Keys.Select(analyte => (l.Id, Analyte: analyte)))
            .Distinct().OrderBy(s => s.Id, StringComparer.Ordinal).ThenBy(s => s.Analyte, StringComparer.Ordinal)
            .Select(s => new FigureDefinition(
                $"sample.{s.Id}.{s.Analyte}", $"{s.Analyte} in {s.Id}", "g/kg", null, null,
                m => m.Result.Lots.FirstOrDefault(l => l.Side == LotSide.Sample && l.Id == s.Id) is { } lot && lot.MassFractions.TryGetValue(s.Analyte, out var found) ? 1000 * found.Value : double.NaN));
}
