using System.Net.Http.Json;
using System.Text.Json;
using Crm.Contracts;
using Crm.Control;
using Crm.Host.Access;
using Crm.Host.Runs;
using Crm.Plant.Outputs;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;
using Crm.Store.Journal;
using Crm.Twin;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>START over the API of a rig with real wires waits for the ticks of commissioning (SAF-33); the why-not of the START key says the same (S88-20).</summary>
public sealed class HardWiredApiTests(WiredRig served) : IClassFixture<WiredRig>
{
    private const string Rig = "/api/v1/rigs/lithium-pilot";

    [Fact]
    public async Task Start_is_refused_with_the_list_until_all_is_ticked_or_set_aside_SAF33_SAF13()
    {
        using var technician = served.As(Roles.Technician);
        using var engineer = served.As(Roles.Engineer);
        await Reset(technician);
        var about = (await technician.GetFromJsonAsync<AboutRig>(Rig + "/about", TestContext.Current.CancellationToken))!;
        Assert.False(about.Twin);
        Assert.True(about.HardWired.Count > 3);

        string detail = await RefusedStart(technician, "s1");
        Assert.All(about.HardWired, h => Assert.Contains($"hard-wired {h.Name} is not ticked as seen to work", detail, StringComparison.Ordinal));
        var (_, asked) = await ServedRig.Send(technician, Rig + "/batch/start", new { id = "why", ask = true });
        string[] reasons = [.. asked.GetProperty("reasons").EnumerateArray().Select(r => r.GetString()!)];
        Assert.All(about.HardWired, h => Assert.Contains(reasons, r => r.Contains(h.Name, StringComparison.Ordinal) && r.Contains(h.Proof, StringComparison.Ordinal)));

        foreach (var h in about.HardWired.Skip(1)) Assert.Equal(200, await Status(engineer, $"/hard-wired/{h.Name}/tick", new { id = "t-" + h.Name, reason = "seen to work" }));
        detail = await RefusedStart(technician, "s2");
        string last = about.HardWired[0].Name;
        Assert.Contains(last, detail, StringComparison.Ordinal);
        Assert.DoesNotContain(about.HardWired[1].Name, detail, StringComparison.Ordinal);

        // As a bypass: by who may, with a reason, for a time; it stands on the list and is on record.
        Assert.Contains("a bypass is for", await Refused(technician, $"/hard-wired/{last}/set-aside", new { id = "a1", minutes = 30, reason = "spare switch comes tomorrow" }), StringComparison.Ordinal);
        Assert.Contains("it needs a reason", await Refused(engineer, $"/hard-wired/{last}/set-aside", new { id = "a2", minutes = 30 }), StringComparison.Ordinal);
        Assert.Contains("minutes", await Refused(engineer, $"/hard-wired/{last}/set-aside", new { id = "a3", minutes = 0, reason = "spare switch comes tomorrow" }), StringComparison.Ordinal);
        Assert.Equal(200, await Status(engineer, $"/hard-wired/{last}/set-aside", new { id = "a4", minutes = 30, reason = "spare switch comes tomorrow" }));
        var aside = Assert.Single((await Situation(technician)).Aside);
        Assert.Equal(("hard_wired", last, "spare switch comes tomorrow", Roles.Engineer), (aside.Kind, aside.Target, aside.Reason, aside.By));
        Assert.Contains(await served.Rig.Ask(c => c.Story.After(0, 2000)), e => e.Subject == last && e.Text.Contains("spare switch comes tomorrow", StringComparison.Ordinal));
        Assert.Equal(200, await Status(technician, $"/hard-wired/{last}/end-set-aside", new { id = "e1" }));
        await RefusedStart(technician, "s3");
        Assert.Equal(200, await Status(engineer, $"/hard-wired/{last}/set-aside", new { id = "a5", minutes = 30, reason = "spare switch comes tomorrow" }));

        Assert.Equal(200, await Status(technician, "/batch/start", new { id = "s4" }));
    }

    private static async Task Reset(HttpClient person)
    {
        for (int i = 0; i < 200 && ((await Situation(person)).RigTrip.Length > 0 || (await Situation(person)).Trips.Count > 0); i++) await ServedRig.Send(person, Rig + "/trips/reset", new { id = $"r{i}" });
    }

    private static async Task<string> RefusedStart(HttpClient person, string id) => await Refused(person, "/batch/start", new { id });

    private static async Task<string> Refused(HttpClient person, string path, object body)
    {
        var (status, answer) = await ServedRig.Send(person, Rig + path, body);
        Assert.Equal(409, status);
        return answer.GetProperty("detail").GetString()!;
    }

    private static async Task<int> Status(HttpClient person, string path, object body) => (await ServedRig.Send(person, Rig + path, body)).Status;

    private static async Task<Situation> Situation(HttpClient person) =>
        (await person.GetFromJsonAsync<Snapshot>(Rig + "/snapshot", JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!.Situation;
}

/// <summary>The lithium rig whose controller believes its wires to be real: nobody told it what is behind them.</summary>
public sealed class WiredRig : ServedRig
{
    protected override IRunningRig Compose(RunInputs inputs, SqliteJournal journal) => new Wired(inputs, journal);

    private sealed class Wired : IRunningRig
    {
        private readonly TwinPlant plant;

        public Wired(RunInputs inputs, SqliteJournal journal)
        {
            plant = new TwinPlant(inputs.Rig, inputs.Twin, 1);
            Rig = inputs.Rig;
            Control = new PlantController(Rig, inputs.Recipe, [.. Rig.Buses.Select(b => (IBus)new Wire(plant.Bus(b.Name)))], UnitOperationCatalogue.All, journal);
        }

        public RigDefinition Rig { get; }

        public PlantController Control { get; }

        public TimeSpan Now { get; private set; }

        public void Scan()
        {
            Now += Rig.ScanPeriod;
            plant.AdvanceTo(Now);
            Control.Scan(Now);
        }
    }

    private sealed class Wire(IBus behind) : IBus
    {
        public string Name => behind.Name;

        public void Exchange(OutputPlan plan, Span<Reading> readings) => behind.Exchange(plan, readings);
    }
}
