using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Loops;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Plant.Alarms;

/// <summary>What the conditions of alarms look at: the image, and per loop its process value minus its working setpoint of the scan before.</summary>
internal sealed class AlarmScope(ImmutableArray<LoopDefinition> loops, ScanState state) : IExpressionScope
{
    public Image Image => state.Scope.Image;

    public AlarmScope Of(ScanState fork) => new(loops, fork);

    /// <param name="slot">Loop ordinal.</param>
    public Reading Named(int slot)
    {
        if ((uint)slot >= (uint)state.Loops.Length) return Reading.Never;
        Reading value = loops[slot].Measured(Image);
        if (value.IsBad) return value;
        LoopStatus loop = state.Loops[slot].Status;
        return loop.Running ? value with { Value = value.Value - loop.Setpoint } : Reading.Good(0, Image.Now);
    }
}
