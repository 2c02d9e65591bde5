using Crm.Plant.Scan;

namespace Crm.Control;

/// <summary>Commands that set protection aside or keep its books.</summary>
public sealed partial class PlantController
{
    /// <returns>Null when the command is none of these.</returns>
    private CommandReply? ToProtection(OperatorCommand command) => command switch
    {
        BypassTrip c => ToScan(c, Trip(c.Trip), "trip", n => ScanCommand.Bypass(c.Id, n, c.Cause - 1, c.Channel - 1, c.For, c.By, c.Reason)),
        OverrideStartUp c => ToScan(c, Trip(c.Trip), "trip", n => ScanCommand.StartUpOverride(c.Id, n, c.By, c.Reason)),
        EndBypass c => ToScan(c, Trip(c.Trip), "trip", n => ScanCommand.EndBypass(c.Id, n, c.By)),
        ForceOutput c => ToScan(c, Rig.Output(c.Output), "output", n => ScanCommand.ForceOutput(c.Id, n, c.Value, c.For, c.By, c.Reason)),
        EndForce c => ToScan(c, Rig.Output(c.Output), "output", n => ScanCommand.EndForce(c.Id, n, c.By)),
        SubstituteTag c => ToScan(c, Rig.Tag(c.Tag), "tag", n => ScanCommand.SubstituteTag(c.Id, n, c.Value, c.For, c.By, c.Reason)),
        EndSubstitute c => ToScan(c, Rig.Tag(c.Tag), "tag", n => ScanCommand.EndSubstitute(c.Id, n, c.By)),
        ClearFirstOut c => ToScan(c, Trip(c.Trip), "trip", n => ScanCommand.ClearFirstOut(c.Id, n, c.By)),
        ProofTested c => ToScan(c, Trip(c.Trip), "trip", n => ScanCommand.ProofTested(c.Id, n, c.By, c.Found)),
        AcceptProtection c => ToScan(c, 0, "protection", _ => ScanCommand.AcceptProtection(c.Id, c.By, c.Reason)),
        SetDay c => ToScan(c, 0, "day", _ => ScanCommand.SetDay(c.Id, c.Day, c.By)),
        _ => null,
    };

    private int Trip(string id) => IndexOf(Rig.Trips, t => t.Id == id);
}
