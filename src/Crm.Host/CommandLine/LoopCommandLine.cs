using System.CommandLine;
using Crm.Host.Runs;

namespace Crm.Host.CommandLine;

/// <summary><c>crm loop tune RIG LOOP</c>: what a loop's parameters are worth, and better ones, tried on the rig's twin.</summary>
public static class LoopCommandLine
{
    public static Command Create()
    {
        var rig = new Argument<string>("RIG") { Description = "rig name or folder" };
        var loop = new Argument<string>("LOOP") { Description = "dotted name, for example leach.temperature_loop" };
        var at = new Option<double?>("--at") { Description = "setpoint at which to test, in the unit of the process value; the middle of its range by default" };
        var seed = new Option<int>("--seed") { Description = "seed of the sensors' noise", DefaultValueFactory = _ => 1 };
        var tune = new Command("tune", CrmCommand.WithExamples(
            "Fills and stirs the unit on the rig's twin, lets the loop settle, runs the relay tests and a step test, and prints the parameters in\n"
            + "use and those proposed, with their margins. Changes no file. Exit code 0 a proposal, 1 none, 2 invalid input.",
            "crm loop tune lithium-pilot leach.temperature_loop --at 70"));
        tune.Arguments.Add(rig);
        tune.Arguments.Add(loop);
        tune.Options.Add(at);
        tune.Options.Add(seed);
        tune.SetAction(parsed => Tune(parsed.GetValue(rig)!, parsed.GetValue(loop)!, parsed.GetValue(at), parsed.GetValue(seed)));
        return new Command("loop", "Work with control loops.") { tune };
    }

    private static int Tune(string rigName, string loopName, double? at, int seed)
    {
        string folder = Places.RigFolder(rigName, null, out var looked)
            ?? throw new UsageException($"no rig {rigName}; looked for rig.yaml in {string.Join(", ", looked)}");
        var (rig, problems) = RigFiles.Rig(Path.Combine(folder, "rig.yaml"));
        var (twin, twinProblems) = rig is null ? (null, []) : RigFiles.Twin(Path.Combine(folder, "twin.yaml"), rig);
        foreach (var problem in problems.AddRange(twinProblems)) Console.Error.WriteLine(problem);
        if (rig is null || twin is null) return ExitCodes.InvalidInput;
        int number = rig.Loop(loopName);
        if (number < 0) throw new UsageException($"rig {rig.Name} has no loop {loopName}; it has {string.Join(", ", rig.Loops.Select(l => l.Name))}");
        var loop = rig.Loops[number];
        double setpoint = at ?? (loop.SetpointLow + loop.SetpointHigh) / 2;
        if (setpoint < loop.SetpointLow || setpoint > loop.SetpointHigh)
            throw new UsageException(FormattableString.Invariant($"--at {setpoint} is outside {loop.SetpointLow}..{loop.SetpointHigh}"));
        var trial = new LoopTrial(rig, twin, loop, seed);
        var (result, whyNot) = trial.Run(setpoint);
        if (result is null) Console.Error.WriteLine($"crm: {whyNot}");
        else Console.Out.WriteLine(LoopTrialText.Of(rig, loop, setpoint, result));
        return result is null ? ExitCodes.Problems : ExitCodes.Good;
    }
}
