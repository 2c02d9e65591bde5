using System.Collections.Immutable;
using Crm.Chemistry.Hazards;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;

namespace Crm.Recipes.ProcessChecks;

/// <summary>What each kind of step does to the vessels.</summary>
internal sealed partial class ProcedureWalk
{
    private const string Lot = "lot:";

    /// <summary>Part of the acid that the solids take from which they count as dissolved.</summary>
    private const double EnoughAcid = 0.5;

    /// <summary>mol/L that a leach always has left: pH 2.</summary>
    private const double AcidLeft = 0.01;

    private void Prompt(PromptNode prompt)
    {
        switch (prompt.Kind)
        {
            case PromptKind.WeighIn:
                WeighIn(prompt);
                break;
            case PromptKind.Discharge or PromptKind.Book:
                Vessel held = At(prompt.Place);
                lots[prompt.Material] = held;
                Note(prompt, held, new Vessel(prompt.Place));
                break;
            case not PromptKind.Confirm when prompt.Place.Length > 0:
                // A person finds what is there: the recipe does not say what.
                chargeIsKnown = false;
                Put(At(prompt.Place) with { IsKnown = false });
                break;
        }
    }

    private void WeighIn(PromptNode prompt)
    {
        Vessel before = At(prompt.Place);
        double? asked = values.Of(prompt.Mass);
        if (prompt.Material.StartsWith(Lot, StringComparison.Ordinal))
        {
            // The mass of such a step is the most a person may put in, not what there is.
            Vessel lot = lots.GetValueOrDefault(prompt.Material[Lot.Length..]) ?? new Vessel("") { IsKnown = false };
            Note(prompt, before, before.Joined(lot, prompt.Material[Lot.Length..]), new Incoming(prompt.Material, Shares(lot), lot.Kilograms, Metered: false));
            return;
        }

        ImmutableSortedDictionary<string, double> minerals = Composition(prompt.Material);
        if (asked is not { } kilograms || minerals.IsEmpty)
        {
            chargeIsKnown = false;
            Note(prompt, before, before with { IsKnown = false }, new Incoming(prompt.Material, minerals, asked, Metered: false));
            return;
        }

        charged = minerals.SelectMany(m => Substances.Elements(m.Key, m.Value * kilograms)).Aggregate(charged, (sum, e) => sum.Plus(e.Key, e.Value));
        Vessel after = Dissolve(before.With($"{prompt.Material}", Substances.Litres(minerals, kilograms), kilograms) with
        {
            Holds = before.Holds.Plus(minerals, kilograms),
            FreeAcid = before.FreeAcid + minerals.Sum(m => Substances.KilogramsPerMol(m.Key) is { } mass ? Math.Max(0, Substances.Protons(m.Key)) * m.Value * kilograms / mass : 0),
        });
        if (after.FreeAcid > 0) after = TakenApart(after);
        Note(prompt, before, after, new Incoming(prompt.Material, minerals, kilograms, Metered: false) { Hours = prompt.Takes.TotalHours });
    }

    private void Phase(PhaseNode phase)
    {
        Vessel before = At(phase.Unit);
        switch (phase.Operation)
        {
            case "fill": Fill(phase, before); break;
            case "dose" or "crystallise_react": Dose(phase, before); break;
            case "dose_to_ph" or "precipitate": DoseToPh(phase, before); break;
            case "dose_ratio": DoseRatio(phase, before); break;
            case "transfer": Transfer(phase); break;
            case "filter": Filter(phase); break;
            case "wash": Wash(phase); break;
            case "evaporate" or "crystallise_evaporate": Evaporate(phase, before); break;
            case "extract": Extract(phase, before); break;
            case "ix_load" or "ix_wash" or "ix_elute" or "ix_regenerate": Column(phase); break;
            case "clean": Note(phase, before, new Vessel(phase.Unit)); break;
            case "reverse_osmosis" or "polish": Through(phase); break;
            default: Note(phase, before, (phase.Operation is "react" or "leach" or "heat" ? Settled(before) : before) with { Celsius = Temperature(phase) ?? before.Celsius }); break;
        }
    }

    private double? Number(PhaseNode phase, string name) => phase.Arguments.TryGetValue(name, out ArgumentSource? source) ? values.Of(source.Number) : null;

