using System.Collections.Immutable;
using Crm.Plant.Allocation;
using Crm.Plant.Materials;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Control;

/// <summary>What the plant desk owns: who has which unit and which share of a service, and who asks.</summary>
public sealed class DeskMemory
{
    public DeskMemory(RigDefinition rig, AllocationState allocation)
    {
        Allocation = allocation;
        Materials = MaterialBook.Of(rig);
        User = new int[rig.Units.Length];
        Leaving = new bool[rig.Units.Length];
        Array.Fill(User, -1);
    }

    private DeskMemory(DeskMemory from)
    {
        Allocation = from.Allocation;
        User = (int[])from.User.Clone();
        Leaving = (bool[])from.Leaving.Clone();
        Asking = from.Asking;
        Frame = from.Frame;
        Materials = from.Materials;
        Moving = from.Moving;
        Settling = from.Settling;
        Promised = from.Promised;
    }

    public AllocationState Allocation { get; set; }

    /// <summary>By unit ordinal: the batch that had it last, by its number; -1 for none.</summary>
    public int[] User { get; }

    /// <summary>By unit ordinal: its batch does not need it any more; it is free once it stands as declared.</summary>
    public bool[] Leaving { get; }

    /// <summary>By owner in the allocation state: batch, step, and what it was told it waits for. Bounded by the steps of the batches.</summary>
    public ImmutableSortedDictionary<string, Asking> Asking { get; set; } = ImmutableSortedDictionary.Create<string, Asking>(StringComparer.Ordinal);

    /// <summary>Lots that another batch takes, as soon as they are made: by batch and name of the lot, the material they are for it.</summary>
    public ImmutableSortedDictionary<string, string> Promised { get; set; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public PlantFrame? Frame { get; set; }

    public MaterialBook Materials { get; set; }

    /// <summary>Movements under way, by batch and step, with the image at their start. Bounded by the steps of the batches.</summary>
    public ImmutableSortedDictionary<string, (Movement Movement, Image Begun)> Moving { get; set; } =
        ImmutableSortedDictionary.Create<string, (Movement, Image)>(StringComparer.Ordinal);

    /// <summary>Pools that a batch has booked; when it is over, counting begins anew. By pool: number of the batch.</summary>
    public ImmutableSortedDictionary<string, int> Settling { get; set; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>Who had what when the controller was lost: the batches say which units are theirs; shares of services end with the phases that drew.</summary>
    /// <param name="batches">With what each may yet ask for; null when it is over.</param>
    /// <param name="record">For who served last on a unit that is nobody's now.</param>
    internal void Recall(RigDefinition rig, ImmutableArray<(string Id, BatchState State, ImmutableSortedSet<string>? Claims)> batches, IReadOnlyList<BatchEvent> record)
    {
        foreach (BatchEvent happened in record)
        {
            Materials = Materials.Recalled(happened);
            if (happened.Kind != BatchEventKind.Allocation || happened.Data["allocation"] != nameof(AllocationEventKind.Granted)) continue;
            foreach (string unit in happened.Data["units"].Split(' '))
                if (rig.Unit(unit) is >= 0 and var ordinal && Array.FindIndex([.. batches], b => b.Id == happened.Data["owner"]) is >= 0 and var taker) User[ordinal] = taker;
        }

        for (int batch = 0; batch < batches.Length; batch++)
        {
            (string id, BatchState state, ImmutableSortedSet<string>? claims) = batches[batch];
            if (claims is null) continue;
            foreach (string unit in state.Holds)
            {
                User[rig.Unit(unit)] = batch;
                TimeSpan since = record.LastOrDefault(e => e.Kind == BatchEventKind.Allocation && e.Batch == id && e.Data["units"].Split(' ').Contains(unit))?.At ?? TimeSpan.Zero;
                Allocation = Allocation with { Holdings = Allocation.Holdings.Add(new Holding(id, unit, 1, 0) { Since = since }) };
            }

            if (!state.Holds.IsEmpty) Allocation = Allocation with { Claims = Allocation.Claims.SetItem(id, claims.Union(state.Holds)) };
        }
    }

    public DeskMemory Fork() => new(this);
}

/// <param name="Told">What the batch was told last; empty before the first answer.</param>
public sealed record Asking(int Batch, string Step, ImmutableSortedSet<string> Units, string Told);
