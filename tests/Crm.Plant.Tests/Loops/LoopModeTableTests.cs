using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>PID-06 and PID-07, every cell: what a loop may do at best, and whose word counts, against a table written down here a second time.</summary>
public sealed class LoopModeTableTests : VesselLoop
{
    private static readonly LoopMode[] targets = [LoopMode.OutOfService, LoopMode.Manual, LoopMode.Automatic, LoopMode.Cascade, LoopMode.RemoteCascade];

    /// <summary>Modes from the least permitted to the most, as Fieldbus falls through them.</summary>
    private static readonly LoopMode[] falls =
        [LoopMode.OutOfService, LoopMode.Initialising, LoopMode.LocalOverride, LoopMode.Manual, LoopMode.Automatic, LoopMode.Cascade, LoopMode.RemoteCascade];

    [Fact]
    public void Every_target_in_every_circumstance_falls_to_the_best_permitted_PID06()
    {
        int cells = 0;
        foreach (LoopMode target in targets)
        {
            for (int bits = 0; bits < 64; bits++, cells++)
            {
                bool asked = (bits & 1) != 0, above = (bits & 2) != 0, usable = (bits & 4) != 0, tracks = (bits & 8) != 0, connected = (bits & 16) != 0, direct = (bits & 32) != 0;
                LoopMode actual = LoopModes.Actual(new LoopCircumstances(target, asked, above, usable, tracks, connected, direct));
                Assert.True(actual == Best(target, asked, above, usable, tracks, connected, direct), $"{target}, {bits:b6}: {actual}");
                if (actual == LoopMode.RemoteOutput) continue;
                bool sameDemand = actual is LoopMode.Cascade or LoopMode.RemoteCascade && target is LoopMode.Cascade or LoopMode.RemoteCascade;
                Assert.True(sameDemand || Array.IndexOf(falls, actual) <= Array.IndexOf(falls, target), $"{target} rose to {actual} ({bits:b6})");
            }
        }

        Assert.Equal(320, cells);
    }

    // Written as the list of what each mode needs, best first, where the product asks in the order of what stands in the way.
    private static LoopMode Best(LoopMode target, bool asked, bool above, bool usable, bool tracks, bool connected, bool direct)
    {
        bool inService = target != LoopMode.OutOfService, driven = inService && asked && connected, free = driven && !tracks;
        (LoopMode Mode, bool Permitted)[] table =
        [
            (LoopMode.RemoteCascade, free && usable && !above && target is LoopMode.RemoteCascade or LoopMode.Cascade && free && usable && !above),
            (LoopMode.Cascade, free && usable && above && target is LoopMode.RemoteCascade or LoopMode.Cascade && free && usable && above),
            (LoopMode.Automatic, free && usable && target == LoopMode.Automatic),
            (LoopMode.Manual, free),
            (LoopMode.LocalOverride, driven),
            (LoopMode.RemoteOutput, inService && direct),
            (LoopMode.Initialising, inService),
            (LoopMode.OutOfService, true),
        ];
        return table.First(row => row.Permitted).Mode;
    }

    public static TheoryData<bool, bool, bool, bool, double, OutputSource> Owners => new()
    {
        { false, false, false, false, 40, OutputSource.Loop },
        { true, false, false, false, 25, OutputSource.Loop },
        { false, true, false, false, 33, OutputSource.Loop },
        { true, true, false, false, 33, OutputSource.Loop },
        { false, false, true, false, 70, OutputSource.Manual },
        { true, true, true, false, 70, OutputSource.Manual },
        { false, false, false, true, 0, OutputSource.Protection },
        { true, true, true, true, 0, OutputSource.Protection },
    };

    /// <summary>Program 40 %, a person's loop output 25 %, tracking 33 %, a hand on the output 70 %, protection 0: any set of them at once.</summary>
    [Theory]
    [MemberData(nameof(Owners))]
    public void The_strongest_owner_present_has_the_output_PID07(bool person, bool tracks, bool hand, bool trips, double output, OutputSource source)
    {
        ScanRun run = Build(l => l with { Gain = 4, IntegralTime = TimeSpan.Zero, SetpointWeight = 1, Tracking = new TrackingRule(new Above(Flow, 5), -1, 33) });
        run.Set(Temperature, 50);
        run.Set(Flow, 1);
        run.Set(Trigger, 0);
        Hold(run, 60, 60_000);
        if (person)
        {
            Mode(run, 60, LoopMode.Manual);
            Do(run, 60, ScanCommandKind.SetLoopOutput, 25);
        }

        if (tracks) run.Set(Flow, 9);
        run.DemandLoop(0, 60);
        if (hand) run.Do(id => ScanCommand.TakeManual(id, Heater, 70, "p"));
        if (trips) run.Set(Trigger, 2);
        Hold(run, 60, 2);
        Assert.Equal(output, run[Heater], 0.5);
        Assert.Equal(source, run.Frame.Outputs[Heater].Source);
    }
}
