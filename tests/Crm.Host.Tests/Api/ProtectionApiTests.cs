using System.Net.Http.Json;
using Crm.Contracts;
using Crm.Host.Access;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>A changed protection is accepted by a named person who may, with a reason and the password as signature; hard-wired protections are ticked (SAF-32, SAF-33).</summary>
public sealed class ProtectionApiTests(ChangedProtectionRig served) : IClassFixture<ChangedProtectionRig>
{
    private const string Rig = "/api/v1/rigs/lithium-pilot";
    private const string Password = ServedRig.Password;

    [Fact]
    public async Task A_changed_protection_keeps_the_rig_tripped_until_it_is_signed_SAF32()
    {
        using var engineer = await served.Account("eva", Roles.Engineer);
        using var technician = await served.Account("tom", Roles.Technician);
        using var byLink = served.As(Roles.Engineer);
        await served.Until(c => c.Plant.Frame is not null, "first scan");
        var before = (await Situation(engineer)).Protection;
        Assert.Contains(ChangedProtectionRig.Was[..12], before.Awaits, StringComparison.Ordinal);
        Assert.Equal(64, before.Checksum.Length);
        await Refused(engineer, "/trips/reset", new { id = "reset" }, "the protection is not the one");

        await Refused(engineer, "/protection/accept", new { id = "a1", reason = "new hydrogen limit" }, "is the signature");
        await Refused(engineer, "/protection/accept", new { id = "a2", reason = "new hydrogen limit", password = "not the password" }, "the password is wrong");
        await Refused(engineer, "/protection/accept", new { id = "a3", reason = "", password = Password }, "it needs a reason in words");
        await Refused(technician, "/protection/accept", new { id = "a4", reason = "new hydrogen limit", password = Password }, "is for engineer");
        await Refused(byLink, "/protection/accept", new { id = "a5", reason = "new hydrogen limit", password = Password }, "has no password");
        Assert.NotEqual("", (await Situation(engineer)).Protection.Awaits);

        Assert.Equal(200, (await ServedRig.Send(engineer, Rig + "/protection/accept", new { id = "a6", reason = "new hydrogen limit", password = Password })).Status);
        var after = (await Situation(engineer)).Protection;
        Assert.Equal(("", "eva"), (after.Awaits, after.AcceptedBy));
        Assert.Contains("new hydrogen limit", after.AcceptedWhy, StringComparison.Ordinal);
        await ServedRig.Send(engineer, Rig + "/trips/reset", new { id = "reset again" });
        await served.Until(c => c.Plant.Frame is { RigTrip.IsTripped: false }, "reset");
        var record = await served.Rig.Ask(c => c.Story.After(0, 2000));
        Assert.Contains(record, e => e.Kind == "CommandRefused" && e.Cause == "eva" && e.Text.Contains("not signed", StringComparison.Ordinal));
        Assert.DoesNotContain(record, e => e.Text.Contains(Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hard_wired_protections_are_ticked_with_who_when_and_what_was_found_SAF33()
    {
        using var maintenance = served.As(Roles.Maintenance);
        using var technician = served.As(Roles.Technician);
        await served.Until(c => c.Plant.Frame is not null, "first scan");
        Assert.All(await HardWired(technician), h => Assert.Equal(("", ""), (h.By, h.Day)));
        await Refused(technician, "/hard-wired/emergency_stop/tick", new { id = "t1", reason = "pump stops" }, "is for engineer, maintenance");
        await Refused(maintenance, "/hard-wired/emergency_stop/tick", new { id = "t2" }, "it needs a reason in words");
        await Refused(maintenance, "/hard-wired/no_such/tick", new { id = "t3", reason = "pump stops" }, "there is no such hard-wired protection");
        Assert.Equal(200, (await ServedRig.Send(maintenance, Rig + "/hard-wired/emergency_stop/tick", new { id = "t4", reason = "pump stops, agitator turns" })).Status);
        var ticked = Assert.Single(await HardWired(technician), h => h.By.Length > 0);
        Assert.Equal(("emergency_stop", Roles.Maintenance, "pump stops, agitator turns"), (ticked.Name, ticked.By, ticked.Note));
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", ticked.Day);
        Assert.Equal(200, (await ServedRig.Send(maintenance, Rig + "/hard-wired/emergency_stop/withdraw", new { id = "t5", reason = "button is broken" })).Status);
        Assert.All(await HardWired(technician), h => Assert.Equal("", h.By));
    }

    /// <summary>ALM-20: the AlarmMetrics object is published and reset by a person, on record.</summary>
    [Fact]
    public async Task Alarm_metrics_are_published_and_reset_ALM20()
    {
        using var technician = served.As(Roles.Technician);
        using var researcher = served.As(Roles.Researcher);
        await served.Until(c => c.Now > TimeSpan.FromSeconds(5), "a while");
        var before = await Metrics(technician);
        Assert.Equal(0, before.StartTime);
        Assert.Equal(403, (await ServedRig.Send(researcher, Rig + "/alarm-metrics/reset", new { id = "m0" })).Status);
        Assert.Equal(200, (await ServedRig.Send(technician, Rig + "/alarm-metrics/reset", new { id = "m1" })).Status);
        Assert.True((await Metrics(technician)).StartTime > 4);
        Assert.Contains(await served.Rig.Ask(c => c.Story.After(0, 2000)), e => e.Subject == "alarms" && e.Cause == Roles.Technician);
    }

    /// <summary>S88-24, ALM-03: a remark is on record under who signed in; an empty one is refused; a horn that does not sound cannot be silenced.</summary>
    [Fact]
    public async Task A_remark_is_on_record_and_a_silent_horn_says_so_S88_24_ALM03()
    {
        using var technician = served.As(Roles.Technician);
        await served.Until(c => c.Now > TimeSpan.FromSeconds(1), "a while");
        Assert.Equal(200, (await ServedRig.Send(technician, Rig + "/remarks", new { id = "r1", reason = "filter cloth looks worn" })).Status);
        Assert.Equal(409, (await ServedRig.Send(technician, Rig + "/remarks", new { id = "r2", reason = " " })).Status);
        Assert.Contains(await served.Rig.Ask(c => c.Story.After(0, 2000)), e => e.Text.Contains("filter cloth looks worn", StringComparison.Ordinal) && e.Cause == Roles.Technician);
        var (status, answer) = await ServedRig.Send(technician, Rig + "/panel/silence", new { id = "h1" });
        Assert.Equal(409, status);
        Assert.Contains("the horn is silent", answer.ToString(), StringComparison.Ordinal);
    }

    private static async Task<AlarmMetricsSeen> Metrics(HttpClient person) => (await person.GetFromJsonAsync<AlarmMetricsSeen>(Rig + "/alarm-metrics", TestContext.Current.CancellationToken))!;

    private static async Task<IReadOnlyList<HardWiredSeen>> HardWired(HttpClient person) => (await person.GetFromJsonAsync<AboutRig>(Rig + "/about", TestContext.Current.CancellationToken))!.HardWired;

    private static async Task<Situation> Situation(HttpClient person) => (await person.GetFromJsonAsync<Snapshot>(Rig + "/snapshot", TestContext.Current.CancellationToken))!.Situation;

    private static async Task Refused(HttpClient person, string path, object body, string why)
    {
        var (status, answer) = await ServedRig.Send(person, Rig + path, body);
        Assert.Equal(409, status);
        Assert.Contains(why, answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
