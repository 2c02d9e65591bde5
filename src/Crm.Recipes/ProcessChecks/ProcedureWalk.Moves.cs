using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;

namespace Crm.Recipes.ProcessChecks;

/// <summary>Steps that carry liquor from one vessel to another.</summary>
internal sealed partial class ProcedureWalk
{
    /// <summary>Liquor that a cake keeps where the twin file does not say, L/kg of solids.</summary>
    private const double UsualRetention = 1;

    /// <summary>kg of hydroxide to a mol of metal, roughly; part of a crystalliser's volume that its cake may keep.</summary>
    private const double KilogramsOfHydroxide = 0.09, CrystalsKeep = 0.6;

    private void Transfer(PhaseNode phase)
    {
        string from = Name(phase, "from"), to = Name(phase, "to");
        TransferLine? line = rig.Lines.FirstOrDefault(l => l.Unit == phase.Unit && (from.Length == 0 || l.From == from) && (to.Length == 0 || l.To == to));
        if (line is null) return;
        Move(phase, line.From, line.To, Number(phase, "amount"));
    }

    /// <summary>What a place gives. One that the recipe has put nothing into holds what an earlier batch left: from then on the charge is not known.</summary>
    private Vessel Known(string place)
    {
        Vessel vessel = At(place);
        if (!vessel.IsEmpty) return vessel;
        chargeIsKnown = false;
        return vessel with { IsKnown = false };
    }

    private void Move(PhaseNode phase, string from, string to, double? amount)
    {
        Vessel before = At(to);
        if (IsWater(from))
        {
            double water = amount ?? 0;
            Note(phase, before, before.With("water", water, water) with { Holds = before.Holds.Plus("H2O", water) }, new Incoming(from, Substances.None.Plus("H2O", 1), water, Metered: false));
            return;
        }

        Vessel source = Known(from);
        double share = amount is { } litres && source.Litres > 0 ? Math.Min(1, litres / source.Litres) : 1;
        Vessel moved = source.Scaled(share) with { Parts = [] };
        Put(share >= 1 ? new Vessel(from) : source.Scaled(1 - share));
        Note(phase, before, before.Joined(moved, from) with { Celsius = Temperature(phase) ?? (before.Litres > 0 ? before.Celsius : moved.Celsius) }, new Incoming(from, Shares(moved), moved.Kilograms, Metered: false));
        moments[^1] = moments[^1] with { From = from };
    }

    /// <summary>The liquor goes where the divert valve leads, the solids stay as a cake with some of it.</summary>
    private void Filter(PhaseNode phase)
    {
        string from = Name(phase, "from");
        Vessel slurry = Settled(At(from)), whole = slurry, cakeBefore = At(phase.Unit);
        var solids = slurry.Holds.Where(h => Substances.IsSolid(h.Key) && !Substances.DissolvesInWater(h.Key)).ToImmutableSortedDictionary(h => h.Key, h => h.Value, StringComparer.Ordinal);
        double kilograms = solids.Values.Sum(), volume = solids.Sum(s => s.Value / Solid.Density[Solid.IndexOf(s.Key)]);
        double fallen = slurry.Fallen.Values.Sum() * KilogramsOfHydroxide, retention = twin?.Equipment.FirstOrDefault(e => e.Unit == phase.Unit)?.Numbers.GetValueOrDefault("retention", UsualRetention) ?? UsualRetention;
        double kept = Math.Min(slurry.Litres, volume + (kilograms + fallen) * retention);
        if (rig.Unit(from) is >= 0 and var source && rig.Units[source].Class == "crystalliser") (kept, slurry) = (Math.Max(kept, CrystalsKeep * slurry.Litres), slurry with { IsKnown = false });
        Vessel cake = new(phase.Unit) { Holds = solids, Fallen = slurry.Fallen, Kilograms = kilograms, IsKnown = slurry.IsKnown, Celsius = slurry.Celsius };
        Vessel filtrate = slurry with { Litres = slurry.Litres - kept, Kilograms = Math.Max(0, slurry.Kilograms - kilograms - kept), Parts = [], Holds = slurry.Holds.RemoveRange(solids.Keys), Fallen = Substances.None };
        Put(new Vessel(from));
        Deliver(phase, filtrate, Number(phase, "divert"), $"filtrate of {phase.Unit}");
        Note(phase, whole, cakeBefore.Joined(cake, from) with { Litres = 0, Parts = [] });
        moments[^1] = moments[^1] with { From = from };
    }

    private void Wash(PhaseNode phase)
    {
        Vessel cake = At(phase.Unit);
        double litres = Number(phase, "volume") ?? 0;
        Note(phase, cake, cake);
        Deliver(phase, new Vessel("") { Litres = litres, Kilograms = litres, Holds = Substances.None.Plus("H2O", litres) }, Number(phase, "divert"), "wash");
    }

