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

    /// <summary>Whose contents they are, and which lots went in.</summary>
    public Genealogy From { get; init; } = Genealogy.None;

    public static VesselStatus New(string vessel) => new(vessel, "", "", 0, Cleanliness.Unknown);

    public bool IsEmpty => Litres <= Film;

    /// <summary>A material has come in; a mixture is named by what <see cref="CompatibilityTable"/> makes of it, else by the newcomer.</summary>
    public VesselStatus Filled(string material, string lot, double litres, CompatibilityTable table) => this with
    {
        Contents = IsEmpty || Contents.Length == 0 ? material : table.Mixed(Contents, material),
        Lot = lot,
        Litres = Math.Max(0, Litres) + litres,
        State = Cleanliness.Dirty,
    };

    /// <summary>Drawn off down to a heel; it is dirty from what was in it.</summary>
    public VesselStatus Drawn(double left) => this with { Litres = Math.Max(0, left), State = State == Cleanliness.Clean ? Cleanliness.Clean : Cleanliness.Dirty };

    /// <summary>Cleaning ended. Only an empty vessel whose last rinse was verified is clean.</summary>
    public VesselStatus Cleaned(bool verified) =>
        verified && IsEmpty ? this with { Contents = "", Lot = "", Litres = 0, State = Cleanliness.Clean, From = Genealogy.None } : this with { State = Cleanliness.Dirty };

    public override string ToString() => IsEmpty
        ? $"{Vessel} is empty and {State.ToString().ToLowerInvariant()}"
        : $"{Vessel} holds {Litres.ToString("0.0", CultureInfo.InvariantCulture)} L {Contents}";
}
