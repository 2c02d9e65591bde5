using System.Text.Json;
using Crm.Host.Access;
using Crm.Host.Api;
using Crm.Host.Service;
using Crm.Plant.Ports;
using Crm.Store.Journal;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>The lithium rig served on a machine whose clock somebody sets.</summary>
public sealed class JumpingRig : ServedRig
{
    private readonly JumpingClock clock = new(runs: true);

    protected override TimeProvider Clock => clock;

    public const string Alarm = "leach.ph-fault";

    protected override void Prepare(RigCore core) => core.Inject(new PlantFault("leach.ph:dead", TimeSpan.Zero));

    public void Jump(TimeSpan by) => clock.Jump(by);

    public DateTimeOffset Wall => clock.GetUtcNow();
}

/// <summary>
/// Issue 6, bad days: the machine's wall clock is set forward and back by hours and days while the plant runs. Scans, history, shelving and alarm times are by plant time, which no
/// clock on the wall moves; the record is in its order and whole; who is signed in stays so.
/// </summary>
public sealed class ClockJumpTests(JumpingRig served) : IClassFixture<JumpingRig>
{
    public static TheoryData<double> Hours => [26, -3, -24 * 40, 24 * 400];

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task A_jump_moves_neither_plant_nor_record_nor_people(double hours)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using var technician = served.As(Roles.Technician);
        Assert.Equal(200, (int)(await technician.GetAsync("/api/v1/sessions/me", stop)).StatusCode);
        await Remark(technician, $"before {hours}");
        (TimeSpan before, TimeSpan shelvedUntil, DateTimeOffset at) = (await Now(), await Shelve(technician, $"shelve {hours}"), served.Wall);

        served.Jump(TimeSpan.FromHours(hours));

        await Remark(technician, $"after {hours}");
        TimeSpan after = await Now();
        // A minute of plant time at most passes in a second; a test that took longer than ten would still see no day.
        Assert.InRange(after - before, TimeSpan.Zero, TimeSpan.FromMinutes(60));
        Assert.Equal(shelvedUntil, await Shelved());
        Assert.Equal(200, (int)(await technician.GetAsync("/api/v1/sessions/me", stop)).StatusCode);
        Assert.Contains("200", (await technician.GetAsync($"/api/v1/rigs/lithium-pilot/trends?tags=leach.temperature&from=0&to={after.TotalSeconds}&columns=50", stop)).StatusCode.ToString("D"), StringComparison.Ordinal);
        await served.Until(c => c.Plant.IsOnRecord, "the record");
        Assert.True(JournalVerification.Verify(served.JournalPath).IsUntouched);
        JournalEntry[] entries = [.. SqliteJournal.Read(served.JournalPath, 0, long.MaxValue)];
        int first = Array.FindIndex(entries, e => e.Event.Text.EndsWith($"before {hours}", StringComparison.Ordinal)), then = Array.FindIndex(entries, e => e.Event.Text.EndsWith($"after {hours}", StringComparison.Ordinal));
        Assert.True(first >= 0 && first < then, "the order of the record is that of its entries");
        Assert.True(entries[then].Event.At >= entries[first].Event.At);
        TimeSpan stamped = DateTimeOffset.Parse(entries[then].Stamp, System.Globalization.CultureInfo.InvariantCulture) - at;
        Assert.InRange(stamped.TotalHours, hours - 0.1, hours + 0.5);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(-4, null)]
    [InlineData(-6, "6 s old")]
    [InlineData(-86400, "86400 s old")]
    [InlineData(4, null)]
    [InlineData(3600, "was set back")]
    public void A_value_set_on_a_picture_from_before_a_jump_is_refused(double seconds, string? says)
    {
        DateTimeOffset now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
        string? why = CommandEndpoint.TooOld(now.AddSeconds(seconds), now);
        if (says is null) Assert.Null(why);
        else Assert.Contains(says, why, StringComparison.Ordinal);
    }

    private async Task<TimeSpan> Now() => await served.Rig.Ask(c => c.Now);

    private static async Task Remark(HttpClient person, string text) =>
        Assert.Equal(200, (await ServedRig.Send(person, "/api/v1/rigs/lithium-pilot/remarks", new { id = text, reason = text })).Status);

    /// <summary>An alarm that nobody wants to hear for a while; plant time at which it comes back.</summary>
    private async Task<TimeSpan> Shelve(HttpClient person, string id)
    {
        await served.Until(c => Absence(c) is not null || c.Look().Alarms.Any(a => a.Definition.Id == JumpingRig.Alarm), "electrode alarm");
        (int status, JsonElement body) = await ServedRig.Send(person, "/api/v1/rigs/lithium-pilot/alarms/shelve", new { id, alarm = JumpingRig.Alarm, minutes = 240, reason = "electrode ordered" });
        Assert.True(status is 200 or 409, body.ToString());
        return await Shelved() ?? throw new InvalidOperationException("it is not shelved: " + body);
    }

    private async Task<TimeSpan?> Shelved() => await served.Rig.Ask(Absence);

    private static TimeSpan? Absence(RigCore core) => core.Plant.AbsentAlarms().FirstOrDefault(a => a.Definition.Id == JumpingRig.Alarm)?.Status.Absence?.Until;
}
