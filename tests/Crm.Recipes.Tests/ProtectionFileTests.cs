using Crm.Plant.Expressions;
using Crm.Plant.Loops;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Recipes.Rigs;

namespace Crm.Recipes.Tests;

/// <summary>What a row of the matrix can say beyond conditions and effects, and what is refused (SAF-08 to SAF-18, SAF-28 to SAF-30, NE-11).</summary>
public sealed class ProtectionFileTests
{
    private const string Rows = """
          - id: leach-hot-vote
            when:
              any:
                - {vote: 2oo2, of: [leach.temperature > 90 degC, leach.jacket > 90 degC], when_bad: drop out, delay: 1 s}
            then: {leach.heater: 0}
            latch: true
            why: Two thermometers
            class: safety
            reset_when: leach.temperature < 60 degC
            time: {process: 60 s, sensor: 5 s, actuator: 2 s}
            proof: {every: 90 d, last: 2026-10-05, how: Hot water}
          - id: heater-astray
            when:
              any:
                - {tag: leach.temperature, rises: 5 K, within: 2 min, while: {leach.heater: 0..0.5 %}}
                - {tag: leach.temperature, rises_less_than: 1 K, within: 10 min, while: {leach.heater: 95..100}}
                - {loop: leach.temperature_loop, off_by: 5 K, for: 20 min}
                - {while: {leach.acid_pump: 1..100 %}, delay: 2 h, clear_delay: 5 s}
                - {scale: leach.acid_scale, falls: 6 kg, since: leach.level < 1 L}
                - {scale: leach.acid_scale, doses: 0.2 kg, mixing: 5 min}
                - {balance: leach.level, dosed: [sulfuric_acid], tolerance: 1.5 L, within: 20 min, while: {leach.water_pump: 0..0.5}}
                - {condition: leach.ph > 12, delay: 5 s, bad: use value, while: {leach.acid_pump: 0..0.5}}
            then: {leach.heater: 0, leach.cooling: 100, leach.acid_pump: 0}
            latch: false
            why: Everything that looks back
            class: process
            bypass: {permit: leach.agitator_speed > 50 rpm, longest: 1 h}
            start_up: {longest: 10 min, until: leach.level > 5 L}
        permissives:
        """;

    private static readonly string Text = Rich();

