using System.Globalization;
using Crm.Plant.Ports;
using Microsoft.Data.Sqlite;

namespace Crm.Store.History;

/// <summary>How much history a file keeps.</summary>
/// <param name="Age">In the file's own time: what is older goes.</param>
/// <param name="Bytes">Of the file; the oldest goes until it fits.</param>
public sealed record HistoryLimits(TimeSpan Age, long Bytes)
{
    /// <summary>A quarter of a year, and what the card of a rig box can spare.</summary>
    public static HistoryLimits Usual { get; } = new(TimeSpan.FromDays(90), 2_000_000_000);
}

/// <summary>The end of history: the oldest blocks first. What is freed is written anew, so that the file stays at its size.</summary>
public sealed partial class SqliteHistory
{
    /// <summary>Blocks of one step: a step takes milliseconds.</summary>
    private const int Step = 256;

    /// <summary>Time of the newest sample of this writer; the smallest number there is before the first.</summary>
    private long newest = long.MinValue;

    /// <summary>Takes out the oldest where there is too much, a little at a time.</summary>
    /// <returns>Whether there is more to take out.</returns>
    /// <exception cref="JournalFaultException">Not done; the file is sound.</exception>
    public bool Trim(HistoryLimits limits)
    {
        try
        {
            if (newest == long.MinValue) return false;
            long before = newest - limits.Age.Ticks, used = Used();
            // Blocks lie in the order in which they were filled, so that their numbers are those of their ends.
            long? end = Last(used > limits.Bytes ? newest : before, Step);
            if (end is null && !HasRows(before)) return false;
            long gone = end ?? before;
            using (var transaction = new WriteTransaction(connection))
            {
                Run("DELETE FROM blocks WHERE rowid IN (SELECT rowid FROM blocks ORDER BY rowid LIMIT $step) AND end_ticks <= $gone", ("$step", Step), ("$gone", gone));
                foreach (int number in numbers) Run("DELETE FROM samples WHERE tag = $tag AND at_ticks <= $gone", ("$tag", number), ("$gone", gone));
                // A controller whose time is wholly gone is forgotten; the one that was in charge then begins where history does.
                Run("DELETE FROM stretches WHERE begin_ticks < (SELECT max(begin_ticks) FROM stretches WHERE begin_ticks <= $gone)", ("$gone", gone));
                Run("UPDATE stretches SET begin_ticks = $gone WHERE begin_ticks < $gone", ("$gone", gone));
                transaction.Commit();
            }

            rows = null;
            return end is not null;
        }
        catch (SqliteException failure)
        {
            throw new JournalFaultException(DiskFault.Words(connection.DataSource, failure), failure);
        }
    }

    /// <summary>Bytes of the file that hold something.</summary>
    private long Used() => (Number("PRAGMA page_count") - Number("PRAGMA freelist_count")) * Number("PRAGMA page_size");

    /// <summary>End of the last of the oldest blocks that end by then; null when none does.</summary>
    private long? Last(long before, int most)
    {
        using var command = Command("SELECT max(end_ticks) FROM (SELECT end_ticks FROM blocks ORDER BY rowid LIMIT $most) WHERE end_ticks <= $before", ("$most", most), ("$before", before));
        return command.ExecuteScalar() is long end ? end : null;
    }

    private bool HasRows(long before)
    {
        using var command = Command("SELECT 1 FROM samples WHERE at_ticks <= $before LIMIT 1", ("$before", before));
        return command.ExecuteScalar() is not null;
    }

    private void Run(string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Command(text, values);
        command.ExecuteNonQuery();
    }

    private long Number(string statement) => Convert.ToInt64(SqliteFile.Scalar(connection, statement), CultureInfo.InvariantCulture);
}
