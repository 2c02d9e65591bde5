using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.UnitOperations;
using Xunit;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>
/// Declared pause points are true for every operation of the catalogue (S88-06): one that declares none refuses PAUSE; one that declares some
/// comes to PAUSED with its feeds off wherever it was asked, and after RESUME ends where it would have ended.
/// </summary>
public class PauseTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>A tenth, a half and nine tenths of the way.</summary>
    private static readonly double[] shares = [0.1, 0.5, 0.9];

    public static TheoryData<string, string, string> Steps => [.. OperationTests.Ends.Concat(FurtherOperationTests.Ends).Select(e => e.Data)];

    [Fact]
    public void Every_operation_that_declares_a_pause_point_is_tried()
    {
        string[] tried = [.. Steps.Select(s => s.Data.Item1.Split(' ')[1])];
        Assert.All(UnitOperationCatalogue.Descriptions.Where(d => d.PausePoints.Length > 0 && d.Name != "dose_to_ph"), d => Assert.Contains(d.Name, tried));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Pause_is_refused_or_reached_with_feeds_off_and_resumed_to_the_same_end_S88_06(string step, string tag, string range)
    {
        TimeSpan length = Length(step);
        foreach (double share in shares)
        {
            Bench bench = OperationTests.Make(step, FurtherOperationTests.Hot(step)).Start();
            bench.For(share * length);
            if (bench.Run.State != PhaseState.Running) continue;
            bench.Step(PhaseCommand.Pause);
            if (bench.Run.Operation!.Description.PausePoints.IsEmpty)
            {
                Assert.Contains("no pause point", Assert.Single(bench.Refused).Reason, StringComparison.Ordinal);
                Assert.Equal(PhaseState.Running, bench.Run.State);
                continue;
            }

            for (TimeSpan t = default; t < Day && bench.Run.State is PhaseState.Pausing; t += Bench.Scan) bench.Step();
            if (bench.Run.State == PhaseState.Complete) continue;
            // Past its last pause point it goes on to its end; where that takes longer than the state may last it is held instead (S88-23).
            if (bench.Run.Reason == "time limit of the state")
            {
                bench.For(TimeSpan.FromSeconds(5)).Step(PhaseCommand.Restart).UntilOver(Day);
                Ended(bench, step, tag, range);
                continue;
            }

            Assert.True(bench.Run.State == PhaseState.Paused, $"{share}: {bench.Run.State}: {bench.Run.Reason}; {bench.Run.Doing}");
            for (int i = 0; i < 120; i++)
            {
                bench.Step();
                foreach (StateRow row in bench.Run.Unit.States.Rows)
                    if (ToyRig.Rig.Outputs[row.Output].Role is OutputRole.Feed or OutputRole.Transfer or OutputRole.Gas) Assert.Equal(0, bench.Demanded(ToyRig.Rig.Outputs[row.Output].Name));
            }

            bench.Step(PhaseCommand.Resume).UntilOver(Day);
            // Acid goes on working on the resin while a person pauses: the limit on that is kept.
            if (bench.Run.Reason.Contains("acid has been on the resin", StringComparison.Ordinal)) continue;
            Ended(bench, step, tag, range);
        }
    }

    private static void Ended(Bench bench, string step, string tag, string range)
    {
        Assert.True(bench.Run.State == PhaseState.Complete, $"{step}: {bench.Run.State}: {bench.Run.Reason}; {bench.Run.Doing}");
        double[] bounds = [.. range.Split("..").Select(b => double.Parse(b, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(bench.Plant[tag] >= bounds[0] && bench.Plant[tag] <= bounds[1], $"{step}: {tag} {bench.Plant[tag]}, {range} asked");
    }

    private static TimeSpan Length(string step)
    {
        Bench bench = OperationTests.Make(step, FurtherOperationTests.Hot(step)).Start();
        TimeSpan begun = bench.Plant.Now;
        return bench.UntilOver(Day).Plant.Now - begun;
    }
}
