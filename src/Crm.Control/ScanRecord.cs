using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Control;

/// <summary>Turns what happened in a scan into events of the batch record. Of demands see <see cref="DemandNotes"/>.</summary>
internal static class ScanRecord
{
    public static BatchEvent? Of(RigDefinition rig, PlantFrame frame, in ScanEvent happened)
    {
        if (Kind(happened.Kind) is not { } kind) return null;
        string cause = happened.By.Length > 0 ? happened.By : "scan";
        return new BatchEvent(frame.Now, frame.Scan, kind, happened.Subject, happened.Text, cause, Data(rig, happened));
    }

    private static BatchEventKind? Kind(ScanEventKind kind) => kind switch
    {
        ScanEventKind.RigTripped or ScanEventKind.Tripped => BatchEventKind.Trip,
        ScanEventKind.RigReset or ScanEventKind.TripReset or ScanEventKind.TripCleared => BatchEventKind.TripReset,
        ScanEventKind.AlarmRaised => BatchEventKind.AlarmRaised,
        ScanEventKind.AlarmCleared => BatchEventKind.AlarmCleared,
        ScanEventKind.AlarmAcknowledged or ScanEventKind.ManualTaken or ScanEventKind.ManualReturned => BatchEventKind.Command,
        ScanEventKind.LoopCommanded or ScanEventKind.LoopTuned or ScanEventKind.AutotuneStarted => BatchEventKind.Command,
        ScanEventKind.LoopNotice or ScanEventKind.AutotuneEnded => BatchEventKind.Note,
        ScanEventKind.BusLost or ScanEventKind.TagBad or ScanEventKind.LoopLost => BatchEventKind.Fault,
        ScanEventKind.TagBack or ScanEventKind.BusBack or ScanEventKind.LoopBack => BatchEventKind.Note,
        _ => null,
    };

    private static ImmutableSortedDictionary<string, string> Data(RigDefinition rig, in ScanEvent happened) => happened.Kind switch
    {
        ScanEventKind.AlarmRaised or ScanEventKind.AlarmCleared =>
            BatchEvent.NoData.Add("priority", ((int)rig.Alarms[happened.Target].Priority).ToString(CultureInfo.InvariantCulture)),
        _ => BatchEvent.NoData,
    };
}
