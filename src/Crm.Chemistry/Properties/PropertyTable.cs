using System.Collections.Immutable;
using System.Globalization;

namespace Crm.Chemistry.Properties;

/// <summary>A table of constants kept beside the code as <c>Data/*.csv</c>: lines with # give source and range, the first other line the columns.</summary>
internal sealed class PropertyTable
{
    private readonly ImmutableSortedDictionary<string, int> columns;

    private PropertyTable(ImmutableArray<string> header, ImmutableArray<string[]> rows)
    {
        columns = header.Select((name, i) => KeyValuePair.Create(name, i)).ToImmutableSortedDictionary(StringComparer.Ordinal);
        Rows = rows;
    }

    public ImmutableArray<string[]> Rows { get; }

    public string Text(string[] row, string column) => row[columns[column]];

    public double Number(string[] row, string column) => double.Parse(row[columns[column]], NumberStyles.Float, CultureInfo.InvariantCulture);

    public static PropertyTable Read(string name)
    {
        using var stream = typeof(PropertyTable).Assembly.GetManifestResourceStream("Crm.Chemistry.Data." + name)!;
        using var reader = new StreamReader(stream);
        var lines = ImmutableArray.CreateBuilder<string[]>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#') lines.Add([.. line.Split(',').Select(cell => cell.Trim())]);
        }
        return new PropertyTable([.. lines[0]], [.. lines.Skip(1)]);
    }
}
