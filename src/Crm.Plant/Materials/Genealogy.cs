using System.Collections.Immutable;
using System.Globalization;

namespace Crm.Plant.Materials;

/// <summary>Where the contents of a vessel come from: litres by batch, and the lots that went in. A value.</summary>
public sealed record Genealogy(ImmutableSortedDictionary<string, double> Litres, ImmutableSortedSet<string> Lots)
{
    public static readonly Genealogy None = new(
        ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal), ImmutableSortedSet.Create<string>(StringComparer.Ordinal));

    public static Genealogy Of(string batch, double litres) => None.With(batch, litres);

    public double Total => Litres.Values.Sum();

    public Genealogy With(string batch, double litres) => this with { Litres = Litres.SetItem(batch, Litres.GetValueOrDefault(batch) + Math.Max(0, litres)) };

    public Genealogy With(string lot) => lot.Length == 0 ? this : this with { Lots = Lots.Add(lot) };

    /// <summary>This and what came with some litres of something else.</summary>
    public Genealogy And(Genealogy other)
    {
        Genealogy both = this with { Lots = Lots.Union(other.Lots) };
        foreach ((string batch, double litres) in other.Litres) both = both.With(batch, litres);
        return both;
    }

    /// <summary>The same mixture, this much of it.</summary>
    public Genealogy Scaled(double litres)
    {
        double factor = Total > 0 ? Math.Max(0, litres) / Total : 0;
        return this with { Litres = Litres.ToImmutableSortedDictionary(s => s.Key, s => s.Value * factor, StringComparer.Ordinal) };
    }

    /// <summary>Share of each batch, 0 to 1, sum 1; empty when nothing is known.</summary>
    public ImmutableSortedDictionary<string, double> Shares()
    {
        double total = Total;
        return total > 0 ? Litres.Where(s => s.Value > 0).ToImmutableSortedDictionary(s => s.Key, s => s.Value / total, StringComparer.Ordinal) : None.Litres;
    }

    /// <summary><c>B1=12.4 B2=0.8</c>, litres.</summary>
    public override string ToString() => string.Join(' ', Litres.Select(s => $"{s.Key}={s.Value.ToString("0.###", CultureInfo.InvariantCulture)}"));

    /// <summary>Reads back what <see cref="ToString"/> and a list of lots say.</summary>
    public static Genealogy Parse(string litres, string lots)
    {
        Genealogy read = None;
        foreach (string[] share in litres.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=')))
            if (share.Length == 2 && double.TryParse(share[1], CultureInfo.InvariantCulture, out double amount)) read = read.With(share[0], amount);
        return read with { Lots = [.. lots.Split(' ', StringSplitOptions.RemoveEmptyEntries)] };
    }
}
