using Crm.Host.Checkpoints;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Host.Service;
using Crm.Host.Tests.Api;
using Crm.Plant.Records;
using Crm.Store.Journal;
using Xunit;

namespace Crm.Host.Tests.Service;

/// <summary>What a twin cannot give, above all what a lost twin had made, stops nobody: it is on record and a person goes on by hand.</summary>
public sealed class TwinWorkTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("crm-work-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Hands_that_find_nothing_leave_the_prompt_to_a_person()
    {
        var (inputs, problems) = RunInputs.Load(new RunOptions(Path.Combine(ServedRig.Root(), "recipes", "lithium", "black-mass-to-carbonate.yaml"), null, new Dictionary<string, string>(), 1, null, [], null, true, false));
        Assert.Empty(problems);
        string path = Path.Combine(folder, "journal.db");
        using (var journal = SqliteJournal.Open(path))
        using (var core = new RigCore(new TwinRig(inputs!, 1, journal), journal, journal))
        {
            Assert.Null(Moment.Parse("leach/portion-1").Reach(core, () => false));
            Assert.Null(core.Work("leach/portion-1", "tessa", mass: 1e5));
            Assert.NotNull(core.Work("leach/portion-1", "tessa"));
        }

        using var again = SqliteJournal.Open(path);
        Assert.Contains(again.Entries(), e => e.Event is { Kind: BatchEventKind.CommandRefused, Cause: "tessa" } told && told.Text.Contains("the twin cannot do what leach/portion-1 asks for", StringComparison.Ordinal));
    }
}
