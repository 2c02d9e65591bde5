using System.Collections.Immutable;
using Crm.Plant.Records;

namespace Crm.Plant.Balances;

/// <summary>Energy totals from notes <c>energy.&lt;name&gt;_kwh</c>; the last note of a key counts.</summary>
internal static class EnergyLedger
{
    private const string Prefix = "energy.", Suffix = "_kwh";

    public static ImmutableArray<EnergyUse> Book(ImmutableArray<BatchEvent> events)
    {
        var totals = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var note in events.Where(e => e.Kind == BatchEventKind.Note))
        {
            foreach (string key in note.Data.Keys)
            {
                if (key.StartsWith(Prefix, StringComparison.Ordinal) && key.EndsWith(Suffix, StringComparison.Ordinal) && EventData.Number(note, key) is { } energy)
                {
                    totals[key[Prefix.Length..^Suffix.Length]] = energy;
                }
            }
        }

        return [.. totals.Select(total => new EnergyUse(total.Key, total.Value))];
    }
}
