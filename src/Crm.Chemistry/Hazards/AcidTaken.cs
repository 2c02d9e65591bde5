using System.Collections.Immutable;

namespace Crm.Chemistry.Hazards;

/// <summary>What acid does with solids, by the rows of <c>chemistry/reactions.csv</c>: protons taken and gas given, to the end of the way.</summary>
public static class AcidTaken
{
    /// <summary>A way through intermediates is no longer than this.</summary>
    private const int Deepest = 4;

    private static readonly ImmutableDictionary<string, Taken> table = Build();

    /// <summary>mol of protons that a mol of the solid takes in acid, and mol of hydrogen and of carbon dioxide it gives; null: no row says.</summary>
    public static Taken? Of(string solid) => table.GetValueOrDefault(solid);

    private static ImmutableDictionary<string, Taken> Build()
    {
        var found = ImmutableDictionary.CreateBuilder<string, Taken>(StringComparer.Ordinal);
        for (int solid = 0; solid < Solid.Count; solid++)
            if (Way(solid, 0) is { } taken) found[Solid.Names[solid]] = taken;
        foreach (string carbonate in Solid.Names.Where(n => HazardPairs.ClassesOf(n).Contains("carbonate"))) found[carbonate] = new Taken(2, 0, 1);
        foreach (var (_, solid, order) in Hydroxides.Table.Select(h => (h.Metal, h.Solid, h.Order))) found.TryAdd(Solid.Names[solid], new Taken(order, 0, 0));
        return found.ToImmutable();
    }

    /// <summary>Of several ways that of most protons, so that no charge is called short of acid by a way it does not go.</summary>
    private static Taken? Way(int solid, int depth)
    {
        Taken? most = null;
        foreach (Reaction reaction in ReactionTable.Embedded.All)
        {
            double takes = Count(reaction.Solids, solid), protons = Count(reaction.Aq, Aqueous.H);
            if (takes >= 0 || protons >= 0 || reaction.Aq.Any(t => t.Mol < 0 && t.Species is not (Aqueous.H or Aqueous.H2O or Aqueous.H2O2))) continue;
            Taken way = new(protons / takes, Count(reaction.Gases, Gas.H2) / -takes, Count(reaction.Gases, Gas.CO2) / -takes);
            foreach (Term product in reaction.Solids.Where(t => t.Mol > 0))
                if (depth < Deepest && Way(product.Species, depth + 1) is { } on) way = way.And(on, product.Mol / -takes);
            if (most is null || way.Protons > most.Protons || (way.Protons == most.Protons && way.Hydrogen > most.Hydrogen)) most = way;
        }

        return most;
    }

    private static double Count(Term[] terms, int species) => terms.Where(t => t.Species == species).Sum(t => t.Mol);
}

/// <summary>mol per mol of a solid.</summary>
public sealed record Taken(double Protons, double Hydrogen, double CarbonDioxide)
{
    internal Taken And(Taken other, double times) => new(Protons + other.Protons * times, Hydrogen + other.Hydrogen * times, CarbonDioxide + other.CarbonDioxide * times);
}
