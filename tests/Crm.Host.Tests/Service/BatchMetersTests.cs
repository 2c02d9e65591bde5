using Crm.Control;
using Crm.Host.Checkpoints;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Host.Service;
using Crm.Host.Tests.Api;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Store.Journal;
using Xunit;

namespace Crm.Host.Tests.Service;

/// <summary>A served batch has the totals of water and electricity that <c>crm run</c> notes, also over a lost controller; batches side by side have none of their own.</summary>
public sealed class BatchMetersTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("crm-meters-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_totals_of_a_served_batch_are_those_of_crm_run()
    {
        var inputs = Read("lithium/black-mass-to-carbonate.yaml");
        using var journal = SqliteJournal.Open(Path.Combine(folder, "journal.db"));
        using var core = new RigCore(new TwinRig(inputs, 1, journal), journal, journal);
        var run = new UtilityTotals(inputs.Rig);
        core.Plant.OnFrame += run.Observe;
        Assert.Null(Moment.Parse("leach/water+5min").Reach(core, () => false));
        core.Unattended = false;
        // While it runs the same is told so far, and nothing of it goes on record.
        var soFar = core.MetersSoFar("B1")!.Data;
        long entries = journal.Entries().Count();
        Assert.True(Number(soFar, "energy.electricity_kwh") > 0.1);
        Assert.Null(core.MetersSoFar("B2"));
        Assert.Equal(entries, journal.Entries().Count());
        Order(core, PhaseCommand.Abort, 1);
        BatchEvent noted = Scanned(core, () => Totals(journal, "B1"));

        Assert.Null(core.MetersSoFar("B1"));
        Assert.Equal(soFar.Keys, noted.Data.Keys);
        Assert.Equal(UtilityTotals.AfterEnd, noted.At - journal.Entries().Last(e => e.Event.Kind == BatchEventKind.BatchState).Event.At);
        // Counted from START and not from the first scan a few seconds before: the same but for the noise of one reading.
        var whole = run.Note(noted.At, noted.Scan).Data;
        Assert.Equal(whole.Keys, noted.Data.Keys);
        foreach (var (key, within) in (Dictionary<string, double>)new() { ["water.fresh_l"] = 0.3, ["water.returned_l"] = 0.001, ["water.holdup_change_l"] = 0.9, ["energy.electricity_kwh"] = 0.05 })
            Assert.Equal(Number(whole, key), Number(noted.Data, key), within);
        Assert.True(Number(noted.Data, "energy.electricity_kwh") > 0.1);
        Assert.Single(journal.Entries(), e => e.Event.Subject == UtilityTotals.Subject && e.Event.Data.ContainsKey("water.returned_l"));
    }

    [Fact]
    public async Task Batches_side_by_side_are_told_that_the_meters_count_for_all()
    {
        var inputs = Read("bench/neutralise-soda-liquor.yaml");
        using var journal = SqliteJournal.Open(Path.Combine(folder, "journal.db"));
        using var core = new RigCore(new TwinRig(inputs, 1, journal), journal, journal) { Unattended = true };
        Assert.Equal("accepted", (await core.Begin("tessa", "2", inputs.Recipe, inputs.RecipePath, new Dictionary<string, string>())).State);
        for (int i = 0; i < 200; i++) core.Scan();
        core.Unattended = false;
        Order(core, PhaseCommand.Start, 1, "B2");
        Scanned(core, () => core.Plant.StateOf("B2") == PhaseState.Running ? core : null);
        Order(core, PhaseCommand.Abort, 2);
        Order(core, PhaseCommand.Abort, 3, "B2");
        foreach (string batch in (string[])["B1", "B2"])
        {
            BatchEvent noted = Scanned(core, () => journal.Entries().Select(e => e.Event).LastOrDefault(e => e.Batch == batch && e.Text.Contains("count for all", StringComparison.Ordinal)));
            Assert.Empty(noted.Data);
        }
    }

    [Fact]
    public void A_controller_that_comes_back_counts_on()
    {
        var inputs = Read("lithium/black-mass-to-carbonate.yaml");
        using (var record = RigRecord.Open(folder, inputs, false, null, TimeProvider.System))
        using (var core = new RigCore(new TwinRig(inputs, 1, record.Journal), record.Journal, record))
            Assert.Null(Moment.Parse("leach/water+1min").Reach(core, () => false));

        using var again = RigRecord.Open(folder, inputs, false, null, TimeProvider.System);
        using var back = new RigCore(new TwinRig(inputs, 1, again.Journal, again.Lost!), again.Journal, again);
        back.Remember(again.Lost!.Record);
        for (int i = 0; i < 20; i++) back.Scan();
        Order(back, PhaseCommand.Abort, 1);
        using var seen = SqliteJournal.Open(Path.Combine(folder, "lithium-pilot.journal.db"));
        BatchEvent noted = Scanned(back, () => Totals(seen, "B1"));

        // The twin begins anew with its tanks as they were at the very start, so nothing was drawn from before to now but what the first readings tell.
        Assert.Contains("water.fresh_l", noted.Data.Keys);
        Assert.Equal(2, seen.Entries().Count(e => e.Event.Data.ContainsKey("meters.returned_l")));
    }

    private static RunInputs Read(string recipe)
    {
        var (inputs, problems) = RunInputs.Load(new RunOptions(Path.Combine(ServedRig.Root(), "recipes", recipe), null, new Dictionary<string, string>(), 1, null, [], null, true, false));
        Assert.Empty(problems);
        return inputs!;
    }

    private static double Number(IReadOnlyDictionary<string, string> data, string key) => double.Parse(data[key], System.Globalization.CultureInfo.InvariantCulture);

    private static BatchEvent? Totals(SqliteJournal journal, string batch) => journal.Entries().Select(e => e.Event).LastOrDefault(e => e.Batch == batch && e.Data.ContainsKey("water.returned_l"));

    private static void Order(RigCore core, PhaseCommand what, long id, string batch = "B1") =>
        Assert.Equal(ReplyKind.Accepted, core.Plant.Command(new CommandBatch(-1000 - id, "tessa", what, "enough") { Batch = batch }).Kind);

    private static T Scanned<T>(RigCore core, Func<T?> until)
        where T : class
    {
        for (int i = 0; i < 3000; i++)
        {
            core.Scan();
            if (i % 10 == 9 && until() is { } found) return found;
        }

        throw new InvalidOperationException("it did not come so far in five minutes of plant time");
    }
}
