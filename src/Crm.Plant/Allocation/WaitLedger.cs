using System.Collections.Immutable;
using Crm.Plant.Records;

namespace Crm.Plant.Allocation;

/// <summary>A time in which a batch stood still for what another had.</summary>
/// <param name="For">Units or services, in the order of their names.</param>
/// <param name="HeldBy">Batches that had them when it began to wait; empty when a free unit was withheld.</param>
/// <param name="To">Null: it waited to the end of the record.</param>
public sealed record Wait(string Batch, string For, string HeldBy, TimeSpan From, TimeSpan? To);

/// <summary>Who waited for whom, from the record alone.</summary>
public static class WaitLedger
{
    public static ImmutableArray<Wait> Book(IEnumerable<BatchEvent> events)
    {
        var waits = ImmutableArray.CreateBuilder<Wait>();
        var open = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (BatchEvent happened in events)
        {
            if (happened.Kind != BatchEventKind.Allocation || !happened.Data.TryGetValue("owner", out string? owner)) continue;
            string kind = happened.Data.GetValueOrDefault("allocation", "");
            if (kind == nameof(AllocationEventKind.Queued))
            {
                open[owner] = waits.Count;
                waits.Add(new Wait(happened.Batch, happened.Data.GetValueOrDefault("units", ""), happened.Data.GetValueOrDefault("held_by", ""), happened.At, null));
            }
            else if (kind == nameof(AllocationEventKind.Granted) && open.Remove(owner, out int wait))
            {
                waits[wait] = waits[wait] with { To = happened.At };
            }
        }

        return waits.ToImmutable();
    }
}
