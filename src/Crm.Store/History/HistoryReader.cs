using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Crm.Store.History;

/// <summary>Folds ranges of a history file while another thread writes it. Any thread.</summary>
internal sealed class HistoryReader(string path) : IDisposable
{
    private readonly ConcurrentBag<SqliteConnection> idle = [];

    /// <param name="number">Of the channel in the file.</param>
    /// <param name="start">The file's time at plant time zero, ticks.</param>
    /// <param name="unwritten">Samples on their way to the file, in order of time, taken before this is called.</param>
    public HistoryColumns Columns(HistoryChannel channel, int number, long start, double from, double step, int columns, IReadOnlyList<StoredSample> unwritten)
    {
        var folder = new ColumnFolder(channel, from, step, columns);
        // The end is a sum of columns and seldom whole ticks: one more is read, and the folder judges.
        long first = Ticks(from) + start, end = Ticks(folder.End) + 1 + start;
        long newest = With(connection =>
        {
            // One picture of the file, whatever is packed meanwhile.
            using var picture = connection.BeginTransaction(deferred: true);
            Blocks(connection, number, start, first, end, folder);
            Rows(connection, number, start, first, end, folder);
            return Newest(connection, number);
        });
        foreach (var sample in unwritten)
        {
            if (sample.At <= newest) continue;
            newest = sample.At;
            folder.Add(Seconds(sample.At - start), sample.Value);
        }

        return folder.Finish(newest == long.MinValue ? double.NegativeInfinity : Seconds(newest - start));
    }

    /// <summary>Time of the oldest sample of any channel; null when there is none.</summary>
    public long? Oldest() => With(connection =>
    {
        using var command = SqliteFile.Command(connection, "SELECT min(begin_ticks) FROM stretches");
        return command.ExecuteScalar() is long ticks ? ticks : (long?)null;
    });

    public void Dispose()
    {
        while (idle.TryTake(out var connection)) connection.Dispose();
    }

    private T With<T>(Func<SqliteConnection, T> read)
    {
        var connection = idle.TryTake(out var open) ? open : SqliteFile.Open(path, SqliteHistory.Migrations, Durability.Normal);
        try
        {
            var found = read(connection);
            idle.Add(connection);
            return found;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Blocks(SqliteConnection connection, int number, long start, long first, long end, ColumnFolder folder)
    {
        using var command = SqliteFile.Command(
            connection,
            """
            SELECT begin_ticks, end_ticks, first, low, high, last, data FROM blocks WHERE tag = $tag AND begin_ticks < $end
            AND begin_ticks >= coalesce((SELECT max(begin_ticks) FROM blocks WHERE tag = $tag AND begin_ticks <= $first), $first) ORDER BY begin_ticks
            """,
            ("$tag", number), ("$first", first), ("$end", end));
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var block = new HistorySummary(Seconds(row.GetInt64(0) - start), Seconds(row.GetInt64(1) - start), Value(row, 2), Value(row, 3), Value(row, 4), Value(row, 5));
            if (block.End < folder.Begin) folder.Add(block.End, block.Last);
            else if (!folder.Add(in block)) HistoryBlock.Fold(row.GetFieldValue<byte[]>(6), row.GetInt64(0) - start, folder);
        }
    }

    private static void Rows(SqliteConnection connection, int number, long start, long first, long end, ColumnFolder folder)
    {
        using var command = SqliteFile.Command(
            connection,
            """
            SELECT at_ticks, value FROM samples WHERE tag = $tag AND at_ticks < $end
            AND at_ticks >= coalesce((SELECT max(at_ticks) FROM samples WHERE tag = $tag AND at_ticks < $first), $first) ORDER BY at_ticks
            """,
            ("$tag", number), ("$first", first), ("$end", end));
        using var row = command.ExecuteReader();
        while (row.Read()) folder.Add(Seconds(row.GetInt64(0) - start), Value(row, 1));
    }

    private static long Newest(SqliteConnection connection, int number)
    {
        using var command = SqliteFile.Command(
            connection,
            """
            SELECT max(coalesce((SELECT max(at_ticks) FROM samples WHERE tag = $tag), $none),
                       coalesce((SELECT end_ticks FROM blocks WHERE tag = $tag ORDER BY begin_ticks DESC LIMIT 1), $none))
            """,
            ("$tag", number), ("$none", long.MinValue));
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static double Value(SqliteDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);

    private static long Ticks(double seconds) => (long)Math.Round(seconds * TimeSpan.TicksPerSecond);

    private static double Seconds(long ticks) => ticks / (double)TimeSpan.TicksPerSecond;
}
