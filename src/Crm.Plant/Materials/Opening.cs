using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Records;
using Crm.Plant.Rigs;

namespace Crm.Plant.Materials;

/// <summary>What stands in the plant at the START of a batch where no meter looks, and leaves with its lots: it came in, and the balance says so.</summary>
public static class Opening
{
    public const string WaterKey = "water.opening_l", UncertaintyKey = "water.opening_u_l";

    /// <param name="takesOutOf">Whether the batch books or discharges what is in a unit; what stays in the plant enters no balance.</param>
    /// <returns>Facts for a note of the record; empty when there is nothing.</returns>
    public static ImmutableSortedDictionary<string, string> Facts(RigDefinition rig, MaterialBook book, Func<string, bool> takesOutOf)
    {
        var facts = BatchEvent.NoData;
        double water = 0, variance = 0;
        foreach (UnitDefinition unit in rig.Units)
        {
            // Once it was taken out it is not there again: the book knows.
            if (unit.Opening is not { } opening || !takesOutOf(unit.Name) || book.Vessels.Find(unit.Name) is not { Litres: > 0 } status) continue;
            water += status.Litres;
            variance += opening.StandardUncertainty * opening.StandardUncertainty;
            facts = facts.Add($"opening.{unit.Name}_l", Text(status.Litres));
        }

        return water > 0 ? facts.Add(WaterKey, Text(water)).Add(UncertaintyKey, Text(Math.Sqrt(variance))) : facts;
    }

    private static string Text(double litres) => litres.ToString("0.####", CultureInfo.InvariantCulture);
}
