using Crm.Plant.Phases;

namespace Crm.Scenarios.Tests;

/// <summary>The review table of HELD on the lithium pilot after its leach, at the pins (SAF-02, S88-06): every cell, in every scan what may never be, and the way back.</summary>
[Collection(WholeBatchShared.Name)]
public sealed class HeldCarbonateTests(WholeBatch batch, ITestOutputHelper output)
{
    [Theory]
    [InlineData("iron", "neutralise", 20)]
    [InlineData("leach-residue", "filter1", 20)]
    [InlineData("residue-wash-1", "filter1", 20)]
    [InlineData("boil-down", "concentrate", 20)]
    [InlineData("crystallise", "coolcryst", 20)]
    [InlineData("soda-ash", "carbonation", 20)]
    [InlineData("carbon-dioxide", "bicarbonation", 20)]
    [InlineData("resin", "polish", 20)]
    [InlineData("boil-off", "decompose", 20)]
    [InlineData("dry", "dryer", 20)]
    public void Held_is_reached_cell_by_cell_and_nothing_that_may_never_be_is(string moment, string unit, double minutes) =>
        HeldTable.Hold(batch.In(moment), unit, TimeSpan.FromMinutes(minutes));

    /// <summary>Lithium carbonate dissolves as it cools, hydroxide ages, a cooling crystalliser showers fines when it is cooled on: these keep their temperature while held.</summary>
    [Theory]
    [InlineData("iron", "neutralise", 3)]
    [InlineData("soda-ash", "carbonation", 3)]
    [InlineData("boil-off", "decompose", 20)]
    [InlineData("crystallise", "coolcryst", 3)]
    public void Temperature_is_kept_for_an_hour_of_hold(string moment, string unit, double within)
    {
        PilotRun plant = batch.In(moment);
        double before = plant.Reads($"{unit}.temperature");
        HeldTable.Hold(plant, unit, TimeSpan.FromHours(1));
        double after = plant.Reads($"{unit}.temperature");
        output.WriteLine($"{unit}: {before} degC before, {after} degC after an hour");
        Assert.InRange(after - before, -within, within);
    }

    /// <summary>Held on the way up it stays where it had come to, and goes on up from there after RESTART: neither on to the recipe's temperature nor back to a fixed one.</summary>
    [Theory]
    [InlineData("hot", "carbonation", 90)]
    public void Held_on_the_way_up_it_stays_at_the_setpoint_it_had_come_to(string moment, string unit, double asked)
    {
        PilotRun plant = batch.In(moment);
        Assert.True(plant.RunUntil(p => p.Reads($"{unit}.temperature") > 45, TimeSpan.FromHours(2)), plant.Story);
        int loop = plant.Rig.Loop($"{unit}.temperature_loop");
        double setpoint = plant.Frame.Loops[loop].Setpoint, before = plant.Reads($"{unit}.temperature");
        Assert.InRange(before, 30, asked - 15);
        HeldTable.Hold(plant, unit, TimeSpan.FromMinutes(40));
        double after = plant.Reads($"{unit}.temperature"), held = plant.Frame.Loops[loop].Setpoint;
        output.WriteLine($"{unit}: {before} degC with the setpoint at {setpoint:0.0}, {after} degC with the setpoint at {held:0.0} after 40 min");
        Assert.InRange(held, setpoint - 0.2, setpoint + 0.2);
        Assert.InRange(after, setpoint - 2, setpoint + 2);
        Assert.Equal(Control.ReplyKind.Accepted, plant.Command(PhaseCommand.Restart).Kind);
        Assert.True(plant.RunUntil(p => p.Reads($"{unit}.temperature") > asked - 1, TimeSpan.FromMinutes(90)), plant.Story);
    }

