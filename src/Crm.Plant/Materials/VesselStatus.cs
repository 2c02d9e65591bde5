using System.Globalization;

namespace Crm.Plant.Materials;

public enum Cleanliness
{
    /// <summary>Nobody knows; treated as dirty.</summary>
    Unknown,
    Dirty,

    /// <summary>Cleaned and verified since it last held something.</summary>
    Clean,
}

/// <summary>What a vessel holds and what state it is in. A value: copying it is forking it.</summary>
/// <param name="Contents">Material in it, or the last one; empty when none is known.</param>
/// <param name="Lot">Lot or batch the contents belong to.</param>
/// <param name="Litres">Heel or fill, L.</param>
public sealed record VesselStatus(string Vessel, string Contents, string Lot, double Litres, Cleanliness State)
{
    /// <summary>L: less is a film on the wall, not a heel.</summary>
    public const double Film = 0.3;

    /// <summary>kg: less on load cells is what clings to cloth and trays, not a cake.</summary>
    public const double CakeFilm = 0.1;

    /// <summary>Whose contents they are, and which lots went in. Of a cake in kilograms.</summary>
    public Genealogy From { get; init; } = Genealogy.None;

    /// <summary>Filters, dryers and calciners: wet mass that lies in it, kg; not a number when its load cells did not say. Null: a vessel for liquor.</summary>
    public double? Kilograms { get; init; }

    /// <summary>Wash that has gone through the cake, L.</summary>
    public double WashedWith { get; init; }

    public static VesselStatus New(string vessel) => new(vessel, "", "", 0, Cleanliness.Unknown);

    public bool IsEmpty => Kilograms is { } mass ? mass <= CakeFilm : Litres <= Film;

    /// <summary>A material has come in; a mixture is named by what <see cref="CompatibilityTable"/> makes of it, else by the newcomer.</summary>
    public VesselStatus Filled(string material, string lot, double litres, CompatibilityTable table) => this with
    {
        Contents = IsEmpty || Contents.Length == 0 ? material : table.Mixed(Contents, material),
        Lot = lot,
        Litres = Math.Max(0, Litres) + litres,
        State = Cleanliness.Dirty,
    };

    /// <summary>Drawn off down to a heel; it is dirty from what was in it.</summary>
    public VesselStatus Drawn(double left) => this with
    {
        Litres = Math.Max(0, left),
        Kilograms = Kilograms is null ? null : left,
        WashedWith = left > 0 ? WashedWith : 0,
        State = State == Cleanliness.Clean ? Cleanliness.Clean : Cleanliness.Dirty,
    };

    /// <summary>Cleaning ended. Only an empty vessel whose last rinse was verified is clean.</summary>
    public VesselStatus Cleaned(bool verified) =>
        verified && IsEmpty ? this with { Contents = "", Lot = "", Litres = 0, Kilograms = Kilograms is null ? null : 0, WashedWith = 0, State = Cleanliness.Clean, From = Genealogy.None } : this with { State = Cleanliness.Dirty };

    public override string ToString() => IsEmpty
        ? $"{Vessel} is empty and {State.ToString().ToLowerInvariant()}"
        : Kilograms is { } mass ? $"{Vessel} holds {(double.IsNaN(mass) ? "an unknown mass" : $"{Number(mass)} kg")} of {Contents} cake{Washed}"
        : $"{Vessel} holds {Number(Litres)} L {(Contents.Length == 0 ? "water" : Contents)}";

    private string Washed => WashedWith > 0 ? $", washed with {Number(WashedWith)} L" : State == Cleanliness.Dirty && Lot.Length == 0 ? ", not washed" : "";

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
