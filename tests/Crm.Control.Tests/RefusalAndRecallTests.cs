using Xunit;
using Crm.Plant.Permissions;
using Crm.Plant.Phases;
using Crm.Plant.Protection;
using Crm.Plant.Records;

namespace Crm.Control.Tests;

/// <summary>What the scan refuses is on record and never a flood; what stood when the controller was lost stands again (S88-04, ALM-22, SAF-32, S88-22).</summary>
public sealed class RefusalAndRecallTests
{
    private static IEnumerable<BatchEvent> Refused(Plant plant) => plant.Journal.Durable.Where(e => e.Kind == BatchEventKind.CommandRefused);

    [Fact]
    public void A_command_that_the_scan_refuses_is_on_record_with_who_what_and_why_S88_04()
    {
        Plant plant = new Plant().Feeding();
        plant.Controller.Command(new ForceOutput(900, "mia", "v.pump", 10, TimeSpan.FromMinutes(1), "stroke test") { Roles = PersonRole.Operator });
        plant.Scan(3);
        BatchEvent refusal = Assert.Single(Refused(plant));
        Assert.Equal(("v.pump", "mia"), (refusal.Subject, refusal.Cause));
        Assert.Equal("force output refused: forcing an output is for engineer, maintenance; mia is operator", refusal.Text);
        Assert.Equal(50, plant.Bus.Pins[Plant.Pump]);
    }

    [Fact]
    public void A_thousand_refusals_leave_a_hundred_records_and_their_number()
    {
        Plant plant = new Plant().Feeding();
        for (int i = 0; i < 1000; i++)
        {
            plant.Controller.Command(new TakeManual(1000 + i, "mia", "v.pump", 9000));
            if (i % 100 == 99) plant.Scan();
        }

        plant.Scan(700);
        BatchEvent[] refused = [.. Refused(plant)];
        Assert.Equal(RefusalNotes.MostEach + 1, refused.Length);
        Assert.Contains("900 more refusals", refused[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void More_commands_than_the_scan_takes_are_refused_and_none_waits_for_ever()
    {
        Plant plant = new Plant().Feeding();
        CommandReply[] replies = [.. Enumerable.Range(0, 400).Select(i => plant.Controller.Command(new TakeManual(1000 + i, "mia", "v.pump", 9000)))];
        Assert.Equal(256, replies.Count(r => r.Kind == ReplyKind.Pending));
        Assert.All(replies.Skip(256), r => Assert.Contains("256 commands wait", r.Reason, StringComparison.Ordinal));
        plant.Scan();
        Assert.Equal(ReplyKind.Pending, plant.Controller.Command(new TakeManual(2000, "mia", "v.pump", 9000)).Kind);
    }

    [Fact]
    public void Coming_back_refuses_nothing_and_what_a_person_held_at_rest_stays_with_the_person_S88_22()
    {
        Plant plant = new Plant().Feeding().Manual("v.pump", 0).Scan(20);
        Plant back = plant.ComeBack(TimeSpan.FromMinutes(5)).Scan(5);
        Assert.Empty(Refused(back));
        Assert.True(back.Controller.Frame!.Outputs[Plant.Pump].InManual);
    }

    [Fact]
    public void A_batch_says_with_which_protection_it_runs_and_another_one_is_refused_until_it_is_accepted_SAF32()
    {
        Plant plant = new Plant().Feeding().Scan(20);
        BatchEvent note = Assert.Single(plant.Journal.Durable, e => e.Subject == ProtectionChange.Subject);
        Assert.Equal(ProtectionItems.Checksum(plant.Controller.Rig), ProtectionChange.LastIn([note]));

        Plant back = plant.ComeBack(TimeSpan.FromMinutes(5), rig => rig with { Trips = [rig.Trips[0] with { Latch = false }] }).Scan(5);
        back.Reset();
        back.Scan(20);
        Assert.True(back.Controller.Frame!.RigTrip.IsTripped);
        Assert.Contains(Refused(back), e => e.Text.Contains("accept it first", StringComparison.Ordinal));
        Assert.Equal(100, back.Bus.Pins[Plant.Cooling]);
        back.Controller.Command(new AcceptProtection(901, "mia", "agreed in the review") { Roles = PersonRole.Operator });
        back.Scan(2);
        Assert.True(back.Controller.Frame!.RigTrip.IsTripped);
        back.Controller.Command(new AcceptProtection(902, "eva", "agreed in the review") { Roles = PersonRole.Engineer });
        back.Scan(2);
        back.Reset();
        back.Scan(5);
        Assert.False(back.Controller.Frame!.RigTrip.IsTripped);
        Assert.Equal(PhaseState.Held, back.Batch);
        Assert.Contains(back.Journal.Durable, e => e.Cause == "eva" && e.Text.Contains("accepted: agreed in the review", StringComparison.Ordinal));
    }
}
