using Crm.Store.Journal;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Crm.Store.Tests.Journal;

/// <summary>M9, SEC-16: no edit of the record goes unseen.</summary>
public sealed class JournalVerificationTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("UPDATE events SET text = text || ' ' WHERE sequence = 4", "entry 4 was changed")]
    [InlineData("UPDATE events SET at_ticks = at_ticks + 1 WHERE sequence = 1", "entry 1 was changed")]
    [InlineData("UPDATE events SET scan = scan + 1 WHERE sequence = 9", "entry 9 was changed")]
    [InlineData("UPDATE events SET kind = 'Note' WHERE sequence = 2", "entry 2 was changed")]
    [InlineData("UPDATE events SET kind = '1' WHERE sequence = 2", "entry 2 was changed")]
    [InlineData("UPDATE events SET subject = 'leach/' || subject WHERE sequence = 2", "entry 2 was changed")]
    [InlineData("UPDATE events SET cause = 'nobody' WHERE sequence = 10", "entry 10 was changed")]
    [InlineData("UPDATE events SET data = '{ }' WHERE sequence = 1", "entry 1 was changed")]
    [InlineData("UPDATE events SET stamp = '2026' WHERE sequence = 3", "entry 3 was changed")]
    [InlineData("UPDATE events SET batch = 'B9' WHERE sequence = 3", "entry 3 was changed")]
    [InlineData("UPDATE events SET hash = zeroblob(32) WHERE sequence = 3", "entry 3 was changed")]
    [InlineData("UPDATE events SET hash = NULL WHERE sequence = 3", "")]
    [InlineData("DELETE FROM events WHERE sequence = 5", "entry 5 is missing")]
    [InlineData("DELETE FROM events WHERE sequence = 1", "entry 1 is missing")]
    [InlineData("DELETE FROM events WHERE sequence = 5; UPDATE events SET sequence = sequence - 1 WHERE sequence > 5", "entry 5 was changed")]
    [InlineData("UPDATE events SET sequence = -1 WHERE sequence = 3; UPDATE events SET sequence = 3 WHERE sequence = 4; UPDATE events SET sequence = 4 WHERE sequence = -1", "entry 3 was changed")]
    [InlineData("INSERT INTO events SELECT 11, at_ticks, scan, kind, subject, text, cause, data, hash, stamp, batch FROM events WHERE sequence = 10", "entry 11 was changed, or put in")]
    public void An_edit_is_found(string edit, string problem)
    {
        Write(10);
        try
        {
            Edit("DROP TRIGGER events_are_not_changed; DROP TRIGGER events_are_not_deleted; " + edit);
        }
        catch (SqliteException refused) when (problem.Length == 0)
        {
            Assert.Contains("NOT NULL", refused.Message, StringComparison.Ordinal);
            return;
        }

        var result = JournalVerification.Verify(folder["j.db"]);
        Assert.False(result.IsUntouched);
        Assert.Contains(problem, result.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE events SET text = 'x' WHERE sequence = 1")]
    [InlineData("DELETE FROM events WHERE sequence = 10")]
    public void The_file_itself_refuses_change_and_deletion(string edit)
    {
        Write(10);
        Assert.Contains("the journal is not", Assert.Throws<SqliteException>(() => Edit(edit)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_cut_off_is_found_with_the_head_kept_elsewhere()
    {
        var head = Write(10);
        Edit("DROP TRIGGER events_are_not_deleted; DELETE FROM events WHERE sequence > 7");
        Assert.True(JournalVerification.Verify(folder["j.db"]).IsUntouched);
        Assert.Contains("its end was cut off", JournalVerification.Verify(folder["j.db"], head).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_written_anew_is_found_with_the_head_kept_elsewhere()
    {
        var head = Write(10);
        File.Delete(folder["j.db"]);
        using (var forged = SqliteJournal.Open(folder["j.db"]))
        {
            Events.Append(forged, 5, 12);
            forged.Commit();
        }

        Assert.Contains("rewritten", JournalVerification.Verify(folder["j.db"], head).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_longer_journal_still_passes_its_old_head()
    {
        var head = Write(10);
        using (var journal = SqliteJournal.Open(folder["j.db"]))
        {
            Events.Append(journal, 10, 2);
            journal.Commit();
        }

        Assert.Equal((12L, true), (JournalVerification.Verify(folder["j.db"], head).Entries, JournalVerification.Verify(folder["j.db"], head).IsUntouched));
    }

    /// <summary>Single bytes changed anywhere in the file: either it no longer opens, or it is found, or nothing readable has changed.</summary>
    [Fact]
    public void Bytes_changed_in_the_file_never_change_the_record_unseen()
    {
        Write(40);
        using (var journal = SqliteJournal.Open(folder["j.db"])) Assert.Equal(40, journal.Head.Sequence);
        byte[] whole = File.ReadAllBytes(folder["j.db"]);
        const int seed = 20261120;
        var chance = new Random(seed);
        for (int trial = 0; trial < 300; trial++)
        {
            byte[] changed = [.. whole];
            int at = chance.Next(changed.Length);
            changed[at] ^= (byte)(1 << chance.Next(8));
            File.WriteAllBytes(folder["k.db"], changed);
            AssertSeenOrSame(at, seed);
            foreach (string suffix in (string[])["", "-wal", "-shm"]) File.Delete(folder["k.db" + suffix]);
        }
    }

    private void AssertSeenOrSame(int at, int seed)
    {
        try
        {
            if (!JournalVerification.Verify(folder["k.db"]).IsUntouched) return;
            using var journal = SqliteJournal.Open(folder["k.db"]);
            var entries = journal.Entries().ToList();
            Events.AssertSame(Enumerable.Range(0, entries.Count).Select(Events.Number), entries);
            Assert.True(entries.Count == 40, $"seed {seed}: byte {at} cut the record to {entries.Count} unseen");
        }
        catch (Crm.Plant.Ports.JournalFaultException)
        {
            // It does not open: seen.
        }
    }

    private JournalHead Write(int count)
    {
        using var journal = SqliteJournal.Open(folder["j.db"]);
        Events.Append(journal, 0, count);
        journal.Commit();
        return journal.Head;
    }

    private void Edit(string statements)
    {
        using var connection = new SqliteConnection($"Data Source={folder["j.db"]};Pooling=False");
        connection.Open();
        SqliteFile.Execute(connection, statements);
    }
}
