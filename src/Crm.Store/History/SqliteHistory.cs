using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Microsoft.Data.Sqlite;

namespace Crm.Store.History;

/// <summary>
/// Long-term history in a file of its own, written in batches. After a power cut the last batches may be missing, never the soundness of
/// the file (REL-06). Samples begin as rows; a few hundred of a channel become a block with its summary, so that a day at full rate is
/// folded in a moment. The file has a time of its own that never goes back: plant time of this controller and <see cref="Base"/>.
/// One writer; not thread-safe.
/// </summary>
public sealed partial class SqliteHistory : IHistorySink, IDisposable
{
    private const int BatchSize = 4096;

    /// <summary>Between two controllers at least this much is left open.</summary>
    private static readonly TimeSpan LeastAway = TimeSpan.FromSeconds(1);

    internal static readonly ImmutableArray<string> Migrations =
    [
        """
        CREATE TABLE tags (tag INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, unit TEXT NOT NULL);
        CREATE TABLE samples (tag INTEGER NOT NULL, at_ticks INTEGER NOT NULL, value REAL, quality INTEGER NOT NULL, reason INTEGER NOT NULL,
            PRIMARY KEY (tag, at_ticks)) WITHOUT ROWID
        """,
        """
        CREATE TABLE blocks (tag INTEGER NOT NULL, begin_ticks INTEGER NOT NULL, end_ticks INTEGER NOT NULL, first REAL, low REAL, high REAL, last REAL, data BLOB NOT NULL);
        CREATE UNIQUE INDEX blocks_by_time ON blocks (tag, begin_ticks);
        CREATE TABLE stretches (stretch INTEGER PRIMARY KEY, base_ticks INTEGER NOT NULL, begin_ticks INTEGER NOT NULL, begun TEXT NOT NULL, seen TEXT NOT NULL)
        """,
    ];

    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;
    private readonly List<(int Channel, StoredSample Sample)> waiting = new(BatchSize);
    private readonly int[] numbers;
    private List<StoredSample>[]? rows;
    private long stretch;

    private SqliteHistory(SqliteConnection connection, RigDefinition rig)
    {
        this.connection = connection;
        numbers = [.. HistoryChannel.Of(rig).Select(Number)];
        insert = connection.CreateCommand();
        insert.CommandText = "INSERT OR REPLACE INTO samples (tag, at_ticks, value, quality, reason) VALUES ($tag, $at, $value, $quality, $reason)";
        foreach (string name in (string[])["$tag", "$at", "$value", "$quality", "$reason"]) insert.Parameters.Add(new SqliteParameter(name, null));
    }

    /// <summary>The file's time at plant time zero of this controller.</summary>
    public TimeSpan Base { get; private set; }

    /// <summary>Number of each channel in the file.</summary>
    internal IReadOnlyList<int> Numbers => numbers;

