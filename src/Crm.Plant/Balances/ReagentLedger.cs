using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Plant.Lots;
using Crm.Plant.Records;
using Crm.Plant.Rigs;

namespace Crm.Plant.Balances;

/// <summary>Sums doses by reagent and says what each brought in.</summary>
internal static class ReagentLedger
{
    public static ImmutableArray<ReagentUse> Book(ImmutableArray<BatchEvent> events, ImmutableArray<ReagentDefinition> reagents, List<string> doubts)
    {
        var doses = events.Where(e => e.Kind == BatchEventKind.Dose && EventData.Mass(e) is not null).ToList();
        var used = ImmutableArray.CreateBuilder<ReagentUse>();
        foreach (var group in doses.GroupBy(e => EventData.Word(e, "reagent", e.Subject), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var mass = Measured.Sum(group.Select(e => EventData.Mass(e)!.Value));
            var known = reagents.FirstOrDefault(r => r.Name == group.Key);
            if (known is null) doubts.Add($"Reagent {group.Key} is not on the rig's list; what it brought in is missing from the balances.");
            used.Add(new(group.Key, known?.Label ?? group.Key, known?.Species ?? "", mass, mass.Value * (known?.MassFraction ?? 0), group.Count()));
        }

        return used.ToImmutable();
    }

    /// <summary>kg of an element or group that the reagents brought in.</summary>
    public static Measured Content(ImmutableArray<ReagentUse> used, ImmutableArray<ReagentDefinition> reagents, string element, double strengthRelativeU)
    {
        var sum = Measured.Zero;
        foreach (var use in used.Where(u => u.Species.Length > 0))
        {
            double strength = reagents.First(r => r.Name == use.Reagent).MassFraction;
            double perKg = strength * MolarMass.MassFraction(use.Species, element);
            sum += use.Mass * new Measured(perKg, perKg * strengthRelativeU);
        }

        return sum;
    }

    /// <summary>kg of water that came with the reagents; the rest of a reagent beside its species is taken as water.</summary>
    public static double Water(ImmutableArray<ReagentUse> used) => used.Where(u => u.Species.Length > 0).Sum(u => u.Mass.Value - u.PureMass);
}
