using System.Collections.Immutable;
using Crm.Plant.Permissions;
using Crm.Plant.Protection;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Protection;

/// <summary>Hard-wired protections are ticked by name, with day and finding, on record, and the record brings them back (SAF-33).</summary>
public sealed class CommissioningTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    private static RigDefinition Rig(string what = "Drops the contactors") => new RigSketch().Build() with
    {
        HardWired = [new HardWiredProtection(0, "emergency_stop", what, "Pressed"), new HardWiredProtection(1, "tray", "Holds it all", "Filled")],
    };

    [Theory]
    [InlineData(0, true, "anna", "stops within 1 s", PersonRole.Engineer, "")]
    [InlineData(0, true, "anna", "stops within 1 s", PersonRole.Operator, "ticking a hard-wired protection is for engineer, maintenance")]
    [InlineData(0, true, "anna", "ok", PersonRole.Engineer, "it needs a reason in words")]
    [InlineData(0, true, "", "stops within 1 s", PersonRole.Engineer, "it needs the name of the person")]
    [InlineData(1, false, "anna", "tray has a crack", PersonRole.Maintenance, "tray is not ticked")]
    [InlineData(2, true, "anna", "stops within 1 s", PersonRole.Engineer, "there is no hard-wired protection 2")]
    public void A_tick_needs_a_person_who_may_and_what_was_found_SAF33(int target, bool ticks, string by, string found, PersonRole role, string refusal)
    {
        var run = new ScanRun(Rig());
        CommandOutcome outcome = run.Do(id => ScanCommand.TickHardWired(id, target, ticks ? Day : null, by, found) with { Roles = role });

        Assert.Equal(refusal.Length == 0, outcome.Accepted);
        Assert.Contains(refusal, outcome.Text, StringComparison.Ordinal);
        Assert.Equal(outcome.Accepted, run.Told(ScanEventKind.HardWiredTicked));
        Assert.Equal(outcome.Accepted ? new HardWiredTick(by, Day.DayNumber, found) : HardWiredTick.None, ScanCore.HardWired(run.State)[0]);
        Assert.Equal(outcome.Accepted, ScanCore.HardWired(run.Fork().State)[0].IsTicked);
    }

    /// <summary>What stood is there again; what was taken back is not; what reads otherwise now must be ticked again.</summary>
    [Theory]
    [InlineData("Drops the contactors", false, true)]
    [InlineData("Drops the contactors", true, false)]
    [InlineData("Drops all contactors", false, false)]
    public void The_record_brings_ticks_back(string what, bool withdrawn, bool stands)
    {
        var run = new ScanRun(Rig());
        var record = new List<BatchEvent>();
        run.Do(id => ScanCommand.TickHardWired(id, 0, Day, "anna", "stops within 1 s"));
        Keep(run, record);
        if (withdrawn)
        {
            run.Do(id => ScanCommand.TickHardWired(id, 0, null, "boris", "button is broken"));
            Keep(run, record);
        }

        Assert.All(record, e => Assert.True(ScanCore.Recalls(e)));
        var core = new ScanCore(Rig(what));
        ScanState back = core.Start();
        core.Recall(back, record, TimeSpan.Zero, TimeSpan.FromHours(1));
        Assert.Equal(stands ? new HardWiredTick("anna", Day.DayNumber, "stops within 1 s") : HardWiredTick.None, ScanCore.HardWired(back)[0]);
    }

    /// <summary>What is set aside goes on after a restart for the rest of its time; a tick or its end takes it from the record too (SAF-13, SAF-33).</summary>
    [Theory]
    [InlineData(240, "", true)]
    [InlineData(30, "", false)]
    [InlineData(240, "ended", false)]
    [InlineData(240, "ticked", false)]
    public void What_is_set_aside_comes_back_for_the_rest_of_its_time_SAF13_SAF33(double minutes, string then, bool stands)
    {
        var run = new ScanRun(Rig());
        var record = new List<BatchEvent>();
        Assert.True(run.Do(id => ScanCommand.SetHardWiredAside(id, 0, TimeSpan.FromMinutes(minutes), "mia", "spare switch comes tomorrow") with { Roles = PersonRole.Engineer }).Accepted);
        Keep(run, record);
        if (then == "ended") run.Do(id => ScanCommand.EndHardWiredAside(id, 0, "anna"));
        if (then == "ticked") run.Do(id => ScanCommand.TickHardWired(id, 0, Day, "mia", "stops within 1 s") with { Roles = PersonRole.Engineer });
        Keep(run, record);
        run.Step();
        Keep(run, record);

        var core = new ScanCore(Rig());
        ScanState back = core.Start();
        core.Recall(back, record, TimeSpan.Zero, TimeSpan.FromHours(1));
        PlantFrame frame = core.Scan(back, TimeSpan.FromMilliseconds(100), new Reading[Rig().Tags.Length]);
        Assert.Equal(stands, frame.Overrides.Any(o => o is { Kind: OverrideKind.HardWired, Target: 0, By: "mia" }));
        Assert.Equal(!stands && then != "ticked", Commissioning.Unseen(Rig(), frame).Any(o => o.Subject == "emergency_stop"));
        Assert.Contains(Commissioning.Unseen(Rig(), frame), o => o.Subject == "tray");
    }

    private static void Keep(ScanRun run, List<BatchEvent> record) => record.AddRange(run.Frame.Events
        .Where(e => e.Kind is ScanEventKind.HardWiredTicked or ScanEventKind.OverrideSet or ScanEventKind.OverrideEnded)
        .Select(e => new BatchEvent(run.Now, run.Frame.Scan, BatchEventKind.Command, e.Subject, e.Text, e.By, e.Facts!)));
}
