using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.UnitOperations.Running;
using Xunit;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>Commands at random instants of every operation: what must hold always, holds (S88-04, S88-07).</summary>
public class RandomCommandTests
{
    private static readonly PhaseCommand[] Commands =
        [PhaseCommand.Hold, PhaseCommand.Restart, PhaseCommand.Pause, PhaseCommand.Resume, PhaseCommand.Stop, PhaseCommand.Abort, PhaseCommand.Reset, PhaseCommand.Start];

    public static TheoryData<string> Steps =>
    [
        "vessel fill from=tank to=30", "vessel dose reagent=acid amount=1.5 rate=4 agitator=200", "vessel dose_to_ph reagent=base target=6 rate=12 at_most_amount=8",
        "vessel heat to=60", "vessel cool to=5", "vessel react temperature=50", "vessel agitate speed=200", "vessel transfer from=vessel to=tank",
        "filter filter from=vessel divert=1", "filter wash from=tank volume=3", "vessel evaporate to=10 temperature=110", "vessel sparge co2=10 temperature=20",
        "column polish from=vessel rate=15", "dryer dry temperature=105 for=1800",
    ];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Feeds_stay_off_outside_running_and_doses_add_up(string step)
    {
        for (int seed = 1; seed <= 4; seed++)
        {
            var random = new Random(seed);
            Bench bench = OperationTests.Make(step, new ToyPlant(seed)).Start();
            for (int i = 0; i < 1500; i++)
            {
                PhaseState before = bench.Run.State;
                bool commanded = random.Next(60) == 0;
                PhaseCommand command = Commands[random.Next(Commands.Length)];
                if (commanded) bench.Step(command);
                else bench.Step();
                Check(bench, before, commanded ? command : PhaseCommand.None, $"{step}, seed {seed}, scan {i}, {before} to {bench.Run.State}");
            }

            if (PhaseTable.IsActive(bench.Run.State)) bench.Step(PhaseCommand.Abort).For(TimeSpan.FromSeconds(5));
            double dosed = bench.Plant.Dosed("acid") + bench.Plant.Dosed("base");
            int runs = bench.Events.Count(e => e.Kind == BatchEventKind.Dose);
            Assert.True(Math.Abs(bench.AccountedKg - dosed) < 0.008 * Math.Max(runs, 1), $"{step}, seed {seed}: {bench.AccountedKg} accounted, {dosed} dosed");
        }
    }

    private static void Check(Bench bench, PhaseState before, PhaseCommand command, string where)
    {
        bool mayFeed = bench.Run.State is PhaseState.Running or PhaseState.Pausing;
        foreach (Demand demand in bench.Demands.Where(d => !d.IsLoop && !d.Keep && d.Value != 0))
            Assert.True(mayFeed || ToyRig.Rig.Outputs[demand.Target].Role is not (OutputRole.Feed or OutputRole.Transfer or OutputRole.Gas), where);
        if (command == PhaseCommand.Abort && PhaseTable.Target(before, command) is not null) Assert.True(bench.Run.State == PhaseState.Aborting, where);
        if (bench.Run.State is PhaseState.Held or PhaseState.Stopped or PhaseState.Aborted) Assert.True(bench.Run.Reason.Length > 0, where);
        Assert.True(bench.Demands.Select(d => (d.Target, d.IsLoop)).Distinct().Count() == bench.Demands.Count, where + ": an output demanded twice");
    }
}