    public static TheoryData<string, string, string, string> Edits => new()
    {
        { "vote: 2oo2", "vote: 3oo2", "RIG-VOTE", "vote: 3oo2" },
        { "vote: 2oo2", "vote: two of two", "RIG-VOTE", "vote: two" },
        { "vote: 2oo2", "vote: 2oo3", "RIG-VOTE", "vote: 2oo3" },
        { "leach.jacket > 90 degC]", "leach.level > 30 L]", "RIG-VOTE", "vote: 2oo2" },
        { "when_bad: drop out", "when_bad: forget it", "CHOICE-UNKNOWN", "forget it" },
        { "when_bad: drop out,", "bad: ignore,", "KEY-UNKNOWN", "bad: ignore" },
        { "class: safety", "class: safety\n    bypass: {longest: 1 h}", "RIG-CLASS", "bypass: {longest: 1 h}" },
        { "class: safety", "class: protective\n    start_up: {longest: 1 min}", "RIG-CLASS", "start_up: {longest: 1 min}" },
        { "class: safety", "class: harmless", "CHOICE-UNKNOWN", "class: harmless" },
        { "latch: true\n    why: Two", "latch: false\n    why: Two", "RIG-CLASS", "latch: false" },
        { "    time: {process: 60 s, sensor: 5 s, actuator: 2 s}\n", "", "RIG-RESPONSE", "id: leach-hot-vote" },
        { "process: 60 s", "process: 16 s", "RIG-RESPONSE", "process: 16 s" },
        { "last: 2026-10-05", "last: October", "RIG-PROOF", "last: October" },
        { "every: 90 d", "every: 1 min", "RIG-PROOF", "every: 1 min" },
        { "longest: 1 h}", "longest: 5 h}", "VALUE-RANGE", "longest: 5 h" },
        { "longest: 10 min,", "longest: 20 min,", "VALUE-RANGE", "longest: 20 min" },
        { "leach.cooling: 100, leach.acid_pump", "leach.cooling: 0, leach.acid_pump", "RIG-CONTRADICTION", "leach.cooling: 0, leach.acid" },
        { "class: process", "class: process\n    justified: {leach.agitator: why}", "RIG-OUTPUT", "justified: {leach.agitator" },
        { "rises: 5 K, within", "within", "RIG-WATCH", "{tag: leach.temperature, within" },
        { "rises: 5 K, within: 2 min", "rises: 5 bar, within: 2 min", "UNIT-MISMATCH", "5 bar" },
        { "rises: 5 K, within: 2 min", "rises: 5 K, within: 2 s", "RIG-WATCH", "within: 2 s" },
        { "tag: leach.temperature, rises: 5 K", "tag: leach.temprature, rises: 5 K", "RIG-TAG", "temprature" },
        { "while: {leach.heater: 0..0.5 %}", "while: {leach.heeter: 0..0.5 %}", "RIG-OUTPUT", "heeter" },
        { "loop: leach.temperature_loop, off_by", "loop: leach.temp_loop, off_by", "RIG-LOOP", "temp_loop" },
        { "scale: leach.acid_scale, falls", "scale: leach.level, falls", "UNIT-MISMATCH", "scale: leach.level" },
        { "dosed: [sulfuric_acid]", "dosed: [water]", "RIG-REAGENT", "dosed: [water]" },
        { "with: jacket", "with: level", "RIG-PLAUSIBLE", "with: level" },
        { "frozen: 3 min", "frozen: 1 s", "RIG-PLAUSIBLE", "frozen: 1 s" },
        { "range: 1..110, ", "range: 1..150, ", "RIG-PLAUSIBLE", "range: 1..150" },
    };

