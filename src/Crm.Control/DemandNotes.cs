using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Control;

/// <summary>
/// Demands that ran out or were refused, for the batch record. One event for each unit in ten minutes of plant time; what came between is
/// counted in the next one, so that a controller in trouble cannot flood the record.
/// </summary>
public sealed class DemandNotes
{
    private static readonly TimeSpan OneIn = TimeSpan.FromMinutes(10);

    private readonly RigDefinition rig;
    private readonly TimeSpan[] due;
    private readonly int[] untold;

    public DemandNotes(RigDefinition rig)
        : this(rig, new TimeSpan[rig.Units.Length], new int[rig.Units.Length])
    {
    }

    private DemandNotes(RigDefinition rig, TimeSpan[] due, int[] untold)
    {
        this.rig = rig;
        this.due = due;
        this.untold = untold;
    }

    public DemandNotes Fork() => new(rig, (TimeSpan[])due.Clone(), (int[])untold.Clone());

    /// <summary>Unit an event of a demand concerns; -1 when the event is about something else.</summary>
    public int UnitOf(in ScanEvent happened)
    {
        if (happened.Kind is not (ScanEventKind.DemandLapsed or ScanEventKind.DemandRefused)) return -1;
        int dot = happened.Subject.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? -1 : rig.Unit(happened.Subject[..dot]);
    }

    /// <returns>Null while the unit's last event is younger than ten minutes.</returns>
    public BatchEvent? Of(int unit, PlantFrame frame, in ScanEvent happened)
    {
        if (frame.Now < due[unit])
        {
            untold[unit]++;
            return null;
        }

        string before = untold[unit] == 0 ? "" : $" ({untold[unit]} more of {rig.Units[unit].Name} since the last such event)";
        due[unit] = frame.Now + OneIn;
        untold[unit] = 0;
        return new BatchEvent(
            frame.Now, frame.Scan, BatchEventKind.Note, happened.Subject, happened.Text + before, "scan", BatchEvent.NoData.Add("unit", rig.Units[unit].Name));
    }
}
