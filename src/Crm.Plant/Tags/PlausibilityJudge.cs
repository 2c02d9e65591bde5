using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Crm.Plant.Expressions;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Plant.Tags;

/// <summary>What the judging of one tag remembers.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct PlausibilityMemory
{
    public bool Begun;
    public double Last;
    public TimeSpan MovedAt;
    public double Before;
    public TimeSpan BeforeAt;
    public TimeSpan FastUntil;
    public TimeSpan TogetherAt;
    public bool ApartTold;
}

/// <summary>Marks readings that the process cannot give: out of range, too fast, frozen, apart from their twin (NE-11). Part of making the image.</summary>
internal sealed class PlausibilityJudge(RigDefinition rig)
{
    /// <summary>Time over which a rate is taken, and for which a reading that jumped stays bad.</summary>
    private static readonly TimeSpan RateOver = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan FastFor = TimeSpan.FromSeconds(3);

    private readonly ImmutableArray<TagDefinition> judged = [.. rig.Tags.Where(t => t.Plausible is not null)];

    /// <summary>Judges the readings of one scan in place.</summary>
    /// <param name="state">Its scope still holds the image of the scan before: that is what <c>while</c> looks at.</param>
    public void Judge(ScanState state, Reading[] readings)
    {
        foreach (TagDefinition tag in judged)
        {
            ref PlausibilityMemory memory = ref state.Plausible[tag.Ordinal];
            ref Reading reading = ref readings[tag.Ordinal];
            if (reading.IsBad) memory.Begun = false;
            else if (Wrong(tag, tag.Plausible!, ref memory, reading, state) is var reason and not Reason.None) reading = Reading.Bad(reason, reading.At, reading.Origin);
        }

        foreach (TagDefinition tag in judged)
            if (tag.Plausible!.Twin >= 0) Compare(tag, ref state.Plausible[tag.Ordinal], state, readings);
    }

    private static Reason Wrong(TagDefinition tag, Plausibility allowed, ref PlausibilityMemory memory, in Reading reading, ScanState state)
    {
        double value = reading.Value;
        TimeSpan now = state.Now;
        if (!memory.Begun) memory = memory with { Begun = true, Last = value, MovedAt = now, Before = value, BeforeAt = now, FastUntil = TimeSpan.MinValue, TogetherAt = now };
        if (value != memory.Last || value <= tag.Low || value >= tag.High || !Watched(allowed.FrozenWhile, state.Scope)) memory.MovedAt = now;
        memory.Last = value;
        if (now - memory.BeforeAt >= RateOver)
        {
            double rate = Math.Abs(value - memory.Before) / (now - memory.BeforeAt).TotalSeconds;
            if (rate > allowed.RatePerSecond) memory.FastUntil = now + FastFor;
            memory.Before = value;
            memory.BeforeAt = now;
        }

        if (value < allowed.Low || value > allowed.High) return Reason.OutOfRange;
        if (now < memory.FastUntil) return Reason.RateOfChange;
        return allowed.FrozenAfter is { } longest && now - memory.MovedAt >= longest ? Reason.Frozen : Reason.None;
    }

    private static bool Watched(Expression? condition, ImageScope scope)
    {
        if (condition is null) return true;
        Reading answer = condition.Evaluate(scope);
        return !answer.IsBad && answer.Value != 0;
    }

    private void Compare(TagDefinition tag, ref PlausibilityMemory memory, ScanState state, Reading[] readings)
    {
        Plausibility allowed = tag.Plausible!;
        ref Reading a = ref readings[tag.Ordinal];
        ref Reading b = ref readings[allowed.Twin];
        if (a.IsBad || b.IsBad || Math.Abs(a.Value - b.Value) <= allowed.Apart)
        {
            if (memory.ApartTold && !a.IsBad && !b.IsBad) state.Tell(ScanEventKind.TagBack, tag.Ordinal, tag.Name, $"{tag.Name} and {rig.Tags[allowed.Twin].Name} agree again");
            memory.TogetherAt = state.Now;
            memory.ApartTold = false;
            return;
        }

        if (state.Now - memory.TogetherAt < allowed.ApartFor) return;
        if (!memory.ApartTold) Tell(tag, allowed, state, a, b);
        memory.ApartTold = true;
        a = Doubtful(a);
        b = Doubtful(b);
    }

    private void Tell(TagDefinition tag, Plausibility allowed, ScanState state, in Reading a, in Reading b)
    {
        string twin = rig.Tags[allowed.Twin].Name;
        string text = FormattableString.Invariant($"{tag.Name} and {twin} differ by {Math.Abs(a.Value - b.Value):0.###} {tag.Unit}, more than {allowed.Apart:0.###}: one of them is wrong");
        state.Tell(ScanEventKind.TagDoubtful, tag.Ordinal, tag.Name, text);
    }

    private static Reading Doubtful(in Reading reading) => reading.IsBad ? reading : reading with { Quality = Quality.Uncertain, Reason = Reason.Deviation };
}