    /// <summary>What leaves a filter or column by its divert valve.</summary>
    private void Deliver(PhaseNode phase, Vessel liquor, double? divert, string what)
    {
        ImmutableArray<string> places = rig.Unit(phase.Unit) is >= 0 and var unit ? rig.Units[unit].Filtrate : [];
        int position = (int)(divert ?? 0);
        if (position >= places.Length) return;
        Vessel before = At(places[position]);
        if (rig.Unit(places[position]) is >= 0 and var to && rig.Units[to].IsService) return;
        Vessel after = before.Joined(liquor, what);
        Note(phase, before, after);
    }

    /// <summary>The level at the end is told; a feed tank, where there is one, is emptied into it.</summary>
    private void Evaporate(PhaseNode phase, Vessel before)
    {
        Vessel after = before;
        if (Name(phase, "from") is { Length: > 0 } from && !IsWater(from))
        {
            after = before.Joined(Known(from) with { Parts = [] }, from);
            Put(new Vessel(from));
        }

        if (Number(phase, "to") is { } to && to < after.Litres)
        {
            double off = after.Litres - to;
            after = after with { Litres = to, Kilograms = Math.Max(0, after.Kilograms - off), Parts = [new Part("left after boiling", to)], Holds = after.Holds.SetItem("H2O", Math.Max(0, after.Holds.GetValueOrDefault("H2O") - off)) };
        }

        Note(phase, before, Settled(after) with { Celsius = Temperature(phase) ?? before.Celsius });
    }

    /// <summary>Raffinate and strip liquor: their volumes are known, what went into which is not.</summary>
    private void Extract(PhaseNode phase, Vessel before)
    {
        string aqueous = Name(phase, "aqueous");
        Vessel feed = Known(aqueous);
        Note(phase, feed, before, new Incoming(Name(phase, "organic"), Substances.None.Plus("kerosene", 1), null, Metered: true));
        moments[^1] = moments[^1] with { From = aqueous, OrganicRatio = Number(phase, "ratio") };
        Put(new Vessel(aqueous));
        if (rig.Unit(phase.Unit) is not (>= 0 and var unit) || rig.Units[unit].Outlets is not [var raffinate, ..] outlets || Number(phase, "rate") is not > 0) return;
        double hours = feed.Litres / Number(phase, "rate")!.Value;
        Run(phase, raffinate, feed.Litres + Drawn(phase, "scrub", hours), "raffinate");
        if (outlets.Length > 1) Run(phase, outlets[1], Drawn(phase, "strip", hours), "loaded strip liquor");
    }

    /// <summary>L of scrub or strip liquor in so many hours, no more than its tank holds.</summary>
    private double Drawn(PhaseNode phase, string stream, double hours)
    {
        if (Name(phase, stream) is not { Length: > 0 } tank) return 0;
        double asked = hours * (Number(phase, stream + "_rate") ?? 0);
        if (IsWater(tank)) return asked;
        Vessel there = At(tank);
        double drawn = Math.Min(asked, there.Litres);
        Put(drawn < there.Litres ? there.Scaled(1 - drawn / there.Litres) : new Vessel(tank));
        return drawn;
    }

    private void Run(PhaseNode phase, string to, double litres, string what)
    {
        Vessel before = At(to);
        if (rig.Unit(to) is >= 0 and var ordinal && rig.Units[ordinal].IsService) return;
        Note(phase, before, before.With(what, litres, litres) with { IsKnown = false, Ph = null });
    }

    /// <summary>What goes over a resin comes out by its divert valve, changed in what it holds.</summary>
    private void Column(PhaseNode phase)
    {
        string from = Name(phase, "from");
        double volumes = (Number(phase, "bed") ?? 0) * (Number(phase, "bed_volumes") ?? 0);
        Vessel source = At(from);
        double litres = IsWater(from) ? volumes : Math.Min(volumes, source.Litres);
        if (!IsWater(from)) Put(source.Litres > litres ? source.Scaled(1 - litres / source.Litres) : new Vessel(from));
        Deliver(phase, new Vessel("") { Litres = litres, Kilograms = litres, IsKnown = false, Celsius = source.Celsius }, Number(phase, "divert"), $"{phase.Operation} liquor");
    }

    /// <summary>What goes through a cartridge is dissolved, whatever it was made of.</summary>
    private static Vessel InSolution(Vessel vessel)
    {
        foreach (var (name, kilograms) in vessel.Holds.Where(h => Substances.IsSolid(h.Key)).ToArray())
            vessel = vessel with { Dissolved = vessel.Dissolved.Plus(Substances.Elements(name, kilograms).Where(e => e.Key is not ("H" or "O"))), Holds = vessel.Holds.Remove(name) };
        return vessel;
    }

    /// <summary>Through a polisher or membrane; only the twin file tells where to.</summary>
    private void Through(PhaseNode phase)
    {
        if (Name(phase, "from") is not { Length: > 0 } from || IsWater(from)) return;
        Vessel liquor = InSolution(At(from));
        Put(new Vessel(from));
        if (twin?.Equipment.FirstOrDefault(e => e.Unit == phase.Unit)?.Names.GetValueOrDefault("outlet") is not { } to || rig.Unit(to) is not (>= 0 and var place) || rig.Units[place].IsService) return;
        Vessel before = At(to);
        Note(phase, before, before.Joined(liquor with { Parts = [] }, $"liquor through {phase.Unit}"));
    }
}
