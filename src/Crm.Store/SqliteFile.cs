using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Ports;
using Microsoft.Data.Sqlite;

namespace Crm.Store;

/// <summary>How much of what was committed may be lost when the power goes.</summary>
internal enum Durability
{
    /// <summary>Nothing: for journals (REL-06).</summary>
    Full,

    /// <summary>The last transactions, but the file stays sound: for trends.</summary>
    Normal,
}

/// <summary>Opens a database file, asserts how it writes and brings its schema up to date.</summary>
internal static class SqliteFile
{
    /// <summary>s. How long another process may hold the file before a write counts as failed; the plant does not wait for longer.</summary>
    private const int LongestWait = 1;

    /// <param name="migrations">Statement sets from version 0 to 1, 1 to 2, …; each runs in a transaction of its own with its version.</param>
    /// <exception cref="JournalFaultException">The file cannot be opened, is damaged, or is of a newer schema than this build knows.</exception>
    public static SqliteConnection Open(string path, ImmutableArray<string> migrations, Durability durability)
    {
        SqliteLibrary.Ensure();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = LongestWait }.ToString());
        try
        {
            connection.Open();
            AssertWriting(connection, durability);
            Migrate(connection, path, migrations);
            return connection;
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            throw new JournalFaultException($"{path}: cannot be opened as a record: {failure.Message}", failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static object? Scalar(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        return command.ExecuteScalar();
    }

    public static void Execute(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    public static SqliteCommand Command(SqliteConnection connection, string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command;
    }

    private static void AssertWriting(SqliteConnection connection, Durability durability)
    {
        string mode = Text(Scalar(connection, "PRAGMA journal_mode = WAL"));
        Execute(connection, $"PRAGMA synchronous = {(durability == Durability.Full ? "FULL" : "NORMAL")}");
        string synchronous = Text(Scalar(connection, "PRAGMA synchronous"));
        string wanted = durability == Durability.Full ? "2" : "1";
        if (mode != "wal" || synchronous != wanted)
            throw new JournalFaultException($"{connection.DataSource}: wanted journal_mode wal and synchronous {wanted}, got {mode} and {synchronous}");
    }

    private static void Migrate(SqliteConnection connection, string path, ImmutableArray<string> migrations)
    {
        Execute(connection, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY) WITHOUT ROWID");
        long version = Version(connection);
        if (version > migrations.Length)
            throw new JournalFaultException($"{path}: schema {version} is newer than this build knows ({migrations.Length}); use the build that wrote it, or a later one");
        for (; version < migrations.Length; version++) Step(connection, migrations[(int)version], version + 1);
    }

    private static void Step(SqliteConnection connection, string statements, long version)
    {
        using var transaction = new WriteTransaction(connection);
        using var command = connection.CreateCommand();
        command.CommandText = statements + $";INSERT INTO schema_version (version) VALUES ({version.ToString(CultureInfo.InvariantCulture)})";
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    private static long Version(SqliteConnection connection) => (long)Scalar(connection, "SELECT coalesce(max(version), 0) FROM schema_version")!;

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
