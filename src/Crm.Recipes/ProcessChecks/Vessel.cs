using System.Collections.Immutable;
using Crm.Chemistry.Hazards;

namespace Crm.Recipes.ProcessChecks;

/// <summary>What a vessel got, for the sum of a finding.</summary>
internal sealed record Part(string What, double Litres);

/// <summary>
/// What is in a vessel at a moment of the recipe, as far as the files tell. Volumes are what is in at least: what is not known counts nothing. Immutable.
/// </summary>
/// <param name="Name">Unit or tank.</param>
internal sealed record Vessel(string Name)
{
    public double Litres { get; init; }

    /// <summary>kg of liquor and solids, at least.</summary>
    public double Kilograms { get; init; }

    public ImmutableArray<Part> Parts { get; init; } = [];

    /// <summary>Last setpoint, degC; null: as it came.</summary>
    public double? Celsius { get; init; }

    /// <summary>What lies or is dissolved in it and has not been taken apart by acid, kg.</summary>
    public ImmutableSortedDictionary<string, double> Holds { get; init; } = Substances.None;

    /// <summary>Dissolved elements, mol.</summary>
    public ImmutableSortedDictionary<string, double> Dissolved { get; init; } = Substances.None;

    /// <summary>Elements that a pH has brought down, mol.</summary>
    public ImmutableSortedDictionary<string, double> Fallen { get; init; } = Substances.None;

    /// <summary>mol of protons beyond what the solids take.</summary>
    public double FreeAcid { get; init; }

    /// <summary>All that came in is known in kind and amount: concentrations may be told.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>pH that a step has set; null: none has.</summary>
    public double? Ph { get; init; }

    public bool IsEmpty => Litres <= 0 && Holds.IsEmpty && Dissolved.IsEmpty;

    /// <summary>kg of solids that are still solid.</summary>
    public double SolidKilograms => Holds.Where(h => Substances.IsSolid(h.Key) && !Substances.DissolvesInWater(h.Key)).Sum(h => h.Value);

    /// <summary>mol/L of a dissolved element; 0 where the volume is not known.</summary>
    public double MolPerLitre(string element) => Litres > 0 ? Dissolved.GetValueOrDefault(element) / Litres : 0;

    /// <summary>kg/kg of the contents that is of a class of hazard.</summary>
    public double Share(string of)
    {
        if (!(Kilograms > 0)) return 0;
        if (of == "acid") return Ph is > 6 ? 0 : Math.Max(0, FreeAcid) * 0.049 / Kilograms;
        return Holds.Where(h => HazardPairs.IsOf(h.Key, h.Value / Kilograms, of)).Sum(h => h.Value) / Kilograms;
    }

    /// <summary>kg/kg of a substance, or of an element by its symbol.</summary>
    public double ShareOf(string species)
    {
        if (!(Kilograms > 0)) return 0;
        double held = Holds.GetValueOrDefault(species);
        if (!Chemistry.MolarMass.IsElement(species)) return held / Kilograms;
        double mol = Dissolved.GetValueOrDefault(species) + Holds.SelectMany(h => Substances.Elements(h.Key, h.Value)).Where(e => e.Key == species).Sum(e => e.Value);
        return mol * Chemistry.MolarMass.Of(species) / 1000 / Kilograms;
    }

    public Vessel With(string what, double litres, double kilograms) => this with
    {
        Litres = Litres + litres,
        Kilograms = Kilograms + kilograms,
        Parts = litres > 0 ? Parts.Add(new Part(what, litres)) : Parts,
    };

    /// <summary>A share of the contents, as a pump takes it.</summary>
    public Vessel Scaled(double share) => share >= 1 ? this : this with
    {
        Litres = Litres * share,
        Kilograms = Kilograms * share,
        Parts = [.. Parts.Select(p => p with { Litres = p.Litres * share })],
        Holds = Holds.Times(share),
        Dissolved = Dissolved.Times(share),
        Fallen = Fallen.Times(share),
        FreeAcid = FreeAcid * share,
    };

    /// <summary>Another's contents come in.</summary>
    public Vessel Joined(Vessel other, string what)
    {
        double litres = other.Litres;
        return With(what, litres, other.Kilograms) with
        {
            Celsius = Litres > 0 ? Celsius : other.Celsius ?? Celsius,
            Holds = Holds.Plus(other.Holds),
            Dissolved = Dissolved.Plus(other.Dissolved),
            Fallen = Fallen.Plus(other.Fallen),
            FreeAcid = FreeAcid + other.FreeAcid,
            IsKnown = IsKnown && other.IsKnown,
            Ph = IsEmpty ? other.Ph : other.Dissolved.IsEmpty && other.FreeAcid <= 0 ? Ph : Ph == other.Ph ? Ph : null,
        };
    }
}
