using System.Collections.Immutable;

namespace Crm.Plant.Twins;

/// <summary>
/// The numbers of a twin file by address: an option of an equipment, <c>leach.jacket_ua</c>, in the option's unit, or a mineral of a
/// material, <c>black_mass.LiF</c>, kg per kg. Only what the file writes has an address: a default of the model has no place to be doubted in.
/// </summary>
public static class TwinParameter
{
    public static IEnumerable<string> Addresses(TwinDefinition twin) => twin.Equipment
        .SelectMany(e => e.Numbers.Keys.Select(option => $"{e.Unit}.{option}"))
        .Concat(twin.Materials.SelectMany(m => m.Minerals.Keys.Select(mineral => $"{m.Name}.{mineral}")));

    /// <returns>Null when the file writes no such number.</returns>
    public static double? Value(TwinDefinition twin, string address)
    {
        (string place, string name) = Split(address);
        if (twin.Equipment.FirstOrDefault(e => e.Unit == place) is { } equipment && equipment.Numbers.TryGetValue(name, out double option)) return option;
        return twin.Materials.FirstOrDefault(m => m.Name == place) is { } material && material.Minerals.TryGetValue(name, out double part) ? part : null;
    }

    /// <summary>Unit and range of the number there; null for a mineral, a mass fraction.</summary>
    public static OptionDefinition? Option(TwinDefinition twin, ImmutableArray<EquipmentKind> catalogue, string address)
    {
        (string place, string name) = Split(address);
        string? model = twin.Equipment.FirstOrDefault(e => e.Unit == place)?.Model;
        return catalogue.FirstOrDefault(k => k.Name == model)?.Options.FirstOrDefault(o => o.Name == name);
    }

    /// <summary>The twin with another value there. When the minerals of a material would sum to more than they did, the others give way in proportion.</summary>
    /// <exception cref="ArgumentException">No such address.</exception>
    public static TwinDefinition With(TwinDefinition twin, string address, double value)
    {
        (string place, string name) = Split(address);
        if (Value(twin, address) is null) throw new ArgumentException($"the twin writes no '{address}'", nameof(address));
        int unit = twin.Equipment.FindIndex(e => e.Unit == place && e.Numbers.ContainsKey(name));
        if (unit >= 0) return twin with { Equipment = twin.Equipment.SetItem(unit, twin.Equipment[unit] with { Numbers = twin.Equipment[unit].Numbers.SetItem(name, value) }) };
        MaterialDefinition material = twin.Materials.First(m => m.Name == place);
        return twin with { Materials = twin.Materials.Replace(material, material with { Minerals = Blended(material.Minerals, name, value) }) };
    }

    private static ImmutableSortedDictionary<string, double> Blended(ImmutableSortedDictionary<string, double> minerals, string name, double value)
    {
        double sum = minerals.Values.Sum(), others = sum - minerals[name];
        double room = sum - value;
        double scale = value <= minerals[name] || others <= 0 ? 1 : Math.Max(0, room) / others;
        return minerals.ToImmutableSortedDictionary(m => m.Key, m => m.Key == name ? Math.Min(value, Math.Max(sum, minerals[name])) : m.Value * scale, StringComparer.Ordinal);
    }

    private static (string Place, string Name) Split(string address)
    {
        int dot = address.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (address, "") : (address[..dot], address[(dot + 1)..]);
    }

    private static int FindIndex<T>(this ImmutableArray<T> items, Func<T, bool> match)
    {
        for (int i = 0; i < items.Length; i++)
            if (match(items[i])) return i;
        return -1;
    }
}