    /// <exception cref="JournalFaultException">Cannot be opened, or of a newer schema.</exception>
    public static SqliteHistory Open(string path, RigDefinition rig)
    {
        var connection = SqliteFile.Open(path, Migrations, Durability.Normal);
        try
        {
            return new SqliteHistory(connection, rig);
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            throw new JournalFaultException($"{path}: cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>
    /// A controller begins. What was before stays before it, apart by the time nobody was in charge, and every channel has a gap there.
    /// </summary>
    /// <param name="now">Plant time it begins at.</param>
    /// <param name="goesOn">Its plant time is that of the controller before, gone on.</param>
    /// <param name="utc">The machine's clock.</param>
    public void Begin(TimeSpan now, bool goesOn, DateTimeOffset utc)
    {
        long newest = Newest();
        long begins = now.Ticks;
        if (newest != long.MinValue)
        {
            var (lastBase, seen) = LastStretch();
            var away = seen is { } last && utc > last ? utc - last : TimeSpan.Zero;
            begins = goesOn && now.Ticks + lastBase > newest ? now.Ticks + lastBase : newest + Math.Max(away.Ticks, LeastAway.Ticks);
            foreach (int number in numbers) Leave(number, newest + 1);
        }

        Base = new TimeSpan(begins - now.Ticks);
        using var command = Command(
            "INSERT INTO stretches (base_ticks, begin_ticks, begun, seen) VALUES ($base, $begin, $utc, $utc) RETURNING stretch",
            ("$base", Base.Ticks), ("$begin", begins), ("$utc", Text(utc)));
        stretch = Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        rows = null;
    }

    public void Keep(TimeSpan at, int tag, in Reading reading)
    {
        Keep(tag, StoredSample.Of(at.Ticks + Base.Ticks, in reading));
        if (waiting.Count >= BatchSize) Flush();
    }

    /// <exception cref="JournalFaultException">Not written; the samples of the batch are lost, the file is sound.</exception>
    public void Flush()
    {
        if (waiting.Count > 0) Write(null);
    }

    internal void Keep(int channel, in StoredSample sample) => waiting.Add((channel, sample));

    /// <param name="utc">When these were the newest.</param>
    /// <exception cref="JournalFaultException">Not written; the samples of the batch are lost, the file is sound.</exception>
    internal void Write(DateTimeOffset? utc)
    {
        try
        {
            rows ??= Rows();
            using var transaction = new WriteTransaction(connection);
            foreach (var (channel, sample) in waiting) Insert(channel, in sample);
            foreach (int channel in waiting.Select(w => w.Channel).Distinct()) Pack(channel);
            if (utc is { } now && stretch > 0)
            {
                using var seen = Command("UPDATE stretches SET seen = $utc WHERE stretch = $stretch", ("$utc", Text(now)), ("$stretch", stretch));
                seen.ExecuteNonQuery();
            }

            transaction.Commit();
        }
        catch (SqliteException failure)
        {
            rows = null;
            throw new JournalFaultException(DiskFault.Words(connection.DataSource, failure), failure);
        }
        finally
        {
            waiting.Clear();
        }
    }

    public void Dispose()
    {
        try
        {
            Flush();
        }
        finally
        {
            insert.Dispose();
            connection.Dispose();
        }
    }

    private void Insert(int channel, in StoredSample sample)
    {
        insert.Parameters[0].Value = numbers[channel];
        insert.Parameters[1].Value = sample.At;
        insert.Parameters[2].Value = double.IsNaN(sample.Value) ? DBNull.Value : sample.Value;
        insert.Parameters[3].Value = sample.Quality;
        insert.Parameters[4].Value = sample.Reason;
        insert.ExecuteNonQuery();
        newest = Math.Max(newest, sample.At);
        var own = rows![channel];
        if (own.Count > 0 && own[^1].At == sample.At) own[^1] = sample;
        else own.Add(sample);
    }

    /// <summary>Rows of a channel become a block when they are enough for one, or too far apart for more.</summary>
    private void Pack(int channel)
    {
        var own = rows![channel];
        while (own.Count >= HistoryBlock.Size)
        {
            int count = own.FindIndex(s => s.At - own[0].At >= HistoryBlock.Longest) is > 0 and var far ? Math.Min(far, HistoryBlock.Size) : HistoryBlock.Size;
            var samples = own.GetRange(0, count).ToArray();
            var (first, low, high) = HistoryBlock.Extremes(samples);
            using var block = Command(
                "INSERT INTO blocks (tag, begin_ticks, end_ticks, first, low, high, last, data) VALUES ($tag, $begin, $end, $first, $low, $high, $last, $data)",
                ("$tag", numbers[channel]), ("$begin", samples[0].At), ("$end", samples[^1].At), ("$first", Value(first)), ("$low", Value(low)), ("$high", Value(high)),
                ("$last", Value(samples[^1].Value)), ("$data", HistoryBlock.Write(samples)));
            block.ExecuteNonQuery();
            using var packed = Command("DELETE FROM samples WHERE tag = $tag AND at_ticks <= $end", ("$tag", numbers[channel]), ("$end", samples[^1].At));
            packed.ExecuteNonQuery();
            own.RemoveRange(0, count);
        }
    }

    /// <summary>Samples of each channel that are not in a block yet.</summary>
    private List<StoredSample>[] Rows()
    {
        List<StoredSample>[] found = [.. numbers.Select(_ => new List<StoredSample>())];
        var channels = numbers.Select((number, channel) => (number, channel)).ToDictionary(n => n.number, n => n.channel);
        using var command = Command("SELECT tag, at_ticks, value, quality, reason FROM samples ORDER BY tag, at_ticks");
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            if (!channels.TryGetValue(row.GetInt32(0), out int channel)) continue;
            found[channel].Add(new(row.GetInt64(1), row.IsDBNull(2) ? double.NaN : row.GetDouble(2), (byte)((row.GetInt32(3) << 6) | (row.GetInt32(4) & 0x3F))));
        }

        return found;
    }

    /// <summary>Time of the newest sample of any channel; the smallest number there is when there is none.</summary>
    private long Newest()
    {
        using var command = Command("SELECT max(coalesce((SELECT max(at_ticks) FROM samples), $none), coalesce((SELECT max(end_ticks) FROM blocks), $none))", ("$none", long.MinValue));
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private (long Base, DateTimeOffset? Seen) LastStretch()
    {
        using var command = Command("SELECT base_ticks, seen FROM stretches ORDER BY stretch DESC LIMIT 1");
        using var row = command.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), DateTimeOffset.Parse(row.GetString(1), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)) : (0, null);
    }

    /// <summary>Nobody was in charge from here on: a gap begins.</summary>
    private void Leave(int number, long at)
    {
        using var command = Command(
            "INSERT OR IGNORE INTO samples (tag, at_ticks, value, quality, reason) VALUES ($tag, $at, NULL, $bad, $why)",
            ("$tag", number), ("$at", at), ("$bad", (int)Quality.Bad), ("$why", (int)Reason.NeverRead));
        command.ExecuteNonQuery();
    }

    /// <summary>A channel keeps its number in the file when the rig file changes.</summary>
    private int Number(HistoryChannel channel)
    {
        using var command = Command(
            "INSERT INTO tags (name, unit) VALUES ($name, $unit) ON CONFLICT (name) DO UPDATE SET unit = excluded.unit RETURNING tag", ("$name", channel.Name), ("$unit", channel.Unit));
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private SqliteCommand Command(string text, params ReadOnlySpan<(string Name, object Value)> values) => SqliteFile.Command(connection, text, values);

    private static object Value(double number) => double.IsNaN(number) ? DBNull.Value : number;

    private static string Text(DateTimeOffset utc) => utc.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
