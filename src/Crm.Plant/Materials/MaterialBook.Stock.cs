using System.Collections.Immutable;
using Crm.Plant.Rigs;

namespace Crm.Plant.Materials;

/// <summary>Lots on the shelf: which is drawn from next, which would do, which would not and why.</summary>
public sealed partial record MaterialBook
{
    /// <summary>A lot may be this much weaker than the rig file's figure: the width of a supplier's analysis.</summary>
    private const double StrengthSlack = 0.01;

    /// <summary>The lot that is drawn from next; null when the rig lists none of the material.</summary>
    public StockLot? LotOf(string material) => Stock.FirstOrDefault(l => l.Material == material && l.Remaining > 0 && IsGood(l)) ?? Stock.FirstOrDefault(l => l.Material == material);

    /// <summary>Lots that a movement draws from, in order: those a person named, else the next one.</summary>
    public ImmutableArray<string> LotsOf(Movement movement) =>
        movement.Material.Length == 0 ? [] : !movement.Lots.IsEmpty ? movement.Lots : LotOf(movement.Material) is { } next ? [next.Id] : [];

    /// <summary>What is wrong with the lots of a movement; null when nothing is, or the rig lists none of the material.</summary>
    public ChargeRefusal? RefusesLots(RigDefinition rig, Movement movement)
    {
        if (!Stock.Any(l => l.Material == movement.Material)) return null;
        ImmutableArray<string> names = LotsOf(movement);
        double left = 0;
        foreach (string name in names)
        {
            StockLot? lot = Stock.FirstOrDefault(l => l.Id == name);
            if (lot is null && ChargeCheck.Unless(movement.Accepted, new(RefusalKind.UnknownLot, name, $"lot {name} is not among the lots of {movement.Material} on this rig")) is { } unknown) return unknown;
            // Nobody knows how much there is of a lot that was accepted by name.
            left += lot?.Remaining ?? double.PositiveInfinity;
            double kilograms = names.Length == 1 ? movement.Kilograms : 0;
            if (lot is not null && ChargeCheck.OfLot(new Charge(movement.Material, lot, LeastOf(rig, movement.Material), 0, kilograms), Today ?? DateOnly.MinValue, movement.Accepted) is { } refusal) return refusal;
        }

        return movement.Kilograms > left ? ChargeCheck.TooLittle(string.Join(' ', names), $"lots {string.Join(", ", names)} of {movement.Material} together have", left, movement.Kilograms) : null;
    }

    /// <summary>What could be charged instead of what was refused.</summary>
    public ChargeOffer Instead(RigDefinition rig, Movement movement, ChargeRefusal refusal)
    {
        ImmutableArray<string> drawn = LotsOf(movement);
        if (drawn.IsEmpty || refusal.Kind > RefusalKind.TooLittle) return new ChargeOffer(refusal, drawn, [], []);
        ImmutableArray<string> good = [.. Stock.Where(l => l.Material == movement.Material && l.Remaining > 0 && !drawn.Contains(l.Id)
            && RefusesLots(rig, movement with { Lots = [l.Id], Kilograms = 0, Accepted = [] }) is null).Select(l => l.Id)];
        ImmutableArray<string> others = [.. good.Where(l => RefusesLots(rig, movement with { Lots = [l], Accepted = [] }) is null)];
        return new ChargeOffer(refusal, drawn, others, refusal.Kind == RefusalKind.TooLittle ? Missing(rig, movement, drawn, good) : []);
    }

    /// <summary>The fewest further lots, in their order, with which there is enough.</summary>
    private ImmutableArray<string> Missing(RigDefinition rig, Movement movement, ImmutableArray<string> drawn, ImmutableArray<string> good)
    {
        for (int more = 1; more <= good.Length; more++)
            if (RefusesLots(rig, movement with { Lots = [.. drawn, .. good[..more]] }) is null) return good[..more];
        return [];
    }

    /// <summary>Why a lot must not be charged as things are, however little of it; null when it may.</summary>
    public ChargeRefusal? Against(RigDefinition rig, StockLot lot) =>
        lot.Remaining > 0 ? ChargeCheck.OfLot(new Charge(lot.Material, lot, LeastOf(rig, lot.Material), 0, 0), Today ?? DateOnly.MinValue, []) : new(RefusalKind.TooLittle, lot.Id, $"lot {lot.Id} of {lot.Material} is used up");

    private bool IsGood(StockLot lot) => lot.Blocked.Length == 0 && !(Today > lot.Expires);

    /// <summary>In the record: the material as which a lot made here stands on the shelf.</summary>
    public const string ShelvedAs = "shelved_as";

    /// <summary>A lot that was made on this rig is stock of a material, and drawn before what was bought. More of the same lot adds to it.</summary>
    public MaterialBook Shelved(string lot, string material, double kilograms)
    {
        StockLot? before = Stock.FirstOrDefault(l => l.Id == lot && l.Material == material);
        return this with
        {
            Stock = before is null ? Stock.Insert(0, new StockLot(lot, material, 1, null, kilograms)) : Stock.Replace(before, before with { Remaining = before.Remaining + kilograms }),
        };
    }

    /// <summary>Less in stock: the first of the lots named gives what it has, then the next.</summary>
    private MaterialBook Drawn(string lots, double kilograms)
    {
        ImmutableArray<StockLot> stock = Stock;
        foreach (string name in lots.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            StockLot? lot = stock.FirstOrDefault(l => l.Id == name);
            if (lot is null) continue;
            double given = Math.Min(kilograms, lot.Remaining);
            stock = stock.Replace(lot, lot with { Remaining = lot.Remaining - given });
            kilograms -= given;
        }

        return this with { Stock = stock };
    }

    private static double LeastOf(RigDefinition rig, string material) => rig.Reagent(material) is { } reagent ? reagent.MassFraction - StrengthSlack : 0;
}
