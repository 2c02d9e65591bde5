using Crm.Control;
using Crm.Plant.Alarms;
using Crm.Plant.Permissions;
using Crm.Plant.Records;

namespace Crm.Scenarios.Tests;

/// <summary>What a technician hears first when something breaks in the leach, and that the alarm list obeys people (ALM-06, ALM-08, ALM-10, ALM-17).</summary>
[Collection(FirstHoursShared.Name)]
public sealed class AlarmScenarioTests(FirstHours hours)
{
    [Theory]
    [InlineData("leach.peroxide_pump:fail", "peroxide-not-flowing")]
    [InlineData("leach.agitator:fail", "leach-agitator-slow")]
    [InlineData("leach.heater:stuck-on", "leach-heater-fights-cooling")]
    [InlineData("leach.orp:frozen", "leach.orp-fault")]
    [InlineData("scrubber:lost", "scrubber-stopped")]
    [InlineData("bus.transmitters:lost", "transmitters-lost")]
    [InlineData("leach.ph:dead", "leach.ph-fault")]
    public void The_first_alarm_names_what_broke(string fault, string alarm)
    {
        var plant = hours.Dosing!.Fork();
        plant.Break(fault);
        bool heard = plant.RunUntil(p => p.Events.Any(e => e.Kind == BatchEventKind.AlarmRaised), TimeSpan.FromMinutes(20));
        Assert.True(heard, plant.Story);
        BatchEvent first = plant.Events.First(e => e.Kind == BatchEventKind.AlarmRaised);
        Assert.Equal(alarm, first.Subject);
        Assert.All((string[])["priority", "alarm.type", "alarm.from", "alarm.state", "alarm.event", "alarm.occurrence"], key => Assert.Contains(key, first.Data.Keys));
    }

    [Fact]
    public void A_lost_bus_is_one_alarm_and_its_dependents_are_listed_with_the_reason_ALM17()
    {
        var plant = hours.Dosing!.Fork();
        plant.Break("bus.transmitters:lost");
        plant.Scan(50);
        string[] raised = [.. plant.Events.Where(e => e.Kind == BatchEventKind.AlarmRaised).Select(e => e.Subject)];
        Assert.Equal("transmitters-lost", raised[0]);
        Assert.DoesNotContain(raised, id => id.EndsWith("-fault", StringComparison.Ordinal));
        var silent = plant.Control.AbsentAlarms().Where(a => a.Why == "device lost: transmitters").ToList();
        Assert.True(silent.Count > 60, $"{silent.Count} dependents");
    }

    [Fact]
    public void A_hold_is_an_alarm_that_a_person_can_shelve_for_its_time_and_no_longer_ALM06()
    {
        var plant = hours.Dosing!.Fork();
        Assert.Equal(ReplyKind.Accepted, plant.Command(Plant.Phases.PhaseCommand.Hold).Kind);
        Assert.True(plant.RunUntil(p => p.Seen.Alarms.Any(a => a.Definition.Id == "leach-held"), TimeSpan.FromMinutes(1)), plant.Story);
        Assert.Equal("is of medium priority: shelved for 2 h at most", Refused(plant, new ShelveAlarm(11, "ana", "leach-held", TimeSpan.FromHours(3), "waiting for the electrode") { Roles = PersonRole.Operator })["leach-held ".Length..]);
        Assert.Equal("", Refused(plant, new ShelveAlarm(12, "ana", "leach-held", TimeSpan.FromMinutes(5), "waiting for the electrode") { Roles = PersonRole.Operator }));
        Assert.DoesNotContain(plant.Seen.Alarms, a => a.Definition.Id == "leach-held");
        Assert.Contains(plant.Control.AbsentAlarms(), a => a.Definition.Id == "leach-held" && a.Status.State == AlarmState.Shelved && a.Why == "waiting for the electrode (ana)");
        plant.RunTo(plant.Now + TimeSpan.FromMinutes(5.1));
        Assert.Contains(plant.Seen.Alarms, a => a.Definition.Id == "leach-held" && a.Status.State == AlarmState.UnacknowledgedActive);
        Assert.Contains(plant.Events, e => e.Cause == "ana" && e.Data.GetValueOrDefault("alarm.state") == "Shelved");
    }

    private static string Refused(LithiumPlant plant, OperatorCommand command)
    {
        string reason = "";
        plant.Control.OnOutcome = reply => reason = reply.Kind == ReplyKind.Accepted ? "" : reply.Reason;
        Assert.Equal(ReplyKind.Pending, plant.Control.Command(command).Kind);
        plant.Scan();
        return reason;
    }
}
