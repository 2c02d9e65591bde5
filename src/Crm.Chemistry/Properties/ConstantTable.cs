using System.Collections.Immutable;
using System.Globalization;

namespace Crm.Chemistry.Properties;

/// <summary>
/// A table of constants from the folder <c>chemistry/</c>, which the assembly carries: lines with # give units, reference temperature and range, the first other line the columns. The last column runs
/// to the end of its line, commas and all: it is the source.
/// </summary>
internal sealed class ConstantTable
{
    private readonly string file;
    private readonly ImmutableArray<string> columns;

    private ConstantTable(string file, ImmutableArray<string> columns)
    {
        this.file = file;
        this.columns = columns;
    }

    public ImmutableArray<ConstantRow> Rows { get; private set; } = [];

    /// <summary>One of the embedded tables.</summary>
    public static ConstantTable Read(string file)
    {
        using var stream = typeof(ConstantTable).Assembly.GetManifestResourceStream("chemistry/" + file) ?? throw new ChemistryDataException($"chemistry/{file} is missing");
        using var reader = new StreamReader(stream);
        return Of(file, reader.ReadToEnd());
    }

    /// <exception cref="ChemistryDataException">No columns, or a row with too few cells.</exception>
    public static ConstantTable Of(string file, string text)
    {
        ConstantTable? table = null;
        var rows = ImmutableArray.CreateBuilder<ConstantRow>();
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            if (line.AsSpan().Trim().Length == 0 || line[0] == '#') continue;
            if (table is null) table = new ConstantTable(file, [.. line.Split(',').Select(cell => cell.Trim())]);
            else rows.Add(table.Row(line, number));
        }
        if (table is null) throw new ChemistryDataException($"chemistry/{file}: no line names the columns");
        table.Rows = rows.ToImmutable();
        return table;
    }

    /// <summary>The names of a column, which begins with those that the code knows by number and repeats none.</summary>
    public string[] Names(string column, ReadOnlySpan<string> known)
    {
        string[] names = [.. Rows.Select(row => row.Text(column))];
        for (int i = 0; i < known.Length; i++)
        {
            if (i >= names.Length) throw new ChemistryDataException($"chemistry/{file}: '{known[i]}' is missing; the code knows the first {known.Length} rows by their number");
            if (names[i] != known[i]) throw Rows[i].Wrong($"'{names[i]}' stands where the code expects '{known[i]}'; the first {known.Length} rows keep their order, new ones come below them");
        }
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (ConstantRow row in Rows)
        {
            if (!seen.Add(row.Text(column))) throw row.Wrong($"'{row.Text(column)}' has a row already");
        }
        return names;
    }

    internal int Column(string name)
    {
        int at = columns.IndexOf(name, StringComparer.Ordinal);
        return at >= 0 ? at : throw new ChemistryDataException($"chemistry/{file}: no column '{name}'; it has {string.Join(", ", columns)}");
    }

    internal string Place(int line) => $"chemistry/{file}, line {line.ToString(CultureInfo.InvariantCulture)}";

    private ConstantRow Row(string line, int number)
    {
        string[] cells = line.Split(',', columns.Length);
        for (int i = 0; i < cells.Length; i++) cells[i] = cells[i].Trim();
        ConstantRow row = new(this, cells, number);
        return cells.Length == columns.Length ? row : throw row.Wrong($"{cells.Length} cells for {columns.Length} columns ({string.Join(", ", columns)})");
    }
}

/// <summary>One line of a table.</summary>
internal readonly struct ConstantRow(ConstantTable table, string[] cells, int line)
{
    public string Text(string column) => cells[table.Column(column)];

    public bool Has(string column) => Text(column).Length > 0;

    /// <summary>Whether a column says yes; empty is no.</summary>
    public bool Says(string column) => Text(column) switch
    {
        "yes" => true,
        "" => false,
        var other => throw Wrong($"{column} is 'yes' or empty, not '{other}'"),
    };

    public double Number(string column) => Scaled(column, 0);

    /// <summary>The number, or another where the cell is empty.</summary>
    public double Number(string column, double otherwise) => Has(column) ? Number(column) : otherwise;

    /// <summary>The number times a power of ten, rounded once: 142.04 with -1 is 14.204.</summary>
    public double Scaled(string column, int power)
    {
        string text = Text(column), scaled = power == 0 ? text : text + "e" + power.ToString(CultureInfo.InvariantCulture);
        return double.TryParse(scaled, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw Wrong($"{column}: '{text}' is not a number");
    }

    public int Whole(string column, int least)
    {
        double number = Number(column);
        return number >= least && number == Math.Floor(number) && number < 1000 ? (int)number : throw Wrong($"{column}: a whole number from {least}, not {Text(column)}");
    }

    /// <summary>Place of a name among others.</summary>
    /// <param name="what">What the names are, and where they stand.</param>
    public int Index(string column, string[] names, string what)
    {
        string name = Text(column);
        int at = Array.IndexOf(names, name);
        return at >= 0 ? at : throw Wrong($"{column}: '{name}' is no {what}");
    }

    /// <summary>Atoms of a formula, by element.</summary>
    public double[] Atoms(string column)
    {
        try
        {
            return Composition.Of(Text(column));
        }
        catch (FormatException e)
        {
            throw Wrong($"{column}: {e.Message}; elements that the twin follows are those with accounted in chemistry/elements.csv");
        }
    }

    /// <summary>Names with a number behind each: <c>H+ 2 SO4-2 1</c>.</summary>
    public ImmutableArray<(string Name, double Count)> Counts(string column)
    {
        string[] words = Text(column).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var counts = ImmutableArray.CreateBuilder<(string, double)>();
        if (words.Length == 0 || words.Length % 2 != 0) throw Wrong($"{column}: names with a number behind each, such as 'H+ 2 SO4-2 1', not '{Text(column)}'");
        for (int i = 0; i < words.Length; i += 2)
        {
            if (!double.TryParse(words[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out double count) || count == 0) throw Wrong($"{column}: '{words[i + 1]}' behind '{words[i]}' is no number");
            counts.Add((words[i], count));
        }
        return counts.ToImmutable();
    }

    public ChemistryDataException Wrong(string what) => new($"{table.Place(line)}: {what}");
}
