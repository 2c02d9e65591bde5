namespace Crm.Plant.Outputs;

/// <summary>The leases on all outputs and loops, and what went wrong with demands.</summary>
internal sealed class LeaseMemory
{
    public LeaseMemory(int outputs, int loops)
    {
        Outputs = new Lease[outputs];
        Loops = new Lease[loops];
    }

    private LeaseMemory(LeaseMemory other)
    {
        Outputs = (Lease[])other.Outputs.Clone();
        Loops = (Lease[])other.Loops.Clone();
        Late = other.Late;
        Lapsed = other.Lapsed;
        Refused = other.Refused;
    }

    public Lease[] Outputs { get; }

    public Lease[] Loops { get; }

    public long Late { get; set; }

    public long Lapsed { get; set; }

    public long Refused { get; set; }

    public DemandCounters Counters => new(Late, Lapsed, Refused);

    public LeaseMemory Fork() => new(this);
}
