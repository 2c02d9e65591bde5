using System.CommandLine;
using Crm.Host.CommandLine;
using Crm.Plant.Records;
using Crm.Store.Journal;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Crm.Host.Tests.CommandLine;

/// <summary>SEC-15: what a person finds who runs <c>crm verify-log</c> on a data folder after somebody was at its files.</summary>
public sealed class VerifyLogTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("crm-verify-").FullName;
    private readonly JournalHead head;

    public VerifyLogTests()
    {
        using var journal = SqliteJournal.Open(Path.Combine(folder, "rig.journal.db"));
        for (int i = 1; i <= 9; i++)
        {
            journal.Append(new BatchEvent(TimeSpan.FromSeconds(i), i, BatchEventKind.Note, "leach", $"note {i}", "anna", BatchEvent.NoData));
            journal.Commit();
        }

        head = journal.Head;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_whole_record_is_said_to_be_whole_with_its_head()
    {
        var (exit, text) = Verify(folder);
        Assert.Equal(ExitCodes.Good, exit);
        Assert.Contains($"rig.journal.db: whole, 9 entries, head 9:{head.Hash}", text, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Good, Verify(folder, "--head", $"9:{head.Hash}").Exit);
    }

    [Theory]
    [InlineData("UPDATE events SET text = 'another note' WHERE sequence = 4", "entry 4 was changed, or put in after the fact; 3 entries before that are whole")]
    [InlineData("DELETE FROM events WHERE sequence = 6", "entry 6 is missing")]
    [InlineData("INSERT INTO events (sequence, at_ticks, scan, kind, subject, text, cause, data, hash, stamp, batch) SELECT 10, at_ticks, scan, kind, subject, 'put in', cause, data, hash, stamp, batch FROM events WHERE sequence = 9", "entry 10 was changed, or put in after the fact")]
    public void An_edit_a_cut_and_an_insertion_are_found_where_they_are(string edit, string found)
    {
        Edit(edit);
        var (exit, text) = Verify(folder);
        Assert.Equal(ExitCodes.Problems, exit);
        Assert.Contains(found, text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_that_was_cut_off_is_found_by_the_head_kept_elsewhere()
    {
        Edit("DELETE FROM events WHERE sequence > 7");
        Assert.Equal(ExitCodes.Good, Verify(folder).Exit);
        var (exit, text) = Verify(folder, "--head", $"9:{head.Hash}");
        Assert.Equal(ExitCodes.Problems, exit);
        Assert.Contains("its end was cut off", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_journal_is_said_to_be_unreadable()
    {
        File.WriteAllText(Path.Combine(folder, "other.journal.db"), new string('x', 9000));
        var (exit, text) = Verify(folder);
        Assert.Equal(ExitCodes.Problems, exit);
        Assert.Contains("other.journal.db: NOT readable", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData(".", "--head", "9:abc")]
    public void Usage_is_told_apart_from_a_broken_record(params string[] words)
    {
        string[] meant = [.. words.Select(w => w == "." ? folder : w)];
        Assert.Throws<UsageException>(() => { _ = Verify(meant); });
    }

    private void Edit(string statement)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "rig.journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DROP TRIGGER events_are_not_changed; DROP TRIGGER events_are_not_deleted; " + statement;
        command.ExecuteNonQuery();
    }

    private static (int Exit, string Text) Verify(params string[] words)
    {
        var before = Console.Out;
        using var text = new StringWriter();
        Console.SetOut(text);
        try
        {
            return (VerifyLogCommand.Create().Parse(words).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }), text.ToString());
        }
        finally
        {
            Console.SetOut(before);
        }
    }
}
