using Crm.Plant.Alarms;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Permissions;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Permissions;

/// <summary>Every guarded act against every role, at the scan: what the rig's table does not grant changes nothing and says who may (ALM-09, SAF-13, SAF-17, SAF-30, PID-19).</summary>
public sealed class PermissionTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static RigDefinition Rig()
    {
        var sketch = new RigSketch();
        int tag = sketch.Tag("t"), pump = sketch.Output("pump");
        int row = sketch.Trip("row", true, [RigSketch.Cause("t > 5", new Above(tag, 5))], [new EffectDefinition(pump, SafeValue.At(0))]);
        sketch.Change(row, t => t with
        {
            Class = TripClass.Process,
            Bypass = new OverrideRule(null, TimeSpan.FromMinutes(30), null),
            StartUp = new OverrideRule(null, Minute, null),
            Proof = new ProofTest("lift the float", TimeSpan.FromDays(90), new DateOnly(2026, 1, 1)),
        });
        sketch.Alarm("a", new Above(tag, 5), 0, 0, a => a with { Priority = AlarmPriority.Low });
        sketch.Loop("loop", tag, 2, 60, 0, 0, 100, null, 1, new SplitLeg(pump, 0, 100, 0, 100));
        return sketch.Build() with { HardWired = [new HardWiredProtection(0, "emergency_stop", "Drops the contactors", "Pressed")] };
    }

    private static ScanCommand Command(GuardedAct act, long id) => act switch
    {
        GuardedAct.Shelve => ScanCommand.ToAlarm(id, ScanCommandKind.ShelveAlarm, 0, "mia") with { Reason = "noise", For = Minute },
        GuardedAct.OutOfService => ScanCommand.ToAlarm(id, ScanCommandKind.TakeAlarmOutOfService, 0, "mia") with { Reason = "calibration", Reference = "WO-1" },
        GuardedAct.Bypass => ScanCommand.Bypass(id, 0, 0, -1, Minute, "mia", "electrode is changed"),
        GuardedAct.StartUpOverride => ScanCommand.StartUpOverride(id, 0, "mia", "filling the vessel"),
        GuardedAct.Force => ScanCommand.ForceOutput(id, 0, 10, Minute, "mia", "stroke test"),
        GuardedAct.Substitute => ScanCommand.SubstituteTag(id, 0, 4, Minute, "mia", "transmitter is away"),
        GuardedAct.ProofTest => ScanCommand.ProofTested(id, 0, "mia", "trips at 5.1"),
        GuardedAct.Tune => ScanCommand.ProposeTuning(id, 0, new LoopTuning(3, 80, 0, 1), "mia"),
        GuardedAct.Commission => ScanCommand.TickHardWired(id, 0, new DateOnly(2026, 6, 1), "mia", "pump stops"),
        _ => ScanCommand.AcceptProtection(id, "mia", "new detector"),
    };

    /// <summary>Those that the scan judges; material is the procedure's (<c>MaterialOnPlantTests</c>).</summary>
    public static TheoryData<GuardedAct> Acts => [.. PermissionTable.Acts.Where(a => a != GuardedAct.AcceptMaterial)];

    [Theory]
    [MemberData(nameof(Acts))]
    public void Each_act_is_taken_from_exactly_the_roles_of_the_table_and_refused_with_who_may(GuardedAct act)
    {
        foreach (PersonRole role in PersonRoles.Each.Append(PersonRole.None))
        {
            var run = new ScanRun(Rig());
            run.Do(id => ScanCommand.SetDay(id, new DateOnly(2026, 6, 1), "clock"));
            run.State.Offer(Command(act, 900) with { Roles = role });
            run.Step();
            CommandOutcome outcome = run.Frame.Outcomes.Single(o => o.Id == 900);
            bool may = (PermissionTable.Usual.Of(act) & role) != 0;
            bool refusedByRole = outcome.Text.Contains(" is for ", StringComparison.Ordinal);
            Assert.True(may != refusedByRole, $"{act} by {role}: {outcome.Text}");
            // Nothing waits to be accepted here: allowed, and refused for that.
            if (act != GuardedAct.AcceptProtection) Assert.Equal(may, outcome.Accepted);
            if (may) continue;
            Assert.Contains(PersonRoles.Words(PermissionTable.Usual.Of(act)), outcome.Text, StringComparison.Ordinal);
            Assert.Empty(run.Frame.Overrides);
            Assert.Equal(AlarmState.Normal, run.Frame.Alarms[0].State);
            Assert.Null(run.Core.LoopDetail(run.State, 0).ProposedTuning);
        }
    }

    [Fact]
    public void To_end_what_was_set_aside_needs_no_role()
    {
        var run = new ScanRun(Rig());
        Assert.True(run.Do(id => Command(GuardedAct.Bypass, id)).Accepted);
        run.State.Offer(ScanCommand.EndBypass(901, 0, "tom"));
        run.Step();
        Assert.True(run.Frame.Outcomes.Single(o => o.Id == 901).Accepted);
        Assert.Empty(run.Frame.Overrides);
    }

    [Fact]
    public void Another_table_grants_otherwise_and_a_refused_suppression_is_counted_ALM19()
    {
        RigDefinition rig = Rig() with { Permissions = PermissionTable.Usual with { Roles = PermissionTable.Usual.Roles.SetItem((int)GuardedAct.Shelve, PersonRole.None) } };
        var run = new ScanRun(rig);
        CommandOutcome outcome = run.Do(id => Command(GuardedAct.Shelve, id));
        Assert.Contains("is for nobody", outcome.Text, StringComparison.Ordinal);
        Assert.Equal(1, run.State.AlarmMetrics.Run.RefusedSuppressions);
    }
}
