using System.Collections.Immutable;
using Crm.Plant.Alarms;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Control;

/// <summary>Turns what happened in a scan into events of the batch record. Of demands see <see cref="DemandNotes"/>.</summary>
internal static class ScanRecord
{
    public static BatchEvent? Of(RigDefinition rig, PlantFrame frame, in ScanEvent happened)
    {
        if (Kind(happened.Kind, happened.By.Length > 0) is not { } kind) return null;
        string cause = happened.By.Length > 0 ? happened.By : "scan";
        return new BatchEvent(frame.Now, frame.Scan, kind, happened.Subject, happened.Text, cause, Data(rig, happened));
    }

    private static BatchEventKind? Kind(ScanEventKind kind, bool byPerson) => kind switch
    {
        ScanEventKind.RigTripped or ScanEventKind.Tripped => BatchEventKind.Trip,
        ScanEventKind.RigReset or ScanEventKind.TripReset or ScanEventKind.TripCleared => BatchEventKind.TripReset,
        ScanEventKind.AlarmRaised => BatchEventKind.AlarmRaised,
        ScanEventKind.AlarmCleared => BatchEventKind.AlarmCleared,
        ScanEventKind.AlarmChanged => byPerson ? BatchEventKind.Command : BatchEventKind.Note,
        ScanEventKind.AlarmsSuppressed => BatchEventKind.Note,
        ScanEventKind.AlarmAcknowledged or ScanEventKind.ManualTaken or ScanEventKind.ManualReturned => BatchEventKind.Command,
        ScanEventKind.LoopCommanded or ScanEventKind.LoopTuned or ScanEventKind.AutotuneStarted => BatchEventKind.Command,
        ScanEventKind.LoopNotice or ScanEventKind.AutotuneEnded => BatchEventKind.Note,
        ScanEventKind.BusLost or ScanEventKind.TagBad or ScanEventKind.LoopLost => BatchEventKind.Fault,
        ScanEventKind.TagDoubtful or ScanEventKind.OverrideVoted or ScanEventKind.VoterDegraded or ScanEventKind.ProofTestOverdue => BatchEventKind.Fault,
        ScanEventKind.OverrideSet or ScanEventKind.OverrideEnded or ScanEventKind.FirstOutCleared or ScanEventKind.ProofTestDone or ScanEventKind.ProtectionAccepted => BatchEventKind.Command,
        ScanEventKind.OverrideEnding or ScanEventKind.OverrideStands => BatchEventKind.Note,
        ScanEventKind.AlarmMeterReset or ScanEventKind.HardWiredTicked => BatchEventKind.Command,
        ScanEventKind.TagBack or ScanEventKind.BusBack or ScanEventKind.LoopBack => BatchEventKind.Note,
        _ => null,
    };

    private static ImmutableSortedDictionary<string, string> Data(RigDefinition rig, in ScanEvent happened) =>
        happened.Alarm is { } transition ? AlarmFacts.Of(rig, rig.Alarms[happened.Target], transition) : happened.Facts ?? BatchEvent.NoData;
}
