using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Crm.Plant.Ports;
using Crm.Plant.Records;
using Microsoft.Data.Sqlite;

namespace Crm.Store.Journal;

/// <summary>
/// The journal in one SQLite file: write-ahead log, every commit forced to the disk. Rows are numbered and chained by hash, and the
/// file itself refuses to change or delete them (SEC-16). One writer; not thread-safe.
/// </summary>
public sealed class SqliteJournal : IJournal, IDisposable
{
    /// <summary>Version 1 to the newest; a released one is never edited.</summary>
    internal static readonly ImmutableArray<string> Migrations =
    [
        """
        CREATE TABLE events (
            sequence INTEGER PRIMARY KEY, at_ticks INTEGER NOT NULL, scan INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
            text TEXT NOT NULL, cause TEXT NOT NULL, data TEXT NOT NULL, hash BLOB NOT NULL)
        """,
        """
        ALTER TABLE events ADD COLUMN stamp TEXT NOT NULL DEFAULT '';
        CREATE INDEX events_by_subject ON events (subject, sequence);
        CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'the journal is not changed'); END;
        CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events BEGIN SELECT raise(ABORT, 'the journal is not deleted from'); END
        """,
        """
        ALTER TABLE events ADD COLUMN batch TEXT NOT NULL DEFAULT '';
        CREATE INDEX events_by_batch ON events (batch, sequence)
        """,
    ];

    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;
    private readonly TimeProvider? clock;
    private WriteTransaction? open;
    private (long Sequence, ImmutableArray<byte> Hash) appended;
    private (long Sequence, ImmutableArray<byte> Hash) committed;

    private SqliteJournal(SqliteConnection connection, TimeProvider? clock)
    {
        this.connection = connection;
        this.clock = clock;
        insert = Insert(connection);
        appended = committed = Last(connection);
    }

    /// <summary>Opens or makes a journal; whatever a crash left uncommitted is gone, whatever was committed is there.</summary>
    /// <param name="clock">Gives the UTC stamps; null writes none, so that the same seed gives the same chain.</param>
    /// <exception cref="JournalFaultException">Cannot be opened, cannot be written durably, or is of a newer schema.</exception>
    public static SqliteJournal Open(string path, TimeProvider? clock = null)
    {
        var connection = SqliteFile.Open(path, Migrations, Durability.Full);
        try
        {
            return new SqliteJournal(connection, clock);
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            throw new JournalFaultException($"{path}: cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>How long commits take.</summary>
    public CommitMeter Commits { get; } = new();

    /// <summary>Last durable entry; sequence 0 when there is none.</summary>
    public JournalHead Head => new(committed.Sequence, Convert.ToHexStringLower(committed.Hash.AsSpan()));

    public void Append(BatchEvent happened) => Guarded(() =>
    {
        open ??= new WriteTransaction(connection);
        string stamp = clock?.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "";
        var row = new JournalRow(
            appended.Sequence + 1, stamp, happened.At.Ticks, happened.Scan, happened.Kind.ToString(), happened.Subject, happened.Text, happened.Cause,
            EventText.Write(happened.Data), happened.Batch);
        var hash = JournalChain.Next(appended.Hash.AsSpan(), row);
        object[] values = [row.Sequence, row.Stamp, row.Ticks, row.Scan, row.Kind, row.Subject, row.Text, row.Cause, row.Data, row.Batch, hash.ToArray()];
        for (int i = 0; i < values.Length; i++) insert.Parameters[i].Value = values[i];
        insert.ExecuteNonQuery();
        appended = (row.Sequence, hash);
    });

    public void Commit() => Guarded(() =>
    {
        if (open is null) return;
        long begin = Stopwatch.GetTimestamp();
        open.Commit();
        open.Dispose();
        open = null;
        Commits.Committed(Stopwatch.GetTimestamp() - begin, appended.Sequence - committed.Sequence);
        committed = appended;
    });

    /// <summary>Durable entries of a journal that somebody else may be writing.</summary>
    /// <param name="after">Entries with a greater number.</param>
    /// <param name="to">And up to this one.</param>
    /// <exception cref="JournalFaultException">Cannot be read, or was written by another version.</exception>
    public static IEnumerable<JournalEntry> Read(string path, long after, long to)
    {
        using var connection = SqliteFile.Open(path, Migrations, Durability.Full);
        foreach (var entry in JournalReader.Entries(connection, after, to)) yield return entry;
    }

    /// <summary>Number of the last durable entry; 0 when there is none.</summary>
    /// <exception cref="JournalFaultException">Cannot be read.</exception>
    public static long LastOf(string path)
    {
        using var connection = SqliteFile.Open(path, Migrations, Durability.Full);
        return SqliteFile.Scalar(connection, "SELECT max(sequence) FROM events") is long last ? last : 0;
    }

    /// <summary>Every durable entry in order.</summary>
    public IEnumerable<JournalEntry> Entries() => JournalReader.Entries(connection);

    public void Dispose()
    {
        insert.Dispose();
        open?.Dispose();
        connection.Dispose();
    }

    /// <summary>A failed write leaves nothing half done: the transaction is taken back, and the next append starts from the last durable entry.</summary>
    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (SqliteException failure)
        {
            TakeBack();
            Commits.Failed();
            throw new JournalFaultException(DiskFault.Words(connection.DataSource, failure), failure);
        }
    }

    private void TakeBack()
    {
        open?.Dispose();
        open = null;
        appended = committed;
    }

    private static SqliteCommand Insert(SqliteConnection connection)
    {
        string[] columns = ["sequence", "stamp", "at_ticks", "scan", "kind", "subject", "text", "cause", "data", "batch", "hash"];
        var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO events ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(c => "$" + c))})";
        foreach (string column in columns) command.Parameters.Add(new SqliteParameter("$" + column, null));
        command.Prepare();
        return command;
    }

    private static (long, ImmutableArray<byte>) Last(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sequence, hash FROM events ORDER BY sequence DESC LIMIT 1";
        using var row = command.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), [.. row.GetFieldValue<byte[]>(1)]) : (0, JournalChain.Root);
    }
}
