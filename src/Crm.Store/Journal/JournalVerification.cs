using Crm.Plant.Ports;
using Microsoft.Data.Sqlite;

namespace Crm.Store.Journal;

/// <param name="Entries">How many entries are in order from the start.</param>
/// <param name="Problem">The first thing that is wrong; null when the record is untouched.</param>
public sealed record VerificationResult(long Entries, JournalHead Head, string? Problem)
{
    public bool IsUntouched => Problem is null;
}

/// <summary>Proof that a journal is as it was written.</summary>
public static class JournalVerification
{
    /// <param name="expected">Head kept elsewhere; without it, entries cut off the end leave no trace in the file.</param>
    /// <exception cref="JournalFaultException">There is no journal at the path, or it cannot be opened at all.</exception>
    public static VerificationResult Verify(string path, JournalHead? expected = null)
    {
        if (!File.Exists(path)) throw new JournalFaultException($"{path}: no such journal");
        using var connection = SqliteFile.Open(path, SqliteJournal.Migrations, Durability.Full);
        var head = new JournalHead(0, Hex(JournalChain.Root.AsSpan()));
        try
        {
            string? problem = Walk(connection, expected, ref head);
            return new(head.Sequence, head, problem);
        }
        catch (SqliteException failure) when (DiskFault.Is(failure))
        {
            throw new JournalFaultException($"{path}: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is SqliteException or InvalidCastException or InvalidOperationException or JournalFaultException)
        {
            return new(head.Sequence, head, $"the file cannot be read after entry {head.Sequence}: {failure.Message}");
        }
    }

    private static string? Walk(SqliteConnection connection, JournalHead? expected, ref JournalHead head)
    {
        var previous = JournalChain.Root;
        bool passedExpected = expected is null || expected.Sequence == 0;
        foreach (var (row, found) in JournalReader.Rows(connection))
        {
            if (row.Sequence != head.Sequence + 1) return $"entry {head.Sequence + 1} is missing or moved (found {row.Sequence} in its place)";
            var hash = JournalChain.Next(previous.AsSpan(), row);
            if (!hash.AsSpan().SequenceEqual(found)) return $"entry {row.Sequence} was changed, or put in after the fact";
            previous = hash;
            head = new(row.Sequence, Hex(hash.AsSpan()));
            if (expected is not null && row.Sequence == expected.Sequence)
            {
                passedExpected = true;
                if (head.Hash != expected.Hash) return $"entry {row.Sequence} does not have the hash that was kept elsewhere: the journal was rewritten";
            }
        }

        return passedExpected ? null : $"the journal ends at entry {head.Sequence}, but entry {expected!.Sequence} was on record: its end was cut off";
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
