using System.Collections.Immutable;
using Crm.Plant.Alarms;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.Scan;

/// <summary>
/// All that the scan remembers from one scan to the next, the inbox included. Owned by one rig actor; <see cref="Fork"/> gives an
/// independent copy. Created by <see cref="ScanCore.Start"/>.
/// </summary>
public sealed class ScanState
{
    /// <summary>Demands and releases the inbox holds between two scans, per output and loop; what comes beyond is refused and counted.</summary>
    public const int OffersPerTarget = 4;

    /// <summary>Commands the inbox holds between two scans; what comes beyond is refused.</summary>
    public const int MostCommands = 256;

    /// <summary>Events one frame carries at most, beside one of every alarm; what comes beyond is lost and only <see cref="DroppedEvents"/> tells.</summary>
    public const int MostEvents = 1024;

    private readonly int mostOffers, mostEvents;
    private readonly TimeSpan[] unitActiveAt;

    internal ScanState(RigDefinition rig)
    {
        mostOffers = OffersPerTarget * (rig.Outputs.Length + rig.Loops.Length);
        mostEvents = MostEvents + rig.Alarms.Length;
        Trips = new TripMemory(rig);
        Alarms = new AlarmMemory(rig);
        AlarmScope = new AlarmScope(rig.Loops, this);
        Units = new UnitActivity[rig.Units.Length];
        unitActiveAt = new TimeSpan[rig.Units.Length];
        Array.Fill(unitActiveAt, TimeSpan.MinValue / 2);
        BusLost = new bool[SuppressionRules.BusCount(rig)];
        Leases = new LeaseMemory(rig.Outputs.Length, rig.Loops.Length);
        Loops = LoopMemory.Fresh(rig.Loops);
        TagBad = new bool[rig.Tags.Length];
        Plausible = new PlausibilityMemory[rig.Tags.Length];
        Overrides = new OverrideMemory(rig);
        Manual = new double[rig.Outputs.Length];
        Array.Fill(Manual, double.NaN);
        Last = rig.Outputs.Select(OutputRules.Safest).ToArray();
        Status = new OutputStatus[rig.Outputs.Length];
        LeftByProtection = new bool[rig.Outputs.Length];
        Pulses = new RelayPulse[rig.Outputs.Length];
    }

    private ScanState(ScanState other)
    {
        (mostOffers, mostEvents) = (other.mostOffers, other.mostEvents);
        Scan = other.Scan;
        Now = other.Now;
        Overruns = other.Overruns;
        DroppedEvents = other.DroppedEvents;
        Trips = other.Trips.Fork();
        Alarms = other.Alarms.Fork();
        AlarmScope = other.AlarmScope.Of(this);
        Units = (UnitActivity[])other.Units.Clone();
        unitActiveAt = (TimeSpan[])other.unitActiveAt.Clone();
        BusLost = (bool[])other.BusLost.Clone();
        Leases = other.Leases.Fork();
        Loops = (LoopMemory[])other.Loops.Clone();
        TagBad = (bool[])other.TagBad.Clone();
        Plausible = (PlausibilityMemory[])other.Plausible.Clone();
        Overrides = other.Overrides.Fork();
        Manual = (double[])other.Manual.Clone();
        Last = (double[])other.Last.Clone();
        Status = other.Status;
        LeftByProtection = (bool[])other.LeftByProtection.Clone();
        Pulses = (RelayPulse[])other.Pulses.Clone();
        SilencedUpTo = other.SilencedUpTo;
        Offers.AddRange(other.Offers);
        Commands.AddRange(other.Commands);
        Standing.AddRange(other.Standing);
    }

    /// <summary>Number of the last scan; 0 before the first.</summary>
    public long Scan { get; internal set; }

    /// <summary>Plant time of the last scan.</summary>
    public TimeSpan Now { get; internal set; }

    /// <summary>Scans that came more than three periods after the one before (PID-15).</summary>
    public long Overruns { get; internal set; }

    public long DroppedEvents { get; private set; }

    internal TripMemory Trips { get; }

    internal AlarmMemory Alarms { get; }

    internal AlarmScope AlarmScope { get; }

    /// <summary>Per bus: every tag of it is bad. Only kept while a tag is bad.</summary>
    internal bool[] BusLost { get; }

    /// <summary>What each unit is doing, by ordinal; as it was last reported.</summary>
    internal UnitActivity[] Units { get; }

    /// <summary>Plant time at which a phase was last active on a unit.</summary>
    internal TimeSpan ActiveAt(int unit) => PhaseTable.IsActive(Units[unit].State) ? Now : unitActiveAt[unit];

    internal LeaseMemory Leases { get; }

    internal LoopMemory[] Loops { get; }

