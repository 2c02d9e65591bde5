using System.Collections.Concurrent;
using Crm.Plant.Lots;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.Procedure;

/// <summary>Computes <c>stoichiometric(reagent)</c>: kg of the reagent as bought.</summary>
/// <param name="molarMass">g/mol of an element or species by its formula.</param>
public sealed class Stoichiometry(RigDefinition rig, Func<string, double> molarMass)
{
    /// <summary>By the formulas of recipe and rig, which are few; asked for each second of a batch.</summary>
    private readonly ConcurrentDictionary<string, double> known = new(StringComparer.Ordinal);

    /// <summary>kg of reagent for the assays of the feed lots charged so far; bad before the first lot.</summary>
    public Reading ForLots(StoichiometricDemand demand, IReadOnlyList<Lot> charged, TimeSpan now)
    {
        double mol = 0;
        bool any = false;
        foreach (Lot lot in charged.Where(l => l.Kind == LotKind.Feed))
        {
            any = true;
            foreach ((string element, double per) in demand.MolPerMol)
                if (lot.Assay.MassFractions.TryGetValue(element, out Measured fraction)) mol += Mol(lot.Mass.Value * fraction.Value, element) * per;
        }

        return any ? Reagent(demand, mol, now) : Reading.Bad(Reason.NeverRead, now);
    }

    /// <summary>kg of reagent for what a sample says is in an inventory.</summary>
    /// <param name="results">Mass fractions of the sample by analyte.</param>
    /// <param name="density">kg/L of the liquor, to turn a level in litres into mass.</param>
    public Reading ForSample(StoichiometricDemand demand, Assay results, double density, Image image)
    {
        Reading inventory = image[demand.InventoryTag];
        if (inventory.IsBad) return inventory;
        double kg = rig.Tags[demand.InventoryTag].Unit == "L" ? inventory.Value * density : inventory.Value;
        double mol = 0;
        foreach ((string element, double per) in demand.MolPerMol)
        {
            if (!results.MassFractions.TryGetValue(element, out Measured fraction)) return Reading.Bad(Reason.NeverRead, image.Now);
            mol += Mol(kg * fraction.Value, element) * per;
        }

        return Reagent(demand, mol, image.Now) with { Quality = inventory.Quality, Reason = inventory.Reason };
    }

    private double Mol(double kg, string element) => kg * 1000 / known.GetOrAdd(element, molarMass);

    private Reading Reagent(StoichiometricDemand demand, double mol, TimeSpan now)
    {
        ReagentDefinition? reagent = rig.Reagent(demand.Reagent);
        if (reagent is null || reagent.MassFraction <= 0) return Reading.Bad(Reason.NeverRead, now);
        return Reading.Good(mol * known.GetOrAdd(reagent.Species, molarMass) / 1000 / reagent.MassFraction, now);
    }
}
