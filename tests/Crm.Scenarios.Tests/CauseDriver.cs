using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Scenarios.Tests;

/// <summary>Finds readings that make a cause of the matrix true, and how long they must stand.</summary>
internal sealed class CauseDriver(RigDefinition rig, FakeDevices devices)
{
    /// <summary>Part of a tag's span that is clearly on the one side of a limit.</summary>
    private const double Clearly = 0.002;

    /// <summary>Readings from which a watch begins; for a plain condition they are already those that trip.</summary>
    public void Prepare(CauseDefinition cause)
    {
        if (cause.Watch is TotalWatch total) Make(total.Since, false);
    }

    /// <summary>Sets the readings that make the cause true.</summary>
    public void Drive(CauseDefinition cause)
    {
        switch (cause)
        {
            case { Voter: { } voter }:
                foreach (ChannelDefinition channel in voter.Channels) Make(channel.Condition, true);
                break;
            case { Watch: ChangeWatch { Kind: ChangeKind.Rises } w }:
                Move(w.Tag, 1.05 * w.Amount);
                break;
            case { Watch: ChangeWatch { Kind: ChangeKind.Falls } w }:
                Move(w.Tag, -1.05 * w.Amount);
                break;
            case { Watch: TotalWatch w }:
                Move(w.Scale, -1.05 * w.Amount);
                break;
            case { Watch: MixingWatch w }:
                Move(w.Scale, -1.05 * w.Least);
                break;
            case { Watch: BalanceWatch w }:
                Unbalance(w);
                break;
            case { Watch: null }:
                Make(cause.Condition, true);
                break;
        }
    }

    /// <summary>An output where the cause is judged comes there slowly.</summary>
    public bool Ramps(CauseDefinition cause) => cause.Gates.Any(g => rig.Outputs[g.Output].RatePerSecond is not null);

    /// <summary>Longest time until the cause has tripped its row: its own, and that of outputs that come slowly to where it is judged.</summary>
    public TimeSpan Patience(CauseDefinition cause)
    {
        double ramp = cause.Gates.Select(g => rig.Outputs[g.Output].RatePerSecond is { } rate ? g.High / rate : 0).DefaultIfEmpty(0).Max();
        return TimeSpan.FromSeconds(10 + ramp) + cause.Watch switch
        {
            ChangeWatch w => 1.2 * w.Within,
            ErrorWatch => TimeSpan.FromMinutes(90),
            _ => cause.Delay,
        };
    }

    /// <summary>What the row expects to rise rises, half as fast again as it asks.</summary>
    public void Warm(TripDefinition row, TimeSpan elapsed)
    {
        foreach (ChangeWatch rise in row.Causes.Select(o => o.Watch).OfType<ChangeWatch>().Where(w => w.Kind == ChangeKind.RisesLessThan)) Move(rise.Tag, 1.5 * rise.Amount * (elapsed / rise.Within));
    }

    /// <summary>What a drum gave does not come to the vessel; of drums too small for it together, something flows in that nobody dosed.</summary>
    private void Unbalance(BalanceWatch watch)
    {
        foreach (DoseTerm dose in watch.Doses)
        {
            if (devices.Reads(dose.Scale) < 1.05 * watch.Tolerance * dose.Density) continue;
            Move(dose.Scale, -1.05 * watch.Tolerance * dose.Density);
            return;
        }

        Move(watch.Level, 1.05 * watch.Tolerance);
    }

    private void Move(int tag, double by) => devices.Set(tag, devices.Reads(tag) + by);

    /// <summary>Keeps the other conditions of the row false that could be judged at the same time.</summary>
    public void Spare(TripDefinition row, CauseDefinition driven)
    {
        ImmutableArray<int> read = driven.Tags;
        foreach (CauseDefinition other in row.Causes)
            if (other != driven && other is { Watch: null, Voter: null } && !other.Condition.Tags.Any(read.Contains) && Overlaps(other, driven)) Make(other.Condition, false);
    }

    /// <summary>What instruments of driven devices confirm: a plain cause whose delay runs is made false, so that the driven one is judged alone.</summary>
    public void Quiet(PlantFrame frame, CauseDefinition driven)
    {
        ImmutableArray<int> read = driven.Tags;
        var seen = new Seen(frame.Image);
        foreach (TripDefinition row in rig.Trips)
        {
            if (frame.Trips[row.Ordinal].Phase != TripPhase.Delaying) continue;
            foreach (CauseDefinition other in row.Causes)
                if (other != driven && other is { Watch: null, Voter: null } && IsOpen(other) && other.Condition.Evaluate(seen).Value != 0 && !other.Condition.Tags.Any(read.Contains)) Make(other.Condition, false);
        }
    }

    private bool IsOpen(CauseDefinition cause) => cause.Gates.All(g => devices.Pin(g.Output) >= g.Low && devices.Pin(g.Output) <= g.High);

    private static bool Overlaps(CauseDefinition a, CauseDefinition b) =>
        a.Gates.All(x => b.Gates.All(y => x.Output != y.Output || (x.Low <= y.High && y.Low <= x.High)));

    /// <summary>Makes an expression of comparisons between a tag and a constant come out as wanted.</summary>
    private void Make(Expression expression, bool want)
    {
        switch (expression)
        {
            case And and:
                Make(and.Left, want);
                if (want) Make(and.Right, true);
                break;
            case Or or:
                Make(or.Left, want);
                if (!want) Make(or.Right, false);
                break;
            case Not not:
                Make(not.Value, !want);
                break;
            case Comparison { Left: TagValue tag, Right: Constant limit } comparison:
                Compare(tag.Tag, comparison.Operator, limit.Value, want);
                break;
            case Comparison { Left: Arithmetic { Operator: ArithmeticOperator.Subtract, Left: TagValue tag, Right: TagValue from }, Right: Constant limit } comparison:
                Compare(tag.Tag, comparison.Operator, devices.Reads(from.Tag) + limit.Value, want);
                break;
            case Constant:
                break;
            default:
                Assert.Fail($"cannot drive {expression}");
                break;
        }
    }

    private void Compare(int tag, ComparisonOperator how, double limit, bool want)
    {
        double margin = Clearly * (rig.Tags[tag].High - rig.Tags[tag].Low);
        bool above = how is ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual;
        bool up = above == want;
        if (rig.Tags[tag].IsSwitch) devices.Set(tag, up ? 1 : 0);
        else devices.Set(tag, up ? limit + margin : want ? rig.Tags[tag].Low : limit - margin);
    }

    private sealed record Seen(Image Image) : IExpressionScope
    {
        public Reading Named(int slot) => Reading.Never;
    }
}