    internal bool[] TagBad { get; }

    internal PlausibilityMemory[] Plausible { get; }

    internal OverrideMemory Overrides { get; }

    /// <summary>Manual value per output; NaN: not in manual.</summary>
    internal double[] Manual { get; }

    /// <summary>Values of the last plan.</summary>
    internal double[] Last { get; set; }

    /// <summary>Replaced, never written to: frames share it.</summary>
    internal OutputStatus[] Status { get; set; }

    /// <summary>By output: protection was the last to drive it.</summary>
    internal bool[] LeftByProtection { get; }

    /// <summary>By output: a relay that gives power by time.</summary>
    internal RelayPulse[] Pulses { get; }

    /// <summary>Annunciations of the panel's alarms up to which its horn was silenced.</summary>
    internal long SilencedUpTo { get; set; }

    internal List<Offer> Offers { get; } = [];

    internal List<ScanCommand> Commands { get; } = [];

    internal List<ScanEvent> Events { get; } = [];

    /// <summary>What goes on from before a restart; told in the first scan.</summary>
    internal List<ScanEvent> Standing { get; } = [];

    internal void TellStanding()
    {
        Events.AddRange(Standing.Take(MostEvents));
        Standing.Clear();
    }

    internal List<CommandOutcome> Outcomes { get; } = [];

    internal ImageScope Scope { get; } = new();

    /// <summary>An independent copy: both go on from here without seeing each other.</summary>
    public ScanState Fork() => new(this);

    /// <summary>Hands in a demand for the next scan. What is wrong with it shows in the next frame's events and counters.</summary>
    public void Offer(Owner owner, in Demand demand) => Enqueue(new Offer(owner, demand, false));

    /// <summary>Hands in the demands of one owner for the next scan, in order; of two on one target the later wins.</summary>
    public void Offer(Owner owner, IReadOnlyList<Demand> demands)
    {
        for (int i = 0; i < demands.Count; i++) Enqueue(new Offer(owner, demands[i], false));
    }

    /// <summary>The owner asks for nothing any more: the lapse value follows at the next scan and is not counted as a lapse.</summary>
    public void Release(Owner owner, int target, bool isLoop) => Enqueue(new Offer(owner, new Demand(target, isLoop, 0, false, Scan), true));

    /// <summary>The owner asks for nothing at all any more; see <see cref="Release"/>.</summary>
    public void ReleaseAll(Owner owner)
    {
        for (int o = 0; o < Leases.Outputs.Length; o++)
            if (Leases.Outputs[o].Held && Leases.Outputs[o].Owner == owner) Release(owner, o, false);
        for (int l = 0; l < Leases.Loops.Length; l++)
            if (Leases.Loops[l].Held && Leases.Loops[l].Owner == owner) Release(owner, l, true);
    }

    /// <summary>
    /// Value that a device was left at by a controller that was lost, for an output whose trip and fail values are both keep: what was kept
    /// turning is not stopped by the return. Before the first scan only.
    /// </summary>
    public void Recall(RigDefinition rig, int output, double value)
    {
        OutputDefinition definition = rig.Outputs[output];
        if (Scan == 0 && definition.Trip.Keep && definition.Fail.Value.Keep) Last[output] = OutputRules.Legal(definition, value, Last[output]);
    }

    /// <summary>Hands in a person's command for the next scan.</summary>
    /// <returns>False when the inbox is full; the command is then refused and has no outcome.</returns>
    public bool Offer(in ScanCommand command)
    {
        if (Commands.Count >= MostCommands) return false;
        Commands.Add(command);
        return true;
    }

    /// <summary>What a unit is doing now; alarms are suppressed by it.</summary>
    public void Report(int unit, in UnitActivity activity)
    {
        if (PhaseTable.IsActive(Units[unit].State)) unitActiveAt[unit] = Now;
        Units[unit] = activity;
    }

    /// <summary>Figures about the alarms, live.</summary>
    public AlarmMetrics AlarmMetrics => Alarms.Metrics;

    /// <summary>Trips the whole rig at the next scan, latched; for faults outside the scan that leave nobody in charge.</summary>
    public void TripRig(string why) => Trips.TripRig(why, Now);

    internal void Tell(ScanEventKind kind, int target, string subject, string text, string by = "", AlarmTransition? alarm = null, ImmutableSortedDictionary<string, string>? facts = null)
    {
        if (Events.Count < mostEvents) Events.Add(new ScanEvent(kind, target, subject, text, by) { Alarm = alarm, Facts = facts });
        else DroppedEvents++;
    }

    private void Enqueue(in Offer offer)
    {
        if (Offers.Count < mostOffers) Offers.Add(offer);
        else Leases.Refused++;
    }
}
