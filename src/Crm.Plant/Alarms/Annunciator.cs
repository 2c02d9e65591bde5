using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Plant.Alarms;

/// <summary>How a lamp goes through an alarm: the sequences of ISA-18.1, with lock-in of momentary alarms (ALM-14).</summary>
public enum AnnunciatorSequence
{
    /// <summary>A: off by itself once acknowledged and back to normal.</summary>
    Automatic,

    /// <summary>M: lit until a person resets what was acknowledged and is back to normal; its alarms latch.</summary>
    Manual,

    /// <summary>F: what came first in its group blinks differently until the first-out is reset.</summary>
    FirstOut,
}

/// <param name="Output">Ordinal of a switch.</param>
/// <param name="Alarms">Ordinals; the lamp shows the one that asks most.</param>
public sealed record PanelLamp(int Output, AnnunciatorSequence Sequence, ImmutableArray<int> Alarms)
{
    /// <param name="status">Of every alarm of the rig, by ordinal.</param>
    public LampShow Shows(ReadOnlySpan<AlarmStatus> status)
    {
        var show = LampShow.Off;
        foreach (int alarm in Alarms) show = (LampShow)Math.Max((byte)show, (byte)Annunciator.Shows(Sequence, status[alarm]));
        return show;
    }
}

/// <summary>A panel of lamps with a horn, driven by the scan itself.</summary>
/// <param name="Horn">Output ordinal.</param>
/// <param name="Flash">Half a period of the flash of a new alarm.</param>
public sealed record PanelDefinition(int Horn, TimeSpan Flash, ImmutableArray<PanelLamp> Lamps)
{
    public bool Drives(int output) => output == Horn || Lamps.Any(l => l.Output == output);
}

/// <summary>What a lamp does, the less urgent first.</summary>
public enum LampShow : byte
{
    Off,

    /// <summary>Acknowledged.</summary>
    Steady,

    /// <summary>Acknowledged, and first of its group.</summary>
    SlowFlash,

    /// <summary>Not acknowledged.</summary>
    Flash,

    /// <summary>Not acknowledged, and first of its group: two blinks and a pause.</summary>
    DoubleFlash,
}

/// <summary>Lamps and horn as a function of the alarms and plant time. Silence is not acknowledgement: the lamps flash on (ALM-03).</summary>
internal sealed class Annunciator(PanelDefinition panel)
{
    /// <summary>Beats of a half flash: on in the first and third of eight.</summary>
    private const int BeatsOfDouble = 8;

    private static readonly Owner owner = new("panel");

    private readonly int[] alarms = [.. panel.Lamps.SelectMany(l => l.Alarms).Distinct().Order()];

    /// <summary>Demands on lamps and horn; they take effect in this scan.</summary>
    public void Drive(ScanState state)
    {
        AlarmStatus[] status = state.Alarms.Status;
        foreach (PanelLamp lamp in panel.Lamps)
        {
            state.Offer(owner, Demand.Output(lamp.Output, IsLit(lamp.Shows(status), state.Now) ? 1 : 0, state.Scan - 1));
        }

        state.Offer(owner, Demand.Output(panel.Horn, Sounds(state) ? 1 : 0, state.Scan - 1));
    }

    /// <returns>Null when the horn is silent from now on, else why not.</returns>
    public string? Silence(ScanState state, string by)
    {
        if (!Sounds(state)) return "the horn is silent";
        state.SilencedUpTo = Annunciations(state.Alarms.Status);
        state.Tell(ScanEventKind.AlarmChanged, -1, "panel", "horn silenced; the lamps flash on until they are acknowledged", by);
        return null;
    }

    public static LampShow Shows(AnnunciatorSequence sequence, in AlarmStatus alarm)
    {
        bool first = sequence == AnnunciatorSequence.FirstOut && alarm.IsFirstOut;
        if (alarm.IsUnacknowledged) return first ? LampShow.DoubleFlash : LampShow.Flash;
        bool lit = alarm.State == AlarmState.AcknowledgedActive || (sequence == AnnunciatorSequence.Manual && alarm.State == AlarmState.LatchedAcknowledged);
        return !lit ? LampShow.Off : first ? LampShow.SlowFlash : LampShow.Steady;
    }

    private bool IsLit(LampShow show, TimeSpan now)
    {
        long beat = now.Ticks / panel.Flash.Ticks;
        return show switch
        {
            LampShow.Off => false,
            LampShow.Steady => true,
            LampShow.SlowFlash => beat / 4 % 2 == 0,
            LampShow.Flash => beat % 2 == 0,
            _ => beat % BeatsOfDouble is 0 or 2,
        };
    }

    private bool Sounds(ScanState state)
    {
        AlarmStatus[] status = state.Alarms.Status;
        foreach (int alarm in alarms)
            if (status[alarm].IsUnacknowledged) return Annunciations(status) != state.SilencedUpTo;
        return false;
    }

    /// <summary>How often the alarms of the panel have been annunciated in all: changes with every new one, so that a silenced horn sounds again.</summary>
    private long Annunciations(AlarmStatus[] status)
    {
        long sum = 0;
        foreach (int alarm in alarms) sum += status[alarm].Occurrence;
        return sum;
    }
}
