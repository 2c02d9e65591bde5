using Crm.Plant.Ports;
using Crm.Plant.Records;
using Microsoft.Data.Sqlite;

namespace Crm.Store.Journal;

/// <summary>Reads a journal without trusting it.</summary>
internal static class JournalReader
{
    /// <param name="after">Entries with a greater number.</param>
    /// <param name="to">And up to this one.</param>
    public static IEnumerable<JournalEntry> Entries(SqliteConnection connection, long after = 0, long to = long.MaxValue) =>
        Rows(connection, after, to).Select(found => new JournalEntry(found.Row.Sequence, found.Row.Stamp, Event(found.Row), [.. found.Hash]));

    public static IEnumerable<(JournalRow Row, byte[] Hash)> Rows(SqliteConnection connection, long after = long.MinValue, long to = long.MaxValue)
    {
        using var command = SqliteFile.Command(
            connection, "SELECT sequence, stamp, at_ticks, scan, kind, subject, text, cause, data, batch, hash FROM events WHERE sequence > $after AND sequence <= $to ORDER BY sequence",
            ("$after", after), ("$to", to));
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var content = new JournalRow(
                row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetString(4), row.GetString(5), row.GetString(6),
                row.GetString(7), row.GetString(8), row.GetString(9));
            yield return (content, row.GetFieldValue<byte[]>(10));
        }
    }

    private static BatchEvent Event(JournalRow row) => Enum.TryParse(row.Kind, out BatchEventKind kind)
        ? new(new TimeSpan(row.Ticks), row.Scan, kind, row.Subject, row.Text, row.Cause, EventText.Read(row.Data)) { Batch = row.Batch }
        : throw new JournalFaultException($"entry {row.Sequence} is of a kind this build does not know: {row.Kind}");
}
