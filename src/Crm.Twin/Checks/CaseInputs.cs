using System.Collections.Immutable;

namespace Crm.Twin.Checks;

/// <summary>A case's inputs do not fit its model; every misfit, with its place.</summary>
public sealed class CaseInputException(ImmutableArray<(JsonPlace Place, string Message)> misfits)
    : Exception(string.Join("; ", misfits.Select(m => $"{m.Message} (line {m.Place.Line})")))
{
    public ImmutableArray<(JsonPlace Place, string Message)> Misfits => misfits;
}

/// <summary>
/// Typed reading of one object. What is missing, of the wrong type or outside its bounds is collected, and so is every name that no one
/// asked for; <see cref="Complete"/> throws them all at once. Until then what is read may be not-a-number: compute after it.
/// </summary>
public sealed class CaseInputs
{
    private readonly JsonValue root;
    private readonly string path;
    private readonly List<(JsonPlace Place, string Message)> misfits;
    private readonly SortedSet<string> asked = new(StringComparer.Ordinal);
    private readonly List<CaseInputs> parts = [];

    public CaseInputs(JsonValue root)
        : this(root, "", [])
    {
    }

    private CaseInputs(JsonValue root, string path, List<(JsonPlace Place, string Message)> misfits)
    {
        this.root = root;
        this.path = path;
        this.misfits = misfits;
    }

    /// <exception cref="CaseInputException">All misfits.</exception>
    public void Complete()
    {
        FindUnknown();
        if (misfits.Count > 0) throw new CaseInputException([.. misfits.OrderBy(m => m.Place.Line).ThenBy(m => m.Place.Column)]);
    }

    public bool Has(string name)
    {
        asked.Add(name);
        return root[name] is not null;
    }

    public double Number(string name) => Get(name) is { } value ? Number(value, path + name) : double.NaN;

    /// <summary>Above zero.</summary>
    public double Positive(string name) => Bounded(name, double.Epsilon, double.MaxValue, "above 0");

    public double NotNegative(string name) => Bounded(name, 0, double.MaxValue, "0 or above");

    /// <summary>0 to below 1.</summary>
    public double Fraction(string name) => Bounded(name, 0, Math.BitDecrement(1), "from 0 to below 1");

    /// <summary>0 to 1.</summary>
    public double Share(string name) => Bounded(name, 0, 1, "from 0 to 1");

    /// <summary>degC above absolute zero.</summary>
    public double Celsius(string name) => Bounded(name, -273.149, double.MaxValue, "a temperature above -273.15 °C");

    public double Bounded(string name, double low, double high, string range) => Get(name) is { } value ? Within(value, path + name, low, high, range) : double.NaN;

    public double? OptionalNumber(string name) => Has(name) ? Number(name) : null;

    /// <summary>0 or above when it is there.</summary>
    public double NotNegativeOr(string name, double otherwise) => Has(name) ? NotNegative(name) : otherwise;

    /// <summary>A whole number; at least <paramref name="least"/>.</summary>
    public int Count(string name, int least)
    {
        double number = Number(name);
        if (double.IsNaN(number)) return least;
        if (number == Math.Floor(number) && number >= least && number <= 100_000) return (int)number;
        Misfit(root[name]!, $"{path}{name} is {root[name]!.Text}, expected a whole number from {least} to 100000");
        return least;
    }

    public string Word(string name, params string[] known)
    {
        if (Get(name) is not { } value) return known.FirstOrDefault("");
        if (value.Kind == JsonKind.Text && (known.Length == 0 || known.Contains(value.Text))) return value.Text;
        Misfit(value, known.Length == 0 ? $"{path}{name} is {value.Called}, expected a text" : $"{path}{name} is {value.Called}, expected one of: {string.Join(", ", known)}");
        return known.FirstOrDefault("");
    }

    /// <summary>Array of numbers within bounds; not empty.</summary>
    public double[] Numbers(string name, double low = double.MinValue, double high = double.MaxValue, string range = "a number")
    {
        if (Get(name) is not { } value) return [];
        if (value.Kind == JsonKind.Array && !value.Items.IsEmpty) return [.. value.Items.Select((item, i) => Within(item, $"{path}{name}[{i}]", low, high, range))];
        Misfit(value, $"{path}{name} is {(value.Kind == JsonKind.Array ? "empty" : value.Called)}, expected an array of numbers");
        return [];
    }

    /// <summary>Array of numbers that may be empty.</summary>
    public double[] NumbersOrNone(string name) => Get(name) is { Kind: JsonKind.Array, Items.IsEmpty: true } ? [] : Numbers(name);

