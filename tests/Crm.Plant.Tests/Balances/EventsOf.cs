using System.Collections.Immutable;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;

namespace Crm.Plant.Tests.Balances;

/// <summary>Writes events the short way: <c>LotProduced LC-1 kind=product mass_kg=2 element.Li=0.1</c>, one a line.</summary>
internal static class EventsOf
{
    public static readonly ImmutableArray<ReagentDefinition> Reagents =
    [
        new("acid", "Acid", "H2SO4", 0.5, 1.4, 10, ""), new("caustic", "Caustic", "NaOH", 0.4, 1.4, 10, ""),
    ];

    public static ImmutableArray<BatchEvent> Lines(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select((line, i) => Line(line, i))];

    public static ProductDefinition Product(params SpecificationLimit[] limits) =>
        new("Li2CO3", "Li2CO3", "Li", 0.7, new Specification("grade", "1", "test", [.. limits]));

    private static BatchEvent Line(string line, int number)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var data = words.Skip(2).Select(w => w.Split('=')).ToImmutableSortedDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        return new(TimeSpan.FromSeconds(60 * number), number, Enum.Parse<BatchEventKind>(words[0]), words[1], "", "test", data);
    }
}
