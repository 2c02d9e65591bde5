using System.Collections.Immutable;

namespace Crm.Twin.Checks;

/// <summary>What a model gave: numbers, arrays, and maps to numbers or texts.</summary>
public sealed class CaseOutputs
{
    private readonly List<(string Name, object Value)> values = [];
    private readonly List<string> remarks = [];

    public IEnumerable<string> Names => values.Select(v => v.Name);

    /// <summary>What a reader should know about the result, such as an extrapolation.</summary>
    public IReadOnlyList<string> Remarks => remarks;

    public CaseOutputs Add(string name, double value) => Put(name, value);

    public CaseOutputs Add(string name, IEnumerable<double> values) => Put(name, values.ToImmutableArray());

    public CaseOutputs Add(string name, IEnumerable<KeyValuePair<string, double>> map) => Put(name, map.ToImmutableArray());

    public CaseOutputs Add(string name, IEnumerable<KeyValuePair<string, string>> map) => Put(name, map.ToImmutableArray());

    public CaseOutputs Add(string name, IEnumerable<string> keys, IEnumerable<double> numbers) => Add(name, keys.Zip(numbers, KeyValuePair.Create));

    public CaseOutputs Remark(string text)
    {
        remarks.Add(text);
        return this;
    }

    /// <summary>Double, <c>ImmutableArray&lt;double&gt;</c> or string; null when there is no such output. <c>name.key</c> splits at the first dot.</summary>
    public object? Find(string quantity)
    {
        int dot = quantity.IndexOf('.');
        string name = dot < 0 ? quantity : quantity[..dot], key = dot < 0 ? "" : quantity[(dot + 1)..];
        object? found = values.FirstOrDefault(v => v.Name == name).Value;
        return (found, dot >= 0) switch
        {
            (double or ImmutableArray<double>, false) => found,
            (ImmutableArray<KeyValuePair<string, double>> map, true) => Entry(map, key),
            (ImmutableArray<KeyValuePair<string, string>> map, true) => Entry(map, key),
            _ => null,
        };
    }

    /// <summary>What may be asked of it, maps with their keys.</summary>
    public string Known => string.Join(", ", values.SelectMany(v => v.Value switch
    {
        ImmutableArray<KeyValuePair<string, double>> map => map.Select(e => $"{v.Name}.{e.Key}"),
        ImmutableArray<KeyValuePair<string, string>> map => map.Select(e => $"{v.Name}.{e.Key}"),
        _ => [v.Name],
    }));

    private static object? Entry<T>(ImmutableArray<KeyValuePair<string, T>> map, string key)
    {
        foreach (var (name, value) in map)
        {
            if (name == key) return value;
        }
        return null;
    }

    private CaseOutputs Put(string name, object value)
    {
        values.Add((name, value));
        return this;
    }
}
