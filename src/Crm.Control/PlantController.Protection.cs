using System.Collections.Immutable;
using Crm.Plant.Protection;
using Crm.Plant.Scan;

namespace Crm.Control;

/// <summary>Commands that set protection aside or keep its books.</summary>
public sealed partial class PlantController
{
    /// <summary>Who has seen that each hard-wired protection of the rig works, by ordinal (SAF-33).</summary>
    public ImmutableArray<HardWiredTick> HardWired => ScanCore.HardWired(rigState.Scan);

    /// <summary>The rows that declare a proof test, with the days of the last and the next (SAF-30); overdue is null while nobody has said what day it is.</summary>
    public ImmutableArray<(TripDefinition Row, DateOnly Last, DateOnly Due, bool? IsOverdue)> ProofTestsStanding => [.. ProofTests.Standing(Rig, rigState.Scan)];

    /// <summary>Checksum of everything that decides what protection does (SAF-32).</summary>
    public string ProtectionChecksum => core.ProtectionChecksum;

    /// <summary>Why the rig stays tripped until a named person accepts the change of its protection; null when nothing waits (SAF-32).</summary>
    public string? AwaitsAcceptance => ScanCore.AwaitsAcceptance(rigState.Scan);

    /// <returns>Null when the command is none of these.</returns>
    private ScanOrderTo? OfProtection(OperatorCommand command) => command switch
    {
        BypassTrip c => new(Trip(c.Trip), "trip", n => ScanCommand.Bypass(c.Id, n, c.Cause - 1, c.Channel - 1, c.For, c.By, c.Reason)),
        OverrideStartUp c => new(Trip(c.Trip), "trip", n => ScanCommand.StartUpOverride(c.Id, n, c.By, c.Reason)),
        EndBypass c => new(Trip(c.Trip), "trip", n => ScanCommand.EndBypass(c.Id, n, c.By)),
        ForceOutput c => new(Rig.Output(c.Output), "output", n => ScanCommand.ForceOutput(c.Id, n, c.Value, c.For, c.By, c.Reason)),
        EndForce c => new(Rig.Output(c.Output), "output", n => ScanCommand.EndForce(c.Id, n, c.By)),
        SubstituteTag c => new(Rig.Tag(c.Tag), "tag", n => ScanCommand.SubstituteTag(c.Id, n, c.Value, c.For, c.By, c.Reason)),
        EndSubstitute c => new(Rig.Tag(c.Tag), "tag", n => ScanCommand.EndSubstitute(c.Id, n, c.By)),
        ClearFirstOut c => new(Trip(c.Trip), "trip", n => ScanCommand.ClearFirstOut(c.Id, n, c.By)),
        ProofTested c => new(Trip(c.Trip), "trip", n => ScanCommand.ProofTested(c.Id, n, c.By, c.Found)),
        AcceptProtection c => new(0, "protection", _ => ScanCommand.AcceptProtection(c.Id, c.By, c.Reason)),
        SetHardWiredAside c => new(HardWiredOf(c.Protection), "hard-wired protection", n => ScanCommand.SetHardWiredAside(c.Id, n, c.For, c.By, c.Reason)),
        EndHardWiredAside c => new(HardWiredOf(c.Protection), "hard-wired protection", n => ScanCommand.EndHardWiredAside(c.Id, n, c.By)),
        TickHardWired c => new(HardWiredOf(c.Protection), "hard-wired protection", n => ScanCommand.TickHardWired(c.Id, n, c.Day, c.By, c.Note)),
        SetDay c => new(0, "day", _ => ScanCommand.SetDay(c.Id, c.Day, c.By)),
        _ => null,
    };

    private int HardWiredOf(string name) => IndexOf(Rig.HardWired, h => h.Name == name);

    private int Trip(string id) => IndexOf(Rig.Trips, t => t.Id == id);
}
