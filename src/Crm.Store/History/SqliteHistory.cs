using System.Collections.Immutable;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Microsoft.Data.Sqlite;

namespace Crm.Store.History;

/// <summary>
/// Long-term history in a file of its own, written in batches. After a power cut the last batches may be missing, never the soundness of
/// the file (REL-06).
/// </summary>
public sealed class SqliteHistory : IHistorySink, IDisposable
{
    private const int BatchSize = 4096;

    internal static readonly ImmutableArray<string> Migrations =
    [
        """
        CREATE TABLE tags (tag INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, unit TEXT NOT NULL);
        CREATE TABLE samples (tag INTEGER NOT NULL, at_ticks INTEGER NOT NULL, value REAL, quality INTEGER NOT NULL, reason INTEGER NOT NULL,
            PRIMARY KEY (tag, at_ticks)) WITHOUT ROWID
        """,
    ];

    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;
    private readonly List<(long At, int Tag, Reading Reading)> waiting = new(BatchSize);
    private readonly int[] numbers;

    private SqliteHistory(SqliteConnection connection, RigDefinition rig)
    {
        this.connection = connection;
        numbers = [.. HistoryChannel.Of(rig).Select(Number)];
        insert = connection.CreateCommand();
        insert.CommandText = "INSERT OR REPLACE INTO samples (tag, at_ticks, value, quality, reason) VALUES ($tag, $at, $value, $quality, $reason)";
        foreach (string name in (string[])["$tag", "$at", "$value", "$quality", "$reason"]) insert.Parameters.Add(new SqliteParameter(name, null));
    }

    /// <exception cref="JournalFaultException">Cannot be opened, or of a newer schema.</exception>
    public static SqliteHistory Open(string path, RigDefinition rig) => new(SqliteFile.Open(path, Migrations, Durability.Normal), rig);

    public void Keep(TimeSpan at, int tag, in Reading reading)
    {
        waiting.Add((at.Ticks, tag, reading));
        if (waiting.Count >= BatchSize) Flush();
    }

    /// <exception cref="JournalFaultException">Not written; the samples of the batch are lost, the file is sound.</exception>
    public void Flush()
    {
        if (waiting.Count == 0) return;
        try
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var (at, tag, reading) in waiting) Write(at, tag, in reading);
            transaction.Commit();
        }
        catch (SqliteException failure)
        {
            throw new JournalFaultException($"{connection.DataSource}: {failure.Message}", failure);
        }
        finally
        {
            waiting.Clear();
        }
    }

    public void Dispose()
    {
        Flush();
        insert.Dispose();
        connection.Dispose();
    }

    private void Write(long at, int tag, in Reading reading)
    {
        insert.Parameters[0].Value = numbers[tag];
        insert.Parameters[1].Value = at;
        insert.Parameters[2].Value = reading.IsBad ? DBNull.Value : reading.Value;
        insert.Parameters[3].Value = (int)reading.Quality;
        insert.Parameters[4].Value = (int)reading.Reason;
        insert.ExecuteNonQuery();
    }

    /// <summary>A channel keeps its number in the file when the rig file changes.</summary>
    private int Number(HistoryChannel channel)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "INSERT INTO tags (name, unit) VALUES ($name, $unit) ON CONFLICT (name) DO UPDATE SET unit = excluded.unit RETURNING tag";
        command.Parameters.AddWithValue("$name", channel.Name);
        command.Parameters.AddWithValue("$unit", channel.Unit);
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
