namespace Crm.Plant.Outputs;

/// <summary>The last accepted demand on one output or loop.</summary>
internal struct Lease
{
    public bool Held;
    public Owner Owner;
    public double Value;
    public bool Keep;
    public bool AtOnce;

    /// <summary>Of a ramp, in the output's unit per second; else 0.</summary>
    public double PerSecond;

    /// <summary>Of a loop: not demanded itself, but by the loop above it.</summary>
    public bool Cascaded;

    /// <summary>Scan whose image the demand answers.</summary>
    public long Answers;

    /// <summary>Plant time from which the lease runs: the scan after the one it answers.</summary>
    public TimeSpan From;

    /// <summary>Owner whose refusal has been told; default when none.</summary>
    public Owner Refused;

    /// <summary>Whether a demand of the same owner asks for nothing else.</summary>
    public readonly bool Renews(in Demand demand) =>
        Value.Equals(demand.Value) && Keep == demand.Keep && AtOnce == demand.AtOnce && PerSecond.Equals(demand.PerSecond);

    public readonly bool LivesAt(TimeSpan now, TimeSpan life) => Held && now - From <= life;
}

/// <summary>A demand waiting for the next scan, or the owner's word that it asks for nothing any more.</summary>
internal readonly record struct Offer(Owner Owner, Demand Demand, bool Release);