    /// <summary>
    /// Never a soda line that stands unflushed: HOLD and STOP push 0.2 L of condensate through it for a minute with the pump off, ABORT shuts it. HELD comes after the flush, so
    /// RESTART cannot come before it; it is on record, and the water in the vessel is what the condensate tank lost.
    /// </summary>
    [Theory]
    [InlineData(PhaseCommand.Hold, 60)]
    [InlineData(PhaseCommand.Stop, 60)]
    [InlineData(PhaseCommand.Abort, 0)]
    public void The_soda_line_is_flushed_once_and_for_a_minute(PhaseCommand command, double seconds)
    {
        PilotRun plant = batch.In("soda-ash");
        double mass = plant.Reads("carbonation.mass"), scale = plant.Reads("carbonation.carbonate_scale"), tank = plant.Reads("condensate_tank.level");
        Assert.True(plant.Pin("carbonation.carbonate_pump") > 0);
        plant.Command(command);
        int open = 0, atRest = 0;
        plant.RunUntil(
            p =>
            {
                bool flushes = p.Pin("carbonation.flush_valve") > 0;
                if (flushes) open++;
                if (p.IsHeld("carbonation") || p.AtRest) atRest++;
                Assert.Equal(0, p.Pin("carbonation.carbonate_pump"));
                // A demand is at the pin one scan after the state that asks for it.
                Assert.False(flushes && atRest > 1, p.Story);
                return false;
            },
            TimeSpan.FromMinutes(30));
        Assert.Equal(seconds, open * plant.Rig.ScanPeriod.TotalSeconds, 0.25);
        Assert.Equal(seconds > 0, plant.Events.Any(e => e.Text.StartsWith("carbonation.flush_valve at 1 for 60 s", StringComparison.Ordinal)));
        double came = plant.Reads("carbonation.mass") - mass - (scale - plant.Reads("carbonation.carbonate_scale"));
        output.WriteLine($"{command}: flushed {open / 10.0} s, {came:0.000} kg came, the condensate tank lost {tank - plant.Reads("condensate_tank.level"):0.00} L");
        Assert.InRange(came, (seconds / 300) - 0.07, (seconds / 300) + 0.07);
    }

    /// <summary>RESTART while the line is still flushed is refused; after it the dose goes on from its scale and ends with a flush of its own.</summary>
    [Fact]
    public void A_dose_of_soda_restarts_after_the_flush_and_is_flushed_at_its_end()
    {
        PilotRun plant = batch.In("soda-ash");
        plant.Command(PhaseCommand.Hold);
        plant.RunUntil(_ => false, TimeSpan.FromSeconds(20));
        Assert.Equal(Control.ReplyKind.Refused, plant.Command(PhaseCommand.Restart).Kind);
        Assert.True(plant.RunUntil(p => p.IsHeld("carbonation"), TimeSpan.FromMinutes(1)), plant.Story);
        Assert.Equal(Control.ReplyKind.Accepted, plant.Command(PhaseCommand.Restart).Kind);
        double before = plant.Reads("carbonation.carbonate_scale");
        Assert.True(plant.RunUntil(p => p.Pin("carbonation.carbonate_pump") > 0, TimeSpan.FromMinutes(2)), plant.Story);
        int open = 0;
        Assert.True(plant.RunUntil(
            p =>
            {
                if (p.Pin("carbonation.flush_valve") <= 0) return p.IsDoing("ripen");
                Assert.Equal(0, p.Pin("carbonation.carbonate_pump"));
                open++;
                return false;
            },
            TimeSpan.FromHours(4)), plant.Story);
        output.WriteLine($"{before - plant.Reads("carbonation.carbonate_scale"):0.000} kg after the hold, flushed {open / 10.0} s at the end");
        Assert.InRange(open, 595, 605);
    }

