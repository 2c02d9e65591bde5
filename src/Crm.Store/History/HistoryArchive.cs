using System.Globalization;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Microsoft.Data.Sqlite;

namespace Crm.Store.History;

/// <summary>The history file of a rig, read beside whoever writes it, or copied away.</summary>
public sealed class HistoryArchive : IDisposable
{
    private readonly HistoryReader reader;
    private readonly HistoryChannel[] channels;
    private readonly SortedDictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<(DateTimeOffset Begun, long Base)> stretches = [];

    private HistoryArchive(string path, RigDefinition rig)
    {
        reader = new HistoryReader(path);
        channels = [.. HistoryChannel.Of(rig)];
        using var connection = SqliteFile.Open(path, SqliteHistory.Migrations, Durability.Normal);
        using (var command = SqliteFile.Command(connection, "SELECT name, tag FROM tags"))
        using (var row = command.ExecuteReader())
            while (row.Read()) numbers[row.GetString(0)] = row.GetInt32(1);
        using (var command = SqliteFile.Command(connection, "SELECT begun, base_ticks FROM stretches ORDER BY stretch"))
        using (var row = command.ExecuteReader())
            while (row.Read()) stretches.Add((DateTimeOffset.Parse(row.GetString(0), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), row.GetInt64(1)));
    }

    /// <exception cref="JournalFaultException">Cannot be read, or of a newer schema.</exception>
    public static HistoryArchive Open(string path, RigDefinition rig)
    {
        if (!File.Exists(path)) throw new JournalFaultException($"{path}: no such history");
        try
        {
            return new HistoryArchive(path, rig);
        }
        catch (SqliteException failure)
        {
            throw new JournalFaultException($"{path}: cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Whether a controller was in charge then, whose plant time the columns are asked by.</summary>
    public bool Knows(DateTimeOffset utc) => stretches.Exists(s => s.Begun <= utc);

    /// <summary>A range of one channel in plant time of the controller that was in charge at a time; without samples where the file does not know the channel.</summary>
    /// <exception cref="JournalFaultException">The file cannot be read.</exception>
    public HistoryColumns Columns(int channel, DateTimeOffset utc, double from, double step, int columns)
    {
        if (!numbers.TryGetValue(channels[channel].Name, out int number) || !Knows(utc)) return HistoryColumns.Of(channels[channel], [], from, step, columns);
        try
        {
            return reader.Columns(channels[channel], number, stretches.FindLast(s => s.Begun <= utc).Base, from, step, columns, []);
        }
        catch (SqliteException failure)
        {
            throw new JournalFaultException(failure.Message, failure);
        }
    }

    public void Dispose() => reader.Dispose();
}