    private static string Name(PhaseNode phase, string name) => phase.Arguments.GetValueOrDefault(name)?.Name ?? "";

    private double? Temperature(PhaseNode phase) => phase.Operation is "heat" or "cool" or "crystallise_cool" ? Number(phase, "to") : Number(phase, "temperature");

    /// <summary>Peroxide is used up or falls apart while a liquor is kept.</summary>
    private static Vessel Settled(Vessel vessel) => vessel.Holds.ContainsKey("H2O2") ? vessel with { Holds = vessel.Holds.Remove("H2O2") } : vessel;

    private void Fill(PhaseNode phase, Vessel before)
    {
        if (Number(phase, "to") is not { } to) return;
        double litres = Math.Max(0, to - before.Litres);
        string from = Name(phase, "from");
        // Acid that an earlier step has put into the tank comes along, nobody knows how much of it.
        bool acid = !IsWater(from) && At(from).FreeAcid > 0;
        Vessel after = before.With("water", litres, litres) with { Holds = before.Holds.Plus("H2O", litres), Celsius = Temperature(phase) ?? before.Celsius, IsKnown = before.IsKnown && !acid };
        Note(phase, before, after, new Incoming(from, IsWater(from) ? Substances.None.Plus("H2O", 1) : Substances.None, litres, Metered: false));
    }

    /// <summary>A service tank that nothing of the batch has gone into.</summary>
    private bool IsWater(string place) => rig.Unit(place) is >= 0 and var ordinal && rig.Units[ordinal].IsService && !vessels.ContainsKey(place);

    private Incoming Reagent(PhaseNode phase, double? kilograms)
    {
        string name = Name(phase, "reagent");
        ReagentDefinition? reagent = rig.Reagent(name);
        double? full = rig.Unit(phase.Unit) is >= 0 and var unit ? rig.Units[unit].DosingLines.FirstOrDefault(l => l.Reagent == name)?.FullRate : null;
        double? rate = Number(phase, "rate") ?? full;
        if (Number(phase, "over") is > 0 and var over && kilograms is { } all) rate = Math.Min(rate ?? double.MaxValue, all / over * 3600);
        return new Incoming(name, reagent is null ? Substances.None : Bought(reagent), kilograms, Metered: true)
        {
            Reagent = reagent,
            Rate = rate,
            Hours = rate > 0 && kilograms is { } mass ? mass / rate : null,
            Multiple = phase.Arguments.TryGetValue("amount", out ArgumentSource? amount) && amount.Number is { } number && IsMultiple(number) ? multiples.Of(number) : null,
        };
    }

    private bool IsMultiple(Plant.Expressions.Expression amount) => Plant.Expressions.NamedIn.Slots(amount).Any(s => recipe.Slots[s].Kind == SlotKind.Stoichiometric);

    private void Dose(PhaseNode phase, Vessel before)
    {
        Incoming comes = Reagent(phase, Number(phase, "amount"));
        Note(phase, before, Dosed(before, comes) with { Celsius = Temperature(phase) ?? before.Celsius }, comes);
    }

    private void DoseRatio(PhaseNode phase, Vessel before)
    {
        double? kilograms = Number(phase, "ratio") * Number(phase, "volume");
        Incoming comes = Reagent(phase, kilograms);
        Note(phase, before, Dosed(before, comes) with { Celsius = Temperature(phase) ?? before.Celsius, IsKnown = false }, comes);
    }

    private static Vessel Dosed(Vessel before, Incoming comes)
    {
        if (comes.Reagent is not { } reagent || comes.Kilograms is not { } kilograms || !(kilograms > 0)) return before with { IsKnown = before.IsKnown && comes.Kilograms is <= 0 };
        Vessel after = before.With(reagent.Name, reagent.Density > 0 ? kilograms / reagent.Density : 0, kilograms) with
        {
            Holds = before.Holds.Plus(comes.Shares, kilograms),
            FreeAcid = before.FreeAcid + comes.ProtonsPerKilogram * kilograms,
            Ph = null,
        };
        return comes.ProtonsPerKilogram > 0 ? TakenApart(Dissolve(after)) : Dissolve(after);
    }