    /// <summary>Map from a name to a number within bounds, in the order written.</summary>
    public NumberMap Map(string name, double low = double.MinValue, double high = double.MaxValue, string range = "a number", bool mayBeEmpty = false)
    {
        if (Get(name) is not { } value) return new NumberMap(path + name, default, []);
        if (value.Kind != JsonKind.Object) Misfit(value, $"{path}{name} is {value.Called}, expected a map from names to numbers");
        else if (value.Members.IsEmpty && !mayBeEmpty) Misfit(value, $"{path}{name} is empty");
        return new NumberMap(path + name, value.Place, [.. value.Members.Select(m => KeyValuePair.Create(m.Name, Within(m.Value, $"{path}{name}.{m.Name}", low, high, range)))]);
    }

    /// <summary>Map from a name to an object.</summary>
    public ImmutableArray<(string Name, CaseInputs Inputs)> Objects(string name)
    {
        if (Get(name) is not { } value) return [];
        if (value.Kind != JsonKind.Object)
        {
            Misfit(value, $"{path}{name} is {value.Called}, expected a map from names to objects");
            return [];
        }
        return [.. value.Members.Select(m => (m.Name, Part(m.Value, $"{path}{name}.{m.Name}")))];
    }

    /// <summary>Map from a name to an array of so many numbers.</summary>
    public ImmutableArray<(string Name, double[] Numbers)> Arrays(string name, int count)
    {
        if (Get(name) is not { } value) return [];
        if (value.Kind != JsonKind.Object) Misfit(value, $"{path}{name} is {value.Called}, expected a map from names to arrays");
        CaseInputs inner = new(value, path + name + ".", misfits);
        var arrays = value.Members.Select(m => (m.Name, Numbers: inner.Numbers(m.Name))).ToImmutableArray();
        foreach (var (key, numbers) in arrays.Where(a => a.Numbers.Length != count)) Misfit(value, $"{path}{name}.{key} has {numbers.Length} numbers, expected {count}");
        return [.. arrays.Where(a => a.Numbers.Length == count)];
    }

    /// <summary>Array of objects; may be empty.</summary>
    public ImmutableArray<CaseInputs> Items(string name)
    {
        if (Get(name) is not { } value) return [];
        if (value.Kind == JsonKind.Array) return [.. value.Items.Select((item, i) => Part(item, $"{path}{name}[{i}]"))];
        Misfit(value, $"{path}{name} is {value.Called}, expected an array of objects");
        return [];
    }

    /// <summary>A misfit that only the model can see.</summary>
    public void Refuse(string name, string message) => Misfit(root[name] ?? root, $"{path}{name}: {message}");

    /// <summary>Entry of a table for each name; a misfit where the table lacks one.</summary>
    public double[] Entries(NumberMap table, IEnumerable<string> names) => [.. names.Select(n => Entry(table, n))];

    public double Entry(NumberMap table, string name)
    {
        if (table.Find(name) is { } number) return number;
        misfits.Add((table.Place == default ? root.Place : table.Place, $"{table.Path} has no entry for {name}"));
        return double.NaN;
    }

    /// <summary>A misfit for each name of the map that is not among the known ones.</summary>
    public void Only(NumberMap map, IReadOnlyCollection<string> known, string what)
    {
        foreach (string name in map.Names.Where(n => !known.Contains(n))) misfits.Add((map.Place, $"{map.Path} names {name}, which is {what}"));
    }

    private CaseInputs Part(JsonValue value, string where)
    {
        CaseInputs part = new(value, where + ".", misfits);
        if (value.Kind == JsonKind.Object) parts.Add(part);
        else Misfit(value, $"{where} is {value.Called}, expected an object");
        return part;
    }

    private void FindUnknown()
    {
        foreach (var member in root.Members.Where(m => !asked.Contains(m.Name)))
        {
            misfits.Add((member.Place, $"unknown input {path}{member.Name}; known: {string.Join(", ", asked)}"));
        }
        foreach (var part in parts) part.FindUnknown();
    }

    private JsonValue? Get(string name)
    {
        asked.Add(name);
        var value = root[name];
        if (value is null) misfits.Add((root.Place, $"input {path}{name} is missing"));
        return value;
    }

    private double Number(JsonValue value, string what)
    {
        if (value.Kind == JsonKind.Number) return value.Number;
        Misfit(value, $"{what} is {value.Called}, expected a number");
        return double.NaN;
    }

    private double Within(JsonValue value, string what, double low, double high, string range)
    {
        double number = Number(value, what);
        if (number < low || number > high) Misfit(value, $"{what} is {value.Text}, expected {range}");
        return number;
    }

    private void Misfit(JsonValue value, string message) => misfits.Add((value.Place, message));
}

/// <summary>Names with numbers, in the order written.</summary>
public sealed record NumberMap(string Path, JsonPlace Place, ImmutableArray<KeyValuePair<string, double>> Entries)
{
    public IEnumerable<string> Names => Entries.Select(e => e.Key);

    public double? Find(string name)
    {
        foreach (var (key, value) in Entries)
        {
            if (key == name) return value;
        }
        return null;
    }
}
