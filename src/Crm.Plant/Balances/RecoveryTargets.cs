using System.Collections.Immutable;
using Crm.Plant.Lots;

namespace Crm.Plant.Balances;

/// <summary>Regulation (EU) 2023/1542, Annex XII part C: material recovery by 31 December 2027 and 2031.</summary>
public static class RecoveryTargets
{
    private static readonly ImmutableArray<(string Element, double Least2027, double Least2031)> Table =
    [
        ("Li", 0.50, 0.80), ("Co", 0.90, 0.95), ("Ni", 0.90, 0.95), ("Cu", 0.90, 0.95), ("Pb", 0.90, 0.95),
    ];

    /// <summary>Elements that have a target.</summary>
    public static ImmutableArray<string> Elements { get; } = [.. Table.Select(row => row.Element)];

    /// <param name="recovered">Fraction of the input recovered, by element; elements without a target are passed over.</param>
    public static ImmutableArray<RecoveryTarget> Judge(IReadOnlyDictionary<string, Measured> recovered) =>
        [.. Table.Where(row => recovered.ContainsKey(row.Element)).Select(row => new RecoveryTarget(
            row.Element,
            recovered[row.Element],
            row.Least2027,
            recovered[row.Element].Value >= row.Least2027,
            row.Least2031,
            recovered[row.Element].Value >= row.Least2031))];

    internal static ImmutableArray<RecoveryTarget> Judge(ImmutableArray<ElementRecovery> recovery) =>
        Judge(recovery.ToDictionary(
            r => r.Element,
            r => Measured.Sum(r.ByLot.Where(share => share.Lot != ElementLedger.SamplesTogether && (share.Kind is LotKind.Product or LotKind.Intermediate)).Select(share => share.Fraction)),
            StringComparer.Ordinal));
}