    [Fact]
    public void Every_form_is_read()
    {
        RigDefinition rig = SmallPlant.Whole(RigFile.Read("rig.yaml", SmallPlant.Bytes(Text)));
        TripDefinition vote = rig.Trips.Single(t => t.Id == "leach-hot-vote");
        Assert.Equal((2, 2, Degradation.DropOutSafe), (vote.Causes[0].Voter!.Need, vote.Causes[0].Voter!.Channels.Length, vote.Causes[0].Voter!.WhenBad));
        Assert.Equal((TripClass.Safety, new DateOnly(2026, 10, 5), TimeSpan.FromSeconds(60)), (vote.Class, vote.Proof!.Last, vote.Time!.Process));
        Assert.Equal("leach.temperature < 60 degC", vote.ResetPermit!.Text);
        TripDefinition astray = rig.Trips.Single(t => t.Id == "heater-astray");
        int temperature = rig.Tag("leach.temperature");
        Assert.Equal(new ChangeWatch(temperature, ChangeKind.Rises, 5, TimeSpan.FromMinutes(2)), astray.Causes[0].Watch);
        Assert.Equal(new OutputGate(rig.Output("leach.heater"), 0, 0.5), Assert.Single(astray.Causes[0].Gates));
        Assert.Equal(ChangeKind.RisesLessThan, ((ChangeWatch)astray.Causes[1].Watch!).Kind);
        Assert.Equal(new ErrorWatch(0, temperature, 5, 6000) { Reach = LoopReach.Of(rig.Loops, 0) }, astray.Causes[2].Watch);
        Assert.Equal((TimeSpan.FromHours(2), TimeSpan.FromSeconds(5)), (astray.Causes[3].Delay, astray.Causes[3].ClearDelay));
        Assert.Equal((6.0, 0.04), (((TotalWatch)astray.Causes[4].Watch!).Amount, ((TotalWatch)astray.Causes[4].Watch!).Band));
        Assert.Equal(new MixingWatch(rig.Tag("leach.acid_scale"), 0.2, TimeSpan.FromMinutes(5), 0.04), astray.Causes[5].Watch);
        Assert.Equal(1.836, Assert.Single(((BalanceWatch)astray.Causes[6].Watch!).Doses).Density);
        Assert.Equal(BadInput.UseValue, astray.Causes[7].WhenBad);
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromMinutes(10)), (astray.Bypass!.Longest, astray.StartUp!.Longest));
        Plausibility plausible = rig.Tags[temperature].Plausible!;
        Assert.Equal((1.0, 110.0, TimeSpan.FromMinutes(3), rig.Tag("leach.jacket")), (plausible.Low, plausible.High, plausible.FrozenAfter, plausible.Twin));
        Assert.Equal("leach.temperature rises 5 K within 2 min while leach.heater at 0..0.5 %", astray.Causes[0].Text);
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public void A_broken_row_is_refused_with_code_and_line(string old, string replacement, string code, string marker)
    {
        string text = BrokenFile.Edit(Text, old, replacement);
        BrokenFile.Refused(RigFile.Read("rig.yaml", SmallPlant.Bytes(text)), code, BrokenFile.LineOf(text, marker));
    }

    /// <summary>SAF-32: the checksum follows what protection does, and not when it was tested last.</summary>
    [Theory]
    [InlineData("leach.temperature > 90 degC", "leach.temperature > 91 degC", true)]
    [InlineData("delay: 1 s}", "delay: 2 s}", true)]
    [InlineData("when_bad: drop out", "when_bad: vote", true)]
    [InlineData("falls: 6 kg", "falls: 7 kg", true)]
    [InlineData("longest: 1 h}", "longest: 2 h}", true)]
    [InlineData("need: scrubber.fan_running running", "need: scrubber.fan_running not running", true)]
    [InlineData("range: 1..110", "range: 1..111", true)]
    [InlineData("frozen: 3 min", "frozen: 4 min", true)]
    [InlineData("within: 20 K, for: 60 s", "within: 20 K, for: 61 s", true)]
    [InlineData("from: transmitters.ai1, stale_after: 2 s", "from: transmitters.ai1, stale_after: 3 s", true)]
    [InlineData("span: 0..120, from: transmitters.ai1,", "span: 0..130, from: transmitters.ai1,", true)]
    [InlineData("last: 2026-10-05", "last: 2026-11-05", false)]
    [InlineData("title: Bench rig", "title: Another rig", false)]
    public void The_checksum_covers_what_decides_SAF32(string old, string replacement, bool changes)
    {
        string Checksum(string text) => MatrixTable.Of(SmallPlant.Whole(RigFile.Read("rig.yaml", SmallPlant.Bytes(text)))).Checksum;
        Assert.Equal(changes, Checksum(Text) != Checksum(BrokenFile.Edit(Text, old, replacement)));
    }

    [Fact]
    public void The_median_of_several_tags_is_a_number()
    {
        string text = BrokenFile.Edit(Text, "condition: leach.ph > 12,", "condition: \"median(leach.temperature, leach.jacket) > 80 degC\",");
        RigDefinition rig = SmallPlant.Whole(RigFile.Read("rig.yaml", SmallPlant.Bytes(text)));
        var comparison = Assert.IsType<Comparison>(rig.Trips.Single(t => t.Id == "heater-astray").Causes[7].Condition);
        Assert.Equal(2, Assert.IsType<Median>(comparison.Left).Values.Length);
    }

    private static string Rich()
    {
        string text = BrokenFile.Edit(SmallPlant.Rig, "permissives:\n", Rows + "\n");
        return BrokenFile.Edit(
            text,
            "      ph: {label: pH",
            "      jacket: {label: Jacket, unit: degC, span: 0..120, from: transmitters.ai20, stale_after: 2 s, keep: {deadband: 0.2, at_least_every: 60 s}, decimals: 1, u: 0.15,\n"
            + "               plausible: {range: 1..119}}\n"
            + "      ph: {label: pH").Replace(
            "decimals: 1, u: 0.15}\n",
            "decimals: 1, u: 0.15,\n                    plausible: {range: 1..110, frozen: 3 min, agrees: {with: jacket, within: 20 K, for: 60 s}}}\n", StringComparison.Ordinal);
    }
}