    /// <summary>Amounts are not known beforehand: the pH is.</summary>
    private void DoseToPh(PhaseNode phase, Vessel before)
    {
        Incoming comes = Reagent(phase, null);
        double? target = Number(phase, "target");
        Vessel after = before with { Celsius = Temperature(phase) ?? before.Celsius };
        if (target is { } ph)
        {
            bool acid = comes.ProtonsPerKilogram > 0;
            after = after with { Ph = ph, FreeAcid = Math.Max(0, Math.Pow(10, -ph) * before.Litres) };
            if (acid && ph < 7) after = after with { Holds = after.Holds.RemoveRange(after.Holds.Keys.Where(k => HazardPairs.ClassesOf(k).Contains("carbonate"))) };
            if (ph > 5) after = Neutralised(after, 1);
            if (!acid) after = Precipitated(after, ph);
        }

        Note(phase, before, after, comes);
        moments[^1] = moments[^1] with { Target = target };
    }

    private static Vessel Precipitated(Vessel vessel, double ph)
    {
        foreach (string element in vessel.Dissolved.Keys.Where(e => Onset.Hydroxide(e, vessel.MolPerLitre(e)).Any(o => o.Ph < ph - 0.5)).ToArray())
            vessel = vessel with { Fallen = vessel.Fallen.Plus(element, vessel.Dissolved[element]), Dissolved = vessel.Dissolved.Remove(element) };
        return vessel;
    }

    /// <summary>What dissolves in water by itself goes into solution.</summary>
    private static Vessel Dissolve(Vessel vessel)
    {
        foreach (var (name, kilograms) in vessel.Holds.Where(h => h.Key != "H2O" && Substances.DissolvesInWater(h.Key) && HazardPairs.ClassesOf(h.Key).IsEmpty).ToArray())
            vessel = vessel with { Dissolved = vessel.Dissolved.Plus(Substances.Elements(name, kilograms).Where(e => e.Key is not ("H" or "O"))), Holds = vessel.Holds.Remove(name) };
        return vessel;
    }

    /// <summary>Acid takes the solids apart when there is enough of it; what they take is free no longer. Carbonate is driven out first.</summary>
    private static Vessel TakenApart(Vessel vessel)
    {
        var taking = vessel.Holds.Select(h => (h.Key, h.Value, Taken: AcidTaken.Of(h.Key), Mass: Substances.KilogramsPerMol(h.Key))).Where(h => h.Taken is not null && h.Mass is not null).ToArray();
        double takes = taking.Sum(t => t.Value / t.Mass!.Value * t.Taken!.Protons);
        if (vessel.FreeAcid < EnoughAcid * takes) return vessel with { FreeAcid = 0, Holds = WithoutCarbonate(vessel.Holds) };
        foreach (var (name, kilograms, _, _) in taking)
            vessel = vessel with { Dissolved = vessel.Dissolved.Plus(Substances.Elements(name, kilograms).Where(e => e.Key is not ("H" or "O"))), Holds = vessel.Holds.Remove(name) };
        vessel = Neutralised(vessel, vessel.FreeAcid > 0 ? Math.Min(1, takes / vessel.FreeAcid) : 0);
        return vessel with { FreeAcid = Math.Max(AcidLeft * vessel.Litres, vessel.FreeAcid - takes) };
    }

    /// <summary>A share of the acid is acid no longer; what it was made of stays dissolved.</summary>
    private static Vessel Neutralised(Vessel vessel, double share)
    {
        foreach (var (name, kilograms) in vessel.Holds.Where(h => HazardPairs.ClassesOf(h.Key).Contains("acid")).ToArray())
            vessel = vessel with
            {
                Dissolved = vessel.Dissolved.Plus(Substances.Elements(name, kilograms * share).Where(e => e.Key is not ("H" or "O"))),
                Holds = share >= 1 ? vessel.Holds.Remove(name) : vessel.Holds.SetItem(name, kilograms * (1 - share)),
            };
        return vessel;
    }

    private static ImmutableSortedDictionary<string, double> WithoutCarbonate(ImmutableSortedDictionary<string, double> holds) =>
        holds.RemoveRange(holds.Keys.Where(k => HazardPairs.ClassesOf(k).Contains("carbonate")));

    private static ImmutableSortedDictionary<string, double> Shares(Vessel vessel) => vessel.Kilograms > 0 && vessel.IsKnown ? vessel.Holds.Times(1 / vessel.Kilograms) : Substances.None;
}
