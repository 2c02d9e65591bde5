using System.Collections.Immutable;

namespace Crm.Plant.Allocation;

/// <summary>Who is served when several ask for more than there is (S88-18).</summary>
public enum ArbitrationRule
{
    /// <summary>In the order of asking; nobody starves.</summary>
    FirstComeFirstServed,

    /// <summary>The higher priority first, equal ones in the order of asking; a low one may wait for ever.</summary>
    Priority,

    /// <summary>As first come first served, but amounts reserved for a time are kept free for their owner.</summary>
    Reserved,
}

/// <summary>Something batches take and give back: a unit, or a service they share.</summary>
/// <param name="Capacity">1 for exclusive use; otherwise in <paramref name="Measure"/>, what all owners together may take.</param>
/// <param name="Measure">Unit of the capacity (<c>L/h</c>); empty for exclusive use.</param>
/// <param name="Recalls">A stronger request asks weaker owners to give back; nothing is ever taken away.</param>
public sealed record ResourceDefinition(string Name, double Capacity, string Measure, ArbitrationRule Rule, bool Recalls = false)
{
    /// <summary>A unit: one owner at a time.</summary>
    public static ResourceDefinition Exclusive(string name, ArbitrationRule rule = ArbitrationRule.FirstComeFirstServed) => new(name, 1, "", rule);
}

/// <param name="Amount">In the resource's measure; 1 for exclusive use.</param>
public readonly record struct ResourceNeed(string Resource, double Amount);

/// <summary>What a batch asks for; granted as a whole or not at all (S88-19).</summary>
/// <param name="Owner">The batch, or one branch of it (<c>B-12/leach</c>).</param>
/// <param name="Priority">Higher is served first where the resource arbitrates by priority.</param>
/// <param name="Lasting">How long it will be held; null when unknown, which collides with every reservation to come.</param>
public sealed record AllocationRequest(string Owner, ImmutableArray<ResourceNeed> Needs, int Priority = 0, TimeSpan? Lasting = null)
{
    /// <summary>Units that the owner holds, asks for now or may yet ask for; null when it does not say (<see cref="SafeGrant"/>).</summary>
    public ImmutableSortedSet<string>? Claims { get; init; }
}

/// <param name="Sequence">Order of asking.</param>
public sealed record WaitingRequest(long Sequence, AllocationRequest Request);

public sealed record Holding(string Owner, string Resource, double Amount, int Priority)
{
    /// <summary>Plant time of the grant.</summary>
    public TimeSpan Since { get; init; }
}

/// <summary>An amount kept free for an owner from <paramref name="From"/> until before <paramref name="Until"/> (plant time).</summary>
public sealed record Reservation(string Resource, string Owner, double Amount, TimeSpan From, TimeSpan Until);

public enum AllocationEventKind
{
    Granted,
    Queued,
    Refused,
    Released,

    /// <summary>A stronger request waits: the owner is asked to give back when it can.</summary>
    Recalled,
    Deadlock,
    Reserved,
    ReservationEnded,
}

/// <summary>One entry of the allocation log (S88-17, S88-24).</summary>
/// <param name="Text">What a person reads.</param>
public sealed record AllocationEvent(long Sequence, TimeSpan At, AllocationEventKind Kind, string Owner, string Text)
{
    /// <summary>What was asked for, granted or given back, by name.</summary>
    public ImmutableArray<string> Resources { get; init; } = [];
}

/// <summary>Everything the desk knows. Immutable: copying it is forking it.</summary>
/// <param name="Holdings">In the order of granting.</param>
/// <param name="Waiting">In the order of asking.</param>
/// <param name="Deadlocked">Owners already reported as deadlocked, sorted.</param>
public sealed record AllocationState(
    ImmutableArray<ResourceDefinition> Resources,
    ImmutableArray<Holding> Holdings,
    ImmutableArray<WaitingRequest> Waiting,
    ImmutableArray<Reservation> Reservations,
    ImmutableArray<string> Deadlocked,
    TimeSpan Now,
    long Sequence)
{
    /// <summary>By owner: the units it holds or may yet ask for. Owners that do not say are not in it.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedSet<string>> Claims { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableSortedSet<string>>(StringComparer.Ordinal);

    public static AllocationState Of(IEnumerable<ResourceDefinition> resources) => new([.. resources], [], [], [], [], TimeSpan.Zero, 0);

    /// <summary>Every unit of a rig for one owner at a time, and its shared services with their capacities.</summary>
    public static AllocationState Of(Rigs.RigDefinition rig) =>
        Of(rig.Units.Where(u => !u.IsService).Select(u => ResourceDefinition.Exclusive(u.Name)).Concat(rig.Shared));

    public ResourceDefinition? Resource(string name)
    {
        foreach (ResourceDefinition resource in Resources)
            if (resource.Name == name) return resource;
        return null;
    }

    /// <summary>Sum of what the owners of a resource hold.</summary>
    public double Held(string resource)
    {
        double held = 0;
        foreach (Holding holding in Holdings)
            if (holding.Resource == resource) held += holding.Amount;
        return held;
    }

    public double Held(string resource, string owner)
    {
        double held = 0;
        foreach (Holding holding in Holdings)
            if (holding.Resource == resource && holding.Owner == owner) held += holding.Amount;
        return held;
    }

    /// <summary>Who has a unit; null when nobody has.</summary>
    public Holding? HolderOf(string unit)
    {
        foreach (Holding holding in Holdings)
            if (holding.Resource == unit) return holding;
        return null;
    }

    public bool Holds(string owner)
    {
        foreach (Holding holding in Holdings)
            if (holding.Owner == owner) return true;
        return false;
    }

    public bool Waits(string owner)
    {
        foreach (WaitingRequest waiting in Waiting)
            if (waiting.Request.Owner == owner) return true;
        return false;
    }
}

/// <param name="Events">In order; empty when nothing changed.</param>
public sealed record AllocationAnswer(AllocationState State, ImmutableArray<AllocationEvent> Events);
