using System.Globalization;
using Crm.Plant.Expressions;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.Alarms;

/// <summary>
/// The alarms that follow from a rig's instrument list: one for each tag, raised when the tag is bad (ALM-16), and
/// one for each bus, raised when all its tags are, with everything that depends on it suppressed by design (ALM-17). Last one that
/// speaks at every change of shift while protection is set aside (SAF-15).
/// </summary>
public static class InstrumentAlarms
{
    /// <summary>The alarm of what stands set aside at the change of shift.</summary>
    public const string SetAsideId = "set-aside";

    private static readonly TimeSpan Qualify = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);

    /// <summary>Names of users that a consequence lists before it counts the rest.</summary>
    private const int MostNamed = 4;

    /// <summary>The rig with these alarms behind its own.</summary>
    public static RigDefinition AddTo(RigDefinition rig)
    {
        var alarms = rig.Alarms.ToBuilder();
        foreach (TagDefinition tag in rig.Tags)
            alarms.Add(Instrument(rig, tag, Users(rig, tag.Ordinal) is { Length: > 0 } users ? users : ["recipes and record"], alarms.Count));
        foreach (BusDefinition bus in rig.Buses)
            if (rig.Tags.Count(t => t.Bus == bus.Name) is > 1 and var tags) alarms.Add(Device(bus, tags, alarms.Count));
        alarms.Add(SetAside(rig, alarms.Count));
        return rig with { Alarms = alarms.ToImmutable() };
    }

    private static AlarmDefinition Instrument(RigDefinition rig, TagDefinition tag, string[] users, int ordinal)
    {
        string more = users.Length > MostNamed ? $" and {users.Length - MostNamed} more" : "";
        bool acts = rig.Trips.Any(t => t.Causes.Any(c => c.Condition.Tags.Contains(tag.Ordinal))) || rig.Loops.Any(l => l.Reads(tag.Ordinal));
        return new AlarmDefinition(
            ordinal, tag.Name + "-fault", $"{tag.Label}: instrument fault", new Constant(0), Qualify, Settle,
            AlarmPriority.Low,
            $"No value for {string.Join(", ", users.Take(MostNamed))}{more}",
            "Check instrument, wiring and supply; what it trips or holds is started again by a person",
            acts ? TimeSpan.FromMinutes(15) : TimeSpan.FromHours(1))
        {
            Kind = AlarmKind.Instrument,
            Cause = $"Instrument, wire or channel {tag.Bus}.{tag.Address} failed, or its reading is older than {tag.StaleAfter.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s",
            ConditionText = $"{tag.Name} bad",
            Subject = new AlarmSubject(tag.Ordinal, double.NaN, tag.Unit),
        };
    }

    private static AlarmDefinition Device(BusDefinition bus, int tags, int ordinal) => new(
        ordinal, bus.Name + "-lost", $"Bus {bus.Name} lost: {tags} instruments", new Constant(0), TimeSpan.Zero, Settle, AlarmPriority.High,
        "Everything that reads it trips or holds; its alarms cannot be judged",
        "Check supply and cable of the module; the batch is restarted by a person",
        TimeSpan.FromMinutes(10))
    {
        Kind = AlarmKind.Device,
        Cause = $"Module, supply or cable of {bus.Name} ({bus.Driver}) failed",
        ConditionText = $"every tag of {bus.Name} bad",
        Bus = bus.Name,
    };

    /// <summary>Raised by the change of shift, gone with the last thing set aside, unacknowledged again each shift.</summary>
    private static AlarmDefinition SetAside(RigDefinition rig, int ordinal) => new(
        ordinal, SetAsideId, "Protection, outputs or values are set aside at the change of shift", new Constant(0), TimeSpan.Zero, TimeSpan.Zero, AlarmPriority.Medium,
        "What is bypassed, forced or given by hand does not guard and does not measure while the next shift trusts it",
        "Go through the list of everything set aside with the shift that leaves; end what is not needed, and tell the shift that comes",
        TimeSpan.FromMinutes(30))
    {
        Kind = AlarmKind.SetAside,
        Cause = "A bypass, start-up override, force or value by hand stood when the shift changed, or when the controller began",
        ConditionText = "something set aside at the change of shift, and not ended since",
        ReAlarm = rig.Shift,
    };

    /// <summary>What reads a tag: trips, permissives, loops, duties, dosing lines, alarms; in words.</summary>
    private static string[] Users(RigDefinition rig, int tag) =>
    [
        .. rig.Trips.Where(t => t.Causes.Any(c => c.Condition.Tags.Contains(tag))).Select(t => "trip " + t.Id),
        .. rig.Loops.Where(l => l.Reads(tag)).Select(l => "loop " + l.Name),
        .. rig.Permissives.Where(p => p.Condition.Tags.Contains(tag)).Select(p => $"start of {p.Unit}").Distinct(),
        .. rig.Duties.Where(d => d.StartWhen.Tags.Contains(tag) || (d.StopWhen?.Tags.Contains(tag) ?? false)).Select(d => "duty of " + d.Unit).Distinct(),
        .. rig.Units.SelectMany(u => u.DosingLines.Where(l => l.Scale == tag).Select(l => $"dosing of {l.Reagent}")),
        .. rig.Alarms.Where(a => !a.IsGenerated && (a.Condition.Tags.Contains(tag) || a is { Kind: AlarmKind.Unmoved } && a.Stillness.Tag == tag)).Select(a => "alarm " + a.Id),
    ];
}