    /// <summary>The base starts afresh: after a hold no more goes in at once than went in before it, at no moment.</summary>
    [Theory]
    [InlineData("iron")]
    [InlineData("nickel-cobalt")]
    public void A_neutralisation_that_restarts_makes_no_surge_of_base(string moment)
    {
        PilotRun free = batch.In(moment), plant = batch.In(moment);
        double most = 0, surge = 0, scale = 0;
        free.RunUntil(p => (most = Math.Max(most, p.Pin("neutralise.caustic_pump"))) < 0, TimeSpan.FromMinutes(10));
        HeldTable.Hold(plant, "neutralise", TimeSpan.FromMinutes(10));
        scale = plant.Reads("neutralise.caustic_scale");
        Assert.Equal(Control.ReplyKind.Accepted, plant.Command(PhaseCommand.Restart).Kind);
        Assert.True(plant.RunUntil(p => p.State == PhaseState.Running, TimeSpan.FromMinutes(2)), plant.Story);
        plant.RunUntil(p => (surge = Math.Max(surge, p.Pin("neutralise.caustic_pump"))) < 0, TimeSpan.FromMinutes(10));
        double given = scale - plant.Reads("neutralise.caustic_scale"), usual = batch.In(moment).Reads("neutralise.caustic_scale") - free.Reads("neutralise.caustic_scale");
        output.WriteLine($"{most:0.0} % before, {surge:0.0} % after; {usual:0.000} kg in ten minutes undisturbed, {given:0.000} kg after the hold");
        Assert.InRange(surge, 0, most + 0.1);
        Assert.InRange(given, 0, (1.1 * usual) + 0.03);
    }

    /// <summary>A stopped wash may stand for as long as its cake does: within the hour it goes on, beyond it the filter is stopped, and no wash goes onto the cracks.</summary>
    [Fact]
    public void A_wash_goes_on_within_its_cracking_limit_and_is_stopped_beyond_it()
    {
        PilotRun plant = batch.In("residue-wash-1");
        plant.Command(PhaseCommand.Hold);
        plant.RunUntil(_ => false, TimeSpan.FromMinutes(55));
        Assert.True(plant.IsHeld("filter1"), plant.Story);
        PilotRun soon = plant.Fork();
        Control.CommandReply reply = soon.Command(PhaseCommand.Restart);
        Assert.True(reply.Kind == Control.ReplyKind.Accepted, reply.Reason);
        Assert.True(soon.RunUntil(p => p.Pin("filter1.wash_pump") > 0, TimeSpan.FromMinutes(2)), soon.Story);
        Assert.True(plant.RunUntil(p => !p.IsHeld("filter1"), TimeSpan.FromMinutes(10)), plant.Story + string.Join(" | ", plant.Events.TakeLast(12).Select(e => $"{e.At} {e.Subject} {e.Text} {e.Cause}")));
        Assert.Equal(Control.ReplyKind.Refused, plant.Command(PhaseCommand.Restart).Kind);
        Assert.False(plant.RunUntil(p => p.Pin("filter1.wash_pump") > 0, TimeSpan.FromMinutes(2)), plant.Story);
    }

    /// <summary>No filter is opened before its pressure is gone: each discharge of one has a wait for the pressure before it, that holds.</summary>
    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_filter_is_discharged_only_after_a_wait_for_its_pressure(string rig, string recipe)
    {
        string text = File.ReadAllText(Path.Combine(PilotFiles.Root, recipe));
        foreach (string unit in PilotFiles.Load(rig, recipe).Rig.Units.Where(u => u.Class == "filter").Select(u => u.Name))
        {
            string[] lines = [.. text.Split('\n').Where(l => l.Contains("- discharge:", StringComparison.Ordinal) && l.Contains($"from: {unit},", StringComparison.Ordinal))];
            foreach (string discharge in lines)
            {
                string before = text[..text.IndexOf(discharge, StringComparison.Ordinal)].TrimEnd().Split('\n')[^1];
                Assert.True(before.Contains("- wait:", StringComparison.Ordinal) && before.Contains($"for: {unit}.pressure < 1.2 bar", StringComparison.Ordinal) && before.Contains("then: hold", StringComparison.Ordinal), $"{recipe}: {discharge.Trim()}");
            }
        }
    }

    public static TheoryData<string, string> Recipes
    {
        get
        {
            var recipes = new TheoryData<string, string>();
            foreach (string folder in IdleRigs.Recipes.Keys)
                foreach (string recipe in IdleRigs.RecipesOf(folder)) recipes.Add(folder, recipe);
            return recipes;
        }
    }
}
