using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Host.Service;
using Crm.Host.Tests.Api;
using Crm.Store.History;
using Crm.Store.Journal;
using Xunit;

namespace Crm.Host.Tests.Service;

/// <summary>The trends of a served rig, across its controllers.</summary>
public sealed class RigHistoryTests : IDisposable
{
    private const string Tag = "leach.temperature";

    private readonly string folder = Directory.CreateTempSubdirectory("crm-history-").FullName;
    private readonly StringWriter said = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_controller_finds_the_history_of_the_one_before()
    {
        using (var before = Core()) Scan(before);
        using var after = Core();
        Scan(after);
        int channel = HistoryChannel.Find(after.Rig, Tag);
        Assert.True(after.History.Oldest < -4, $"{after.History.Oldest}");
        var columns = after.History.Columns(channel, after.History.Oldest, 0.5, 8);
        Assert.Contains(columns.High, high => high is > 0);
        Assert.NotNull(after.History.Columns(channel, 0, 5, 1).High[0]);
        Assert.Empty(said.ToString());
    }

    /// <summary>REL-10: a file that is no history is kept, a new one begins, and the rig runs.</summary>
    [Fact]
    public void A_file_that_cannot_be_read_is_kept_aside()
    {
        File.WriteAllText(Path.Combine(folder, "lithium-pilot.history.db"), "this is no database, whatever its name says; it is a text of some length so that it is more than a header");
        using (var core = Core())
        {
            Scan(core);
            Assert.NotNull(core.History.Disk);
        }

        Assert.Contains("it is kept as", said.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("this is no database", File.ReadAllText(Assert.Single(Directory.EnumerateFiles(folder, "*.unreadable-*"))), StringComparison.Ordinal);
    }

    private RigCore Core()
    {
        string recipe = Path.Combine(ServedRig.Root(), "recipes/lithium/black-mass-to-carbonate.yaml");
        var (inputs, _) = RunInputs.Load(new RunOptions(recipe, null, new Dictionary<string, string>(), 1, null, [], null, true, false));
        var journal = SqliteJournal.Open(Path.Combine(folder, "journal.db"));
        var rig = new TwinRig(inputs!, 1, journal);
        return new RigCore(rig, journal, journal, RigHistory.Open(folder, rig, false, HistoryLimits.Usual, TimeProvider.System, said));
    }

    private static void Scan(RigCore core)
    {
        for (int scan = 0; scan < 50; scan++) core.Scan();
    }
}
