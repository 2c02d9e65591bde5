using System.Net.Http.Json;
using Crm.Contracts;
using Crm.Host.Access;
using Crm.Host.Service;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>A rig on its buses is told what day it is whenever the machine's date becomes another, forward or back; asked of its API.</summary>
public sealed class DayWatchTests(WiredRig served) : IClassFixture<WiredRig>
{
    [Fact]
    public async Task The_day_follows_the_machine_s_date()
    {
        using var technician = served.As(Roles.Technician);
        var clock = new JumpingClock();
        var watch = new DayWatch(clock, DayWatch.Today(clock));
        watch.Look([served.Rig]);
        Assert.Equal("", await Day(technician));
        foreach (var (jump, day) in ((int, string)[])[(48, "2026-11-22"), (-24, "2026-11-21")])
        {
            clock.Jump(TimeSpan.FromHours(jump));
            watch.Look([served.Rig]);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (await Day(technician) != day) Assert.False(limit.IsCancellationRequested, $"{await Day(technician)} instead of {day}");
        }
    }

    private static async Task<string> Day(HttpClient person) =>
        (await person.GetFromJsonAsync<MaterialsSeen>("/api/v1/rigs/lithium-pilot/materials", TestContext.Current.CancellationToken))!.Day;
}
