using System.Collections.Immutable;
using Crm.Plant.Alarms;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Protection;
using Crm.Plant.Tags;

namespace Crm.Plant.Scan;

/// <summary>Everything one scan saw and decided. Immutable; arrays are by ordinal.</summary>
public sealed record PlantFrame(
    Image Image,
    OutputPlan Plan,
    RigTripStatus RigTrip,
    ImmutableArray<TripStatus> Trips,
    ImmutableArray<AlarmStatus> Alarms,
    ImmutableArray<LoopStatus> Loops,
    ImmutableArray<OutputStatus> Outputs,
    ImmutableArray<PhaseCommand> UnitCommands,
    ImmutableArray<ScanEvent> Events,
    ImmutableArray<CommandOutcome> Outcomes,
    DemandCounters Demands)
{
    /// <summary>Bypasses, forces and substitutions in force: the one list of everything that is not as built (SAF-15).</summary>
    public ImmutableArray<OverrideStatus> Overrides { get; init; } = [];

    /// <summary>Who has seen each hard-wired protection work, by ordinal (SAF-33).</summary>
    public ImmutableArray<HardWiredTick> HardWired { get; init; } = [];

    /// <summary>Number of the scan, from 1.</summary>
    public long Scan => Image.Scan;

    /// <summary>Monotonic plant time of the scan.</summary>
    public TimeSpan Now => Image.Now;

    /// <summary>
    /// What protection commands a unit: hold, stop, abort or none, the strongest of all tripped rows. It stands as long as the trip
    /// stands, so the unit obeys once and refuses START and RESTART meanwhile.
    /// </summary>
    public PhaseCommand UnitCommand(int unit) => UnitCommands[unit];
}
