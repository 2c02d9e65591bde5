using Crm.Plant.Ports;
using Crm.Store.Journal;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Crm.Store.Tests.Journal;

public sealed class SqliteJournalTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_committed_is_read_back_in_order()
    {
        using (var journal = SqliteJournal.Open(folder["j.db"]))
        {
            Events.Append(journal, 0, 5);
            journal.Commit();
            Events.Append(journal, 5, 5);
            journal.Commit();
        }

        using var again = SqliteJournal.Open(folder["j.db"]);
        Events.AssertSame(Enumerable.Range(0, 10).Select(Events.Number), again.Entries());
        Assert.Equal(10, again.Head.Sequence);
    }

    [Fact]
    public void REL_06_write_ahead_log_and_full_synchronisation_are_in_force()
    {
        using var connection = SqliteFile.Open(folder["j.db"], SqliteJournal.Migrations, Durability.Full);
        Assert.Equal("wal", SqliteFile.Scalar(connection, "PRAGMA journal_mode"));
        Assert.Equal(2L, SqliteFile.Scalar(connection, "PRAGMA synchronous"));
    }

    [Fact]
    public void On_Linux_the_distributions_library_is_used()
    {
        if (!OperatingSystem.IsLinux() || !System.Runtime.InteropServices.NativeLibrary.TryLoad("libsqlite3.so.0", out _)) Assert.Skip("no libsqlite3.so.0 here: the bundle is used");
        using var journal = SqliteJournal.Open(folder["j.db"]);
        string maps = File.ReadAllText("/proc/self/maps");
        Assert.Contains("libsqlite3.so.0", maps, StringComparison.Ordinal);
        Assert.DoesNotContain("e_sqlite3.so", maps, StringComparison.Ordinal);
    }

    /// <summary>REL-05, S88-24: what the disk holds at any instant between append and commit is opened as after a kill.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(400)]
    public void A_kill_between_append_and_commit_loses_nothing_acknowledged(int uncommitted)
    {
        using var journal = SqliteJournal.Open(folder["j.db"]);
        Events.Append(journal, 0, 20);
        journal.Commit();
        var acknowledged = journal.Head;
        Events.Append(journal, 20, uncommitted);
        CopyAsTheDiskHoldsIt("j.db", "killed.db");

        using (var recovered = SqliteJournal.Open(folder["killed.db"]))
        {
            Events.AssertSame(Enumerable.Range(0, 20).Select(Events.Number), recovered.Entries());
            Assert.Equal(acknowledged, recovered.Head);
            Events.Append(recovered, 20, 3);
            recovered.Commit();
        }

        var verified = JournalVerification.Verify(folder["killed.db"], acknowledged);
        Assert.True(verified.IsUntouched, verified.Problem);
        Assert.Equal(23, verified.Entries);
    }

    /// <summary>REL-05: the log torn at any byte (power lost in the middle of a write) leaves whole transactions only.</summary>
    [Fact]
    public void A_log_torn_anywhere_leaves_a_sound_prefix()
    {
        using var journal = SqliteJournal.Open(folder["j.db"]);
        for (int i = 0; i < 12; i++)
        {
            Events.Append(journal, i * 2, 2);
            journal.Commit();
        }

        byte[] log = ReadShared(folder["j.db-wal"]);
        for (int length = 0; length < log.Length; length += 997)
        {
            File.WriteAllBytes(folder["torn.db"], ReadShared(folder["j.db"]));
            File.WriteAllBytes(folder["torn.db-wal"], log[..length]);
            using (var recovered = SqliteJournal.Open(folder["torn.db"])) Assert.Equal(0, recovered.Head.Sequence % 2);
            Assert.True(JournalVerification.Verify(folder["torn.db"]).IsUntouched, $"torn at byte {length}");
            foreach (string suffix in (string[])["", "-wal", "-shm"]) File.Delete(folder["torn.db" + suffix]);
        }
    }

    [Fact]
    public void A_commit_that_cannot_be_written_is_a_fault_and_leaves_the_journal_as_it_was()
    {
        using var journal = SqliteJournal.Open(folder["j.db"]);
        Events.Append(journal, 0, 2);
        journal.Commit();
        using (var other = new SqliteConnection($"Data Source={folder["j.db"]};Pooling=False"))
        {
            other.Open();
            SqliteFile.Execute(other, "BEGIN IMMEDIATE");
            Assert.Throws<JournalFaultException>(() => journal.Append(Events.Number(2)));
        }

        Events.Append(journal, 2, 1);
        journal.Commit();
        Events.AssertSame(Enumerable.Range(0, 3).Select(Events.Number), journal.Entries());
    }

    [Fact]
    public void The_same_events_give_the_same_chain_and_stamps_do_not_depend_on_culture()
    {
        JournalHead Run(string name)
        {
            using var journal = SqliteJournal.Open(folder[name]);
            Events.Append(journal, 0, 30);
            journal.Commit();
            return journal.Head;
        }

        Assert.Equal(Run("a.db"), Run("b.db"));
        using var stamped = SqliteJournal.Open(folder["c.db"], new FixedClock());
        stamped.Append(Events.Number(1));
        stamped.Commit();
        Assert.Equal("2026-11-20T10:00:00.0000000Z", stamped.Entries().Single().Stamp);
    }

    [Fact]
    public void A_journal_of_schema_1_is_brought_up_and_still_verifies()
    {
        using (var old = SqliteFile.Open(folder["j.db"], SqliteJournal.Migrations[..1], Durability.Full))
        {
            var row = new JournalRow(1, "", 5, 1, "Note", "s", "t", "c", "{}", "");
            using var command = old.CreateCommand();
            command.CommandText = "INSERT INTO events VALUES (1, 5, 1, 'Note', 's', 't', 'c', '{}', $hash)";
            command.Parameters.AddWithValue("$hash", JournalChain.Next(JournalChain.Root.AsSpan(), row).ToArray());
            command.ExecuteNonQuery();
        }

        using (var journal = SqliteJournal.Open(folder["j.db"]))
        {
            journal.Append(Events.Number(1));
            journal.Commit();
        }

        var verified = JournalVerification.Verify(folder["j.db"]);
        Assert.True(verified.IsUntouched, verified.Problem);
        Assert.Equal(2, verified.Entries);
    }

    [Fact]
    public void A_migration_that_fails_leaves_the_schema_as_it_was()
    {
        Assert.Throws<JournalFaultException>(() => SqliteFile.Open(folder["j.db"], ["CREATE TABLE a (x)", "CREATE TABLE b (x); CREATE TABLE a (x)"], Durability.Full));
        using var connection = SqliteFile.Open(folder["j.db"], ["CREATE TABLE a (x)"], Durability.Full);
        Assert.Equal(1L, SqliteFile.Scalar(connection, "SELECT max(version) FROM schema_version"));
        Assert.Equal(0L, SqliteFile.Scalar(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'b'"));
    }

    [Fact]
    public void A_newer_schema_is_refused()
    {
        using (var connection = SqliteFile.Open(folder["j.db"], SqliteJournal.Migrations, Durability.Full))
            SqliteFile.Execute(connection, "INSERT INTO schema_version VALUES (99)");
        Assert.Contains("newer than this build knows", Assert.Throws<JournalFaultException>(() => SqliteJournal.Open(folder["j.db"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no database at all, but long enough to look like one, so that it is read as a header of one hundred bytes and more ................")]
    public void A_file_that_is_no_journal_is_refused(string content)
    {
        File.WriteAllText(folder["j.db"], content);
        Assert.Throws<JournalFaultException>(() => SqliteJournal.Open(folder["j.db"]));
        Assert.Throws<JournalFaultException>(() => JournalVerification.Verify(folder["missing.db"]));
    }

    private void CopyAsTheDiskHoldsIt(string from, string to)
    {
        foreach (string suffix in (string[])["", "-wal"])
            if (File.Exists(folder[from + suffix])) File.WriteAllBytes(folder[to + suffix], ReadShared(folder[from + suffix]));
    }

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
    }
}
