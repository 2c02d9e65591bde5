using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Tags;

namespace Crm.Plant.Procedure;

/// <summary>
/// What the conditions and arguments of one step see: the image, the batch's named values as last published, and the step's own clocks.
/// Reused from scan to scan by its owner.
/// </summary>
public sealed class StepScope : IExpressionScope
{
    private readonly ImmutableArray<Slot> slots;

    public StepScope(ImmutableArray<Slot> slots, Image image)
    {
        this.slots = slots;
        Image = image;
        Values = ImmutableArray<Reading>.Empty;
    }

    public Image Image { get; set; }

    /// <summary>By slot number; published by the batch once per second and on every new result.</summary>
    public ImmutableArray<Reading> Values { get; set; }

    public TimeSpan Contact { get; set; }

    public TimeSpan Active { get; set; }

    public TimeSpan Wall { get; set; }

    public Reading Named(int slot)
    {
        if (slot < 0 || slot >= slots.Length) return Reading.Never;
        if (slots[slot].Kind == SlotKind.Clock) return Reading.Good(Clock(slots[slot].Name).TotalSeconds, Image.Now);
        return slot < Values.Length ? Values[slot] : Reading.Never;
    }

    private TimeSpan Clock(string name) => name switch
    {
        "active" => Active,
        "wall" => Wall,
        _ => Contact,
    };
}
