using System.CommandLine;
using Crm.Host.Runs;
using Crm.Plant.Loops;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;

namespace Crm.Host.CommandLine;

/// <summary><c>crm loop tune|step RIG LOOP</c>: what a loop's parameters are worth, and better ones, tried on the rig's twin.</summary>
public static class LoopCommandLine
{
    public static Command Create() => new("loop", "Work with control loops.") { Tune(), Step() };

    private static Command Tune()
    {
        (Argument<string> rig, Argument<string> loop, Option<int> seed) = Common();
        var at = new Option<double?>("--at") { Description = "setpoint at which to test, in the unit of the process value; the middle of its range by default" };
        var tune = new Command("tune", CrmCommand.WithExamples(
            "Fills and stirs the unit on the rig's twin, lets the loop settle, runs the relay tests and a step test, and prints the parameters in\n"
            + "use and those proposed, with their margins. Changes no file. Exit code 0 a proposal, 1 none, 2 invalid input.",
            "crm loop tune lithium-pilot leach.temperature_loop --at 70"))
        {
            rig, loop, at, seed,
        };
        tune.SetAction(parsed => Tune(parsed.GetValue(rig)!, parsed.GetValue(loop)!, parsed.GetValue(at), parsed.GetValue(seed)));
        return tune;
    }

    private static Command Step()
    {
        (Argument<string> rig, Argument<string> loop, Option<int> seed) = Common();
        var from = new Option<double>("--from") { Description = "setpoint to settle at first, in the unit of the process value", Required = true };
        var to = new Option<double>("--to") { Description = "setpoint to go to", Required = true };
        var load = new Option<double>("--throw-in") { Description = "kg of cold water thrown into the unit two hours later; 0 for none", DefaultValueFactory = _ => 0 };
        var step = new Command("step", CrmCommand.WithExamples(
            "Fills and stirs the unit on the rig's twin, lets the loop settle, changes the setpoint and prints what came of it within two hours:\n"
            + "overshoot, settling time, integral of the absolute error, way of the actuators. The same every time, to compare two rig files by.\n"
            + "Changes no file. Exit code 0 measured, 1 it does not settle, 2 invalid input.",
            "crm loop step lithium-pilot leach.temperature_loop --from 40 --to 70 --throw-in 2"))
        {
            rig, loop, from, to, load, seed,
        };
        step.SetAction(parsed => Step(parsed.GetValue(rig)!, parsed.GetValue(loop)!, parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(load), parsed.GetValue(seed)));
        return step;
    }

    private static (Argument<string> Rig, Argument<string> Loop, Option<int> Seed) Common() => (
        new Argument<string>("RIG") { Description = "rig name or folder" },
        new Argument<string>("LOOP") { Description = "dotted name, for example leach.temperature_loop" },
        new Option<int>("--seed") { Description = "seed of the sensors' noise", DefaultValueFactory = _ => 1 });

    private static int Tune(string rigName, string loopName, double? at, int seed)
    {
        if (Find(rigName, loopName) is not { } found) return ExitCodes.InvalidInput;
        (RigDefinition rig, TwinDefinition twin, LoopDefinition loop) = found;
        double setpoint = Legal(loop, "--at", at ?? (loop.SetpointLow + loop.SetpointHigh) / 2);
        var (result, whyNot) = new LoopTrial(rig, twin, loop, seed).Run(setpoint);
        if (result is null) Console.Error.WriteLine($"crm: {whyNot}");
        else Console.Out.WriteLine(LoopTrialText.Of(rig, loop, setpoint, result));
        return result is null ? ExitCodes.Problems : ExitCodes.Good;
    }

    private static int Step(string rigName, string loopName, double from, double to, double thrown, int seed)
    {
        if (Find(rigName, loopName) is not { } found) return ExitCodes.InvalidInput;
        (RigDefinition rig, TwinDefinition twin, LoopDefinition loop) = found;
        var trial = new LoopStepTrial(rig, twin, loop, seed);
        var (step, load, whyNot) = trial.Run(Legal(loop, "--from", from), Legal(loop, "--to", to), thrown);
        if (step is null) Console.Error.WriteLine($"crm: {whyNot}");
        else Console.Out.WriteLine(LoopTrialText.Of(rig, loop, from, to, step, thrown, load));
        return step is null ? ExitCodes.Problems : ExitCodes.Good;
    }

    private static double Legal(LoopDefinition loop, string option, double setpoint) =>
        setpoint >= loop.SetpointLow && setpoint <= loop.SetpointHigh
            ? setpoint
            : throw new UsageException(FormattableString.Invariant($"{option} {setpoint} is outside {loop.SetpointLow}..{loop.SetpointHigh}"));

    private static (RigDefinition Rig, TwinDefinition Twin, LoopDefinition Loop)? Find(string rigName, string loopName)
    {
        if (RigFiles.WithTwin(rigName) is not { } files) return null;
        (RigDefinition rig, TwinDefinition twin) = files;
        int number = rig.Loop(loopName);
        if (number < 0) throw new UsageException($"rig {rig.Name} has no loop {loopName}; it has {string.Join(", ", rig.Loops.Select(l => l.Name))}");
        return (rig, twin, rig.Loops[number]);
    }
}
