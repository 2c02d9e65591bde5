using System.Net.Http.Json;
using System.Text.Json;
using Crm.Contracts;
using Crm.Host.Access;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>What people set aside over the API: who may is the rig file's word, judged by the scan; all of it on one list (S88-20, PID-06, ALM-09, SAF-13 to SAF-17).</summary>
public sealed class AsideApiTests(ServedRig served) : IClassFixture<ServedRig>
{
    private const string Rig = "/api/v1/rigs/lithium-pilot";

    /// <summary>The act, who may not, what the refusal names, who may, where the list shows it, how it ends, and who may end it.</summary>
    public static TheoryData<string, string, string, string, string, string, string> Acts => new()
    {
        { "/trips/neutralise-alkaline/bypass", Roles.Technician, "engineer, maintenance", Roles.Engineer, "bypass", "/trips/neutralise-alkaline/end-bypass", Roles.Researcher },
        { "/outputs/neutralise.agitator/force", Roles.Operator, "engineer, maintenance", Roles.Maintenance, "forced_output", "/outputs/neutralise.agitator/end-force", Roles.Researcher },
        { "/tags/wash_tank.level/substitute", Roles.Technician, "engineer, maintenance", Roles.Engineer, "substituted_tag", "/tags/wash_tank.level/end-substitute", Roles.Operator },
        { "/alarms/out-of-service", Roles.Technician, "maintenance", Roles.Maintenance, "out_of_service", "/alarms/return", Roles.Maintenance },
    };

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task An_act_is_refused_to_whom_the_rig_file_does_not_name_stands_on_the_list_and_ends(string path, string not, string named, string may, string kind, string end, string ender)
    {
        await Reset();
        using var other = served.As(not);
        using var person = served.As(may);
        using var ends = served.As(ender);
        var (status, refusal) = await ServedRig.Send(other, Rig + path, Body(path, "no"));
        Assert.Equal(409, status);
        Assert.Contains(named, refusal.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(await Aside(), a => a.Kind == kind);

        (status, refusal) = await ServedRig.Send(person, Rig + path, Body(path, "silent", reason: ""));
        Assert.Equal(409, status);
        Assert.Contains("reason", refusal.GetProperty("detail").GetString(), StringComparison.Ordinal);

        Assert.Equal(200, (await ServedRig.Send(person, Rig + path, Body(path, "yes"))).Status);
        var stands = Assert.Single(await Aside(), a => a.Kind == kind);
        Assert.Equal((may, "electrode is changed"), (stands.By, stands.Reason));
        Assert.Equal(kind == "out_of_service", stands.Until is null);
        if (kind == "substituted_tag") Assert.Equal(2, await Health("wash_tank.level"));
        Assert.Equal(200, (await ServedRig.Send(ends, Rig + end, end == "/alarms/return" ? new { id = "end" + path, alarm = "leach.ph-fault" } : new { id = "end" + path })).Status);
        Assert.DoesNotContain(await Aside(), a => a.Kind == kind);
    }

    /// <summary>SAF-17: a forced output is seen at the pin, and let go.</summary>
    [Fact]
    public async Task A_forced_output_is_at_the_pin_of_the_twin()
    {
        await Reset();
        using var engineer = served.As(Roles.Engineer);
        int pump = served.Rig.Rig.Output("leach.water_pump");
        const string path = "/outputs/leach.water_pump/force";
        Assert.Equal(200, (await ServedRig.Send(engineer, Rig + path, Body(path, "pin"))).Status);
        await served.Until(c => c.Pin(pump) > 80, "forced at the pin");
        Assert.Equal(200, (await ServedRig.Send(engineer, Rig + "/outputs/leach.water_pump/end-force", new { id = "let go" })).Status);
        await served.Until(c => c.Pin(pump) < 1, "let go at the pin");
    }

    /// <summary>PID-06: a loop taken in hand stands on the list until it is back in its usual mode.</summary>
    [Fact]
    public async Task A_loop_is_taken_in_hand_and_given_back()
    {
        using var technician = served.As(Roles.Technician);
        const string loop = "/loops/leach.temperature_loop";
        Assert.Equal(200, (await ServedRig.Send(technician, Rig + loop + "/mode", new { id = "auto", mode = "AUTO" })).Status);
        var seen = await technician.GetFromJsonAsync<LoopSeen>(Rig + loop, TestContext.Current.CancellationToken);
        Assert.Equal("AUTO", seen!.TargetMode);
        Assert.Contains(await Aside(), a => a is { Kind: "loop", Target: "leach.temperature_loop" } && a.By == Roles.Technician);
        Assert.Equal(200, (await ServedRig.Send(technician, Rig + loop + "/setpoint", new { id = "sp", value = 55.0, seenAt = DateTimeOffset.UtcNow })).Status);
        await Refused(technician, loop + "/setpoint", new { id = "sp2", value = 900.0, seenAt = DateTimeOffset.UtcNow }, "is outside");
        await Refused(technician, loop + "/setpoint", new { id = "sp3", value = 55.0, seenAt = DateTimeOffset.UtcNow.AddMinutes(-1) }, "look at the present ones");
        await Refused(technician, loop + "/output", new { id = "out", value = 10.0, seenAt = DateTimeOffset.UtcNow }, "take it to MAN first");
        await Refused(technician, loop + "/mode", new { id = "bad", mode = "IMAN" }, "OOS, MAN, AUTO, CAS or RCAS");
        await Refused(technician, loop + "/autotune/start", new { id = "tune" }, "does not control now");
        await Refused(technician, loop + "/tuning/apply", new { id = "apply" }, "no tuning of leach.temperature_loop is proposed");
        Assert.Equal(200, (await ServedRig.Send(technician, Rig + loop + "/mode", new { id = "back", mode = seen.Usual })).Status);
        Assert.DoesNotContain(await Aside(), a => a.Kind == "loop");
    }

    /// <summary>S88-20: modes of batch and unit are commanded, seen in the situation, and a refusal says why.</summary>
    [Fact]
    public async Task Modes_are_set_and_seen()
    {
        using var technician = served.As(Roles.Technician);
        Assert.Equal(200, (await ServedRig.Send(technician, Rig + "/units/leach/mode", new { id = "m1", mode = "manual", reason = "new pump hose" })).Status);
        var now = await Situation();
        Assert.Equal("manual", now.Units.Single(u => u.Unit == "leach").Mode);
        Assert.Equal(("automatic", "automatic"), (now.Mode, now.Units.Single(u => u.Unit == "neutralise").Mode));
        await Refused(technician, "/units/leach/mode", new { id = "m2", mode = "manual" }, "already");
        await Refused(technician, "/units/leach/mode", new { id = "m3", mode = "by hand" }, "automatic, semi_automatic or manual");
        await Refused(technician, "/steps/confirm", new { id = "m4", step = "leach/water" }, "does not wait for a confirmation");
        Assert.Equal(200, (await ServedRig.Send(technician, Rig + "/units/leach/mode", new { id = "m5", mode = "automatic" })).Status);
        Assert.Contains((await Situation()).Refusals, r => r.By == Roles.Technician && r.Text.Contains("does not wait for a confirmation", StringComparison.Ordinal));
    }

    /// <summary>S88-20: who is at the rig is on every picture.</summary>
    [Fact]
    public async Task Presence_names_the_person()
    {
        using var engineer = served.As(Roles.Operator);
        Assert.Equal(200, (await ServedRig.Send(engineer, Rig + "/presence", new { id = "here" })).Status);
        var seen = (await Situation()).Presence;
        Assert.Equal((Roles.Operator, null), (seen.By, seen.Due));
        Assert.NotNull(seen.At);
    }

    /// <summary>Asked and not given: every command answers why not, and nothing is done and nothing goes on record.</summary>
    [Theory]
    [InlineData("/batch/restart", """{"id":"a","ask":true}""", "")]
    [InlineData("/units/leach/resume", """{"id":"a","ask":true}""", "")]
    [InlineData("/trips/leach-overheat/bypass", """{"id":"a","ask":true,"minutes":5,"reason":"electrode is changed"}""", "it is never bypassed")]
    [InlineData("/outputs/leach.acid_pump/manual", """{"id":"a","ask":true,"value":400,"seenAt":"NOW"}""", "is outside")]
    [InlineData("/units/nowhere/hold", """{"id":"a","ask":true}""", "there is no unit nowhere")]
    [InlineData("/batch/hold", """{"id":"a","ask":true,"batch":"B9"}""", "there is no batch B9")]
    public async Task A_command_that_is_only_asked_says_what_stands_against_it(string path, string body, string expected)
    {
        using var engineer = served.As(Roles.Engineer);
        await served.Until(c => c.Plant.Frame is not null, "first scan");
        using var content = new StringContent(body.Replace("NOW", $"{DateTimeOffset.UtcNow:O}", StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json");
        using var answer = await engineer.PostAsync(Rig + path, content, TestContext.Current.CancellationToken);
        var reasons = (await answer.Content.ReadFromJsonAsync<WhyNot>(TestContext.Current.CancellationToken))!.Reasons;

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Contains(reasons, r => r.Length > 0 && r.Contains(expected, StringComparison.Ordinal));
        Assert.DoesNotContain(await served.Rig.Ask(c => c.Story.After(0, 2000)), e => e.Cause == Roles.Engineer && e.Text.Contains(reasons[0], StringComparison.Ordinal));
    }

    /// <summary>Code of an instrument's mark in the last frame (NE-07).</summary>
    private async Task<int> Health(string tag)
    {
        int ordinal = served.Rig.Rig.Tag(tag);
        await served.Until(c => c.Plant.Frame!.Image[ordinal].Reason == Plant.Tags.Reason.Substituted, "substituted");
        long scan = await served.Rig.Ask(c => c.Plant.Frame!.Scan);
        while (true)
        {
            var frame = (await served.Rig.Snapshot())!.Frame;
            if (frame.Scan >= scan) return frame.Why.Single(w => w.Tag == ordinal).Health;
        }
    }

    private static object Body(string path, string id, string reason = "electrode is changed") => path.EndsWith("/bypass", StringComparison.Ordinal)
        ? new { id = id + path, cause = 1, minutes = 20, reason }
        : path.EndsWith("/out-of-service", StringComparison.Ordinal)
            ? new { id = id + path, alarm = "leach.ph-fault", reference = "WO-17", reason }
            : new { id = id + path, value = 100.0, minutes = 20, seenAt = DateTimeOffset.UtcNow, reason };

    private async Task Reset()
    {
        using var technician = served.As(Roles.Technician);
        await ServedRig.Send(technician, Rig + "/trips/reset", new { id = Guid.NewGuid().ToString() });
        await served.Until(c => c.Plant.Frame is { RigTrip.IsTripped: false }, "reset");
    }

    private static async Task Refused(HttpClient person, string path, object body, string why)
    {
        var (status, answer) = await ServedRig.Send(person, Rig + path, body);
        Assert.Equal(409, status);
        Assert.Contains(why, answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<AsideSeen>> Aside() => (await Situation()).Aside;

    private async Task<Situation> Situation()
    {
        using var anybody = served.As(Roles.Researcher);
        return (await anybody.GetFromJsonAsync<Snapshot>(Rig + "/snapshot", JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!.Situation;
    }
}
