using System.Collections.Immutable;
using Crm.Plant.Lots;
using Crm.Plant.Records;

namespace Crm.Plant.Balances;

/// <summary>From a bag of product back to its drums, by what the record says went where.</summary>
internal static class LotTrace
{
    /// <summary>Lots by label with what was drawn of each; what names no lot is not in it.</summary>
    public static ImmutableArray<DrawnLot> Drawn(ImmutableArray<BatchEvent> events)
    {
        var drawn = events.Where(e => e.Kind is BatchEventKind.Dose or BatchEventKind.LotConsumed && EventData.Mass(e) is not null && EventData.Word(e, "lot", "").Length > 0);
        return
        [
            .. drawn.GroupBy(e => (Lot: EventData.Word(e, "lot", ""), Material: EventData.Word(e, "reagent", EventData.Word(e, "material", ""))))
                .Select(g => new DrawnLot(g.Key.Lot, g.Key.Material, Measured.Sum(g.Select(e => EventData.Mass(e)!.Value)),
                    [.. g.Select(e => EventData.Word(e, "place", EventData.Word(e, "unit", ""))).Where(p => p.Length > 0).Distinct(StringComparer.Ordinal)])),
        ];
    }

    /// <summary>The lots that a made lot is made of, by its name.</summary>
    public static ImmutableSortedDictionary<string, ImmutableArray<string>> MadeFrom(ImmutableArray<BatchEvent> events)
    {
        var made = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (BatchEvent happened in events.Where(e => e.Kind == BatchEventKind.Material && e.Data.ContainsKey("produced")))
            made[happened.Data["produced"]] = [.. EventData.Word(happened, "made_from", "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        return made.ToImmutable();
    }
}
