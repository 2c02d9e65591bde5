using System.Collections.Immutable;
using Crm.Plant.Records;
using Crm.Store.Journal;

namespace Crm.Store.Tests.Journal;

internal static class Events
{
    public static BatchEvent Number(int number) => new(
        TimeSpan.FromMilliseconds(100 * number), number, (BatchEventKind)(number % 20), $"leach/step-{number}", $"step {number} did “it”, 70 °C", "recipe",
        number % 3 == 0 ? BatchEvent.NoData : BatchEvent.NoData.Add("mass_kg", "1.5").Add("element.Li", "0.0351"));

    public static void Append(SqliteJournal journal, int from, int count)
    {
        for (int number = from; number < from + count; number++) journal.Append(Number(number));
    }

    public static void AssertSame(IEnumerable<BatchEvent> expected, IEnumerable<JournalEntry> found)
    {
        var entries = found.ToList();
        Xunit.Assert.Equal(expected.Select(Text), entries.Select(e => Text(e.Event)));
        Xunit.Assert.Equal(Enumerable.Range(1, entries.Count).Select(i => (long)i), entries.Select(e => e.Sequence));
    }

    private static string Text(BatchEvent e) => $"{e.At} {e.Scan} {e.Kind} {e.Subject} {e.Text} {e.Cause} {string.Join(' ', e.Data.Select(d => d.Key + "=" + d.Value))}";
}
