using System.Net.Http.Json;
using Crm.Contracts;
using Crm.Host.Access;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>Proof tests that are due are seen, and a test that was done is on record (SAF-30).</summary>
public sealed class ProofTestApiTests(ProvenRig served) : IClassFixture<ProvenRig>
{
    private const string Rig = "/api/v1/rigs/germanium-pilot";

    [Fact]
    public async Task An_overdue_test_stands_on_the_list_until_it_is_done_SAF30()
    {
        using var engineer = served.As(Roles.Engineer);
        using var technician = served.As(Roles.Technician);
        await served.Until(c => c.Now > TimeSpan.FromSeconds(2), "some scans");
        var tests = await All(engineer);
        Assert.NotEmpty(tests);
        Assert.All(tests, t => Assert.Null(t.Overdue));
        Assert.Empty((await Situation(engineer)).OverdueProofTests);
        string row = tests.OrderBy(t => t.Due, StringComparer.Ordinal).First().Trip;
        Assert.Contains("nobody has said what day it is", await Refused(engineer, $"/trips/{row}/proof-test", new { id = "d0", reason = "trips at 25 %LEL" }), StringComparison.Ordinal);
        Assert.Contains("yyyy-MM-dd", await Refused(engineer, "/day", new { id = "day0", day = "tomorrow" }), StringComparison.Ordinal);

        string due = tests.Select(t => t.Due).Order(StringComparer.Ordinal).First();
        Assert.Equal(200, await Status(technician, "/day", new { id = "day1", day = due }));
        Assert.Contains((await Situation(engineer)).OverdueProofTests, t => t.Trip == row && t.How.Length > 0);
        await served.Until(c => c.Story.After(0, 2000).Any(e => e.Kind == "Fault" && e.Subject == row && e.Text.Contains("proof test overdue", StringComparison.Ordinal)), "told as a fault");
        Assert.DoesNotContain((await Situation(engineer)).Alarms, a => a.Id.Contains(row, StringComparison.Ordinal));

        Assert.Contains("recording a proof test is for", await Refused(technician, $"/trips/{row}/proof-test", new { id = "d1", reason = "trips at 25 %LEL" }), StringComparison.Ordinal);
        Assert.Contains("what was found", await Refused(engineer, $"/trips/{row}/proof-test", new { id = "d2" }), StringComparison.Ordinal);
        Assert.Equal(200, await Status(engineer, $"/trips/{row}/proof-test", new { id = "d3", reason = "trips at 25 %LEL" }));
        Assert.DoesNotContain((await Situation(engineer)).OverdueProofTests, t => t.Trip == row);
        var done = Assert.Single(await All(engineer), t => t.Trip == row);
        Assert.Equal((due, false), (done.Last, done.Overdue));
        Assert.Contains(await served.Rig.Ask(c => c.Story.After(0, 2000)), e => e.Subject == row && e.Text.Contains("proof test passed, trips at 25 %LEL", StringComparison.Ordinal) && e.Cause == Roles.Engineer);
    }

    private static async Task<ProofTestSeen[]> All(HttpClient person) => (await person.GetFromJsonAsync<ProofTestSeen[]>(Rig + "/proof-tests", TestContext.Current.CancellationToken))!;

    private static async Task<string> Refused(HttpClient person, string path, object body)
    {
        var (status, answer) = await ServedRig.Send(person, Rig + path, body);
        Assert.Equal(409, status);
        return answer.GetProperty("detail").GetString()!;
    }

    private static async Task<int> Status(HttpClient person, string path, object body) => (await ServedRig.Send(person, Rig + path, body)).Status;

    private static async Task<Situation> Situation(HttpClient person) => (await person.GetFromJsonAsync<Snapshot>(Rig + "/snapshot", TestContext.Current.CancellationToken))!.Situation;
}

/// <summary>The germanium rig, whose rows declare proof tests.</summary>
public sealed class ProvenRig : ServedRig
{
    protected override string Recipe => "germanium/residue-to-concentrate.yaml";
}
