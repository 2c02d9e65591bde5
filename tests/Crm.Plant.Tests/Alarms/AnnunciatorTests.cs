using Crm.Plant.Alarms;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Alarms;

/// <summary>
/// ALM-14: sequences A, M and F of ISA-18.1 as a truth table at the panel's outputs, told by what lamp and horn do over time; ALM-03: silence is not
/// acknowledgement; ALM-05 reset of what latches; ALM-13 first-out.
/// </summary>
public sealed class AnnunciatorTests
{
    /// <summary>Half a period of a flash, in scans of 100 ms.</summary>
    private const int Flash = 4;

    /// <summary>Scans in which a lamp is watched: a whole period of the slowest pattern.</summary>
    private const int Watch = 8 * Flash;

    /// <summary>
    /// Sequence; acts (1 and 2: the process of alarm one or two goes abnormal; n1, n2: back to normal; ack, ack2, reset, first: first-out reset, silence), each followed
    /// by what the lamps of one and two and the horn do.
    /// </summary>
    public static TheoryData<string, string> Tables => new()
    {
        // Maintained alarm.
        { "A", "- off off quiet | 1 flash off horn | ack steady off quiet | n1 off off quiet" },
        { "M", "- off off quiet | 1 flash off horn | ack steady off quiet | n1 steady off quiet | reset off off quiet" },
        { "F", "- off off quiet | 1 double off horn | ack slow off quiet | n1 off off quiet" },
        // Momentary alarm: locked in until it is acknowledged.
        { "A", "1 flash off horn | n1 flash off horn | ack off off quiet" },
        { "M", "1 flash off horn | n1 flash off horn | ack steady off quiet | reset off off quiet" },
        { "F", "1 double off horn | n1 double off horn | ack off off quiet" },
        // Reset before the process is normal does nothing.
        { "M", "1 flash off horn | ack steady off quiet | reset steady off quiet | n1 steady off quiet | reset off off quiet" },
        // A second alarm: sequences A and M show it like the first, F tells them apart.
        { "A", "1 flash off horn | 2 flash flash horn | ack steady flash horn | ack2 steady steady quiet | n1 off steady quiet | n2 off off quiet" },
        { "F", "1 double off horn | 2 double flash horn | ack slow flash horn | ack2 slow steady quiet | first steady steady quiet | n1 off steady quiet | n2 off off quiet" },
        { "F", "2 off double horn | 1 flash double horn | ack steady double horn | ack2 steady slow quiet" },
        // Both in one scan are both first (ALM-13); the next first-out comes after the first-out reset only.
        { "F", "12 double double horn | ack slow double horn | ack2 slow slow quiet | first steady steady quiet" },
        { "F", "1 double off horn | ack slow off quiet | n1 off off quiet | 2 off flash horn | first off flash horn | n2 off flash horn | ack2 off off quiet | 2 off double horn" },
        // Silence is for the horn alone, and until the next alarm (ALM-03).
        { "A", "1 flash off horn | silence flash off quiet | n1 flash off quiet | ack off off quiet" },
        { "A", "1 flash off horn | silence flash off quiet | 2 flash flash horn | silence flash flash quiet | ack steady flash quiet | ack2 steady steady quiet" },
        { "A", "1 flash off horn | ack steady off quiet | n1 off off quiet | 1 flash off horn" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Lamp_and_horn_go_through_the_sequence(string sequence, string table)
    {
        (ScanRun run, int[] outputs) = Panel(sequence);
        foreach (string line in table.Split(" | "))
        {
            string[] words = line.Split(' ');
            Act(run, words[0]);
            run.Step(2);
            Assert.Equal($"{line}", $"{words[0]} {string.Join(' ', Seen(run, outputs))}");
        }
    }

    /// <summary>A lamp is a plant service's output: the rig's own trip leaves it working, or nobody would see why it tripped.</summary>
    [Fact]
    public void The_panel_works_while_the_rig_is_tripped()
    {
        (ScanRun run, int[] outputs) = Panel("A", reset: false);
        run.Set(0, 200);
        run.Step(3);
        Assert.True(run.Frame.RigTrip.IsTripped);
        Assert.Equal(["flash", "off", "horn"], Seen(run, outputs));
    }

    [Fact]
    public void A_silent_horn_cannot_be_silenced_and_a_fork_knows_what_was()
    {
        (ScanRun run, int[] outputs) = Panel("A");
        Assert.Equal("the horn is silent", run.Do(Silence).Text);
        Act(run, "1");
        run.Step(2);
        Assert.True(run.Do(Silence).Accepted);
        ScanRun fork = run.Fork();
        fork.Step();
        Assert.Equal("quiet", Seen(fork, outputs)[2]);
        Assert.Equal("quiet", Seen(run, outputs)[2]);
    }

    private static ScanCommand Silence(long id) => new(id, ScanCommandKind.SilenceHorn, -1, 0, 0, "anna");

    private static (ScanRun Run, int[] Outputs) Panel(string sequence, bool reset = true)
    {
        var sketch = new RigSketch();
        int[] outputs = [.. ((string[])["one", "two", "horn"]).Select(name => sketch.Output(name, high: 1, unit: "on/off", lapseAfter: 5))];
        for (int i = 0; i < 2; i++)
        {
            sketch.Tag($"t{i}");
            sketch.Alarm($"a{i}", new Above(i, 100), 0, 0, a => a with { Latch = sequence == "M", Group = sequence == "F" ? "both" : "" });
        }

        AnnunciatorSequence how = sequence switch { "A" => AnnunciatorSequence.Automatic, "M" => AnnunciatorSequence.Manual, _ => AnnunciatorSequence.FirstOut };
        RigDefinition rig = sketch.Build() with { Panel = new PanelDefinition(outputs[2], Flash * TimeSpan.FromMilliseconds(100), [new PanelLamp(outputs[0], how, [0]), new PanelLamp(outputs[1], how, [1])]) };
        var run = new ScanRun(rig, reset: false);
        run.Set(0, 20);
        run.Set(1, 20);
        run.Step();
        if (reset) Assert.True(run.Do(id => ScanCommand.ResetAll(id, "anna")).Accepted);
        return (run, outputs);
    }

    private static void Act(ScanRun run, string act)
    {
        switch (act)
        {
            case "1" or "2" or "12":
                foreach (char alarm in act) run.Set(alarm - '1', 200);
                break;
            case "n1" or "n2":
                run.Set(act[1] - '1', 20);
                break;
            case "ack" or "ack2":
                int acknowledged = act == "ack" ? 0 : 1;
                Assert.True(run.Do(id => ScanCommand.Acknowledge(id, acknowledged, run.Frame.Alarms[acknowledged].Occurrence, "anna")).Accepted);
                break;
            case "reset":
                run.Do(id => ScanCommand.ToAlarm(id, ScanCommandKind.ResetAlarm, 0, "anna"));
                break;
            case "first":
                Assert.True(run.Do(id => ScanCommand.ToAlarm(id, ScanCommandKind.ResetFirstOut, 0, "anna")).Accepted);
                break;
            case "silence":
                Assert.True(run.Do(Silence).Accepted);
                break;
        }
    }

    /// <summary>What the outputs do over a whole period: by how often they change and how long they are lit.</summary>
    private static string[] Seen(ScanRun run, int[] outputs)
    {
        var lit = new int[outputs.Length];
        var changes = new int[outputs.Length];
        double[] before = [.. outputs.Select(o => run[o])];
        for (int i = 0; i < Watch; i++)
        {
            run.Step();
            for (int o = 0; o < outputs.Length; o++)
            {
                if (run[outputs[o]] != before[o]) changes[o]++;
                before[o] = run[outputs[o]];
                lit[o] += (int)before[o];
            }
        }

        return [Lamp(lit[0], changes[0]), Lamp(lit[1], changes[1]), lit[2] switch { 0 => "quiet", Watch => "horn", _ => "on and off" }];
    }

    private static string Lamp(int lit, int changes) => (lit, changes) switch
    {
        (0, 0) => "off",
        (Watch, 0) => "steady",
        (Watch / 2, 8) => "flash",
        (Watch / 2, 2) => "slow",
        (Watch / 4, 4) => "double",
        _ => $"lit {lit} of {Watch}, {changes} changes",
    };
}
