using Crm.Plant.Ports;
using Crm.Plant.Records;
using Microsoft.Data.Sqlite;

namespace Crm.Store.Journal;

/// <summary>Reads a journal without trusting it.</summary>
internal static class JournalReader
{
    public static IEnumerable<JournalEntry> Entries(SqliteConnection connection) =>
        Rows(connection).Select(found => new JournalEntry(found.Row.Sequence, found.Row.Stamp, Event(found.Row), [.. found.Hash]));

    public static IEnumerable<(JournalRow Row, byte[] Hash)> Rows(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sequence, stamp, at_ticks, scan, kind, subject, text, cause, data, batch, hash FROM events ORDER BY sequence";
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
