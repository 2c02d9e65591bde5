using Crm.Host.Service;
using Xunit;

namespace Crm.Host.Tests.Service;

/// <summary>What begins on the twin in mid-batch replaces its own kind; a record that counts is kept, whatever was asked (S88-24).</summary>
public sealed class RehearsalTests : IDisposable
{
    private const string Journal = "a-rig.journal.db", History = "a-rig.history.db", Sign = "a-rig.alive";
    private readonly string folder = Directory.CreateTempSubdirectory("crm-rehearsal-").FullName;
    private readonly StringWriter said = new();

    public void Dispose()
    {
        said.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_record_that_counts_is_kept_whole_under_another_name_and_it_is_said()
    {
        Write(Journal, "batches");
        Write(Journal + "-wal", "the last of them");
        Write(History, "values");
        Write(Sign, "a second ago");
        Write("b-rig.journal.db", "of another rig");
        Begin();

        Assert.Equal(["b-rig.journal.db", "a-rig.rehearsal"], Names().Where(n => !n.Contains(".kept-", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(["a second ago", "batches", "the last of them", "values"], Names().Where(n => n.Contains(".kept-", StringComparison.Ordinal)).Select(Read).Order(StringComparer.Ordinal));
        string kept = Assert.Single(Names(), n => n.StartsWith(Journal + ".kept-", StringComparison.Ordinal) && !n.EndsWith("-wal", StringComparison.Ordinal));
        Assert.Contains($"it is kept as {Path.Combine(folder, kept)}, and a new one begins", said.ToString(), StringComparison.Ordinal);
        // So that it is a database again once it has its name back.
        Assert.True(File.Exists(Path.Combine(folder, kept + "-wal")));
    }

    [Fact]
    public void A_rehearsal_after_a_rehearsal_begins_anew_and_keeps_nothing()
    {
        Begin();
        Write(Journal, "a rehearsal");
        Write(History, "values");
        Begin();
        Assert.Equal(["a-rig.rehearsal"], Names());
        Assert.Equal("", said.ToString());
    }

    [Fact]
    public void A_rehearsal_that_a_service_went_on_with_counts()
    {
        Begin();
        Write(Journal, "begun in mid-batch, gone on with");
        Rehearsal.GoOn(folder, "a-rig");
        Begin();
        Assert.Equal("begun in mid-batch, gone on with", Read(Assert.Single(Names(), n => n.Contains(".kept-", StringComparison.Ordinal))));
    }

    private void Begin() => Rehearsal.Begin(folder, "a-rig", TimeProvider.System, said);

    private string[] Names() => [.. Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f))];

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    private string Read(string name) => File.ReadAllText(Path.Combine(folder, name));
}
