using System.Globalization;
using Crm.Plant.Expressions;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Tags;

namespace Crm.Plant.Protection;

/// <summary>
/// The device block of an actuator that confirms that it runs (SAF-09): driven and not confirmed for longer than its trip time, it goes to its trip
/// value, its unit is held, and a person resets it. It is a row of the matrix like any other: shown, tested and reset as such.
/// </summary>
/// <param name="Tag">Ordinal of the tag that confirms.</param>
/// <param name="Least">Reading from which it counts as running, in the tag's unit.</param>
/// <param name="Above">Judged while the output is driven to at least this, in its unit.</param>
/// <param name="Within">Trip time.</param>
public sealed record RunConfirmation(int Tag, double Least, double Above, TimeSpan Within)
{
    /// <param name="ordinal">Of the row: after all that are written out, which win an output before it.</param>
    /// <param name="unit">Unit that is held; null for a plant service, which no command reaches.</param>
    public TripDefinition Row(int ordinal, OutputDefinition output, TagDefinition tag, string? unit)
    {
        string text = $"{output.Name} is driven and {tag.Name} < {Least.ToString("0.###", CultureInfo.InvariantCulture)} {tag.Unit}".TrimEnd();
        var cause = new CauseDefinition(text, new Comparison(ComparisonOperator.Less, new TagValue(Tag), new Constant(Least)), Within, BadInput.Trip, TimeSpan.Zero)
        {
            Gates = [new OutputGate(output.Ordinal, Above, output.High)],
        };
        return new TripDefinition(
            ordinal, $"{output.Name.Replace('.', '-').Replace('_', '-')}-unconfirmed", $"{output.Label} is driven and does not confirm that it runs",
            [cause], [new EffectDefinition(output.Ordinal, output.Trip)], unit is null ? [] : [unit], unit is null ? PhaseCommand.None : PhaseCommand.Hold, true)
        {
            Class = TripClass.Process,
        };
    }
}
