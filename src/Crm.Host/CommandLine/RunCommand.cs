using System.CommandLine;
using Crm.Host.Approvals;
using Crm.Host.Checkpoints;
using Crm.Host.Live;
using Crm.Host.Runs;
using Crm.Recipes.Approval;

namespace Crm.Host.CommandLine;

/// <summary><c>crm run RECIPE…</c>: a batch on the twin, or several side by side, with record and report of each.</summary>
public static class RunCommand
{
    public static Command Create()
    {
        var recipe = new Argument<string[]>("RECIPE") { Description = "recipe file; several run side by side on one rig, each started when its first unit is free", Arity = ArgumentArity.OneOrMore };
        var batches = new Option<int>("--batches") { Description = "number of batches of the one recipe", DefaultValueFactory = _ => 1 };
        var rig = new Option<string?>("--rig") { Description = "rig name or folder; the recipe's own by default" };
        var set = new Option<string[]>("--set") { Description = "name=value: another formula value, within its range, or size=0.7: every value that scales; may be repeated", DefaultValueFactory = _ => [] };
        var seed = new Option<int>("--seed") { Description = "seed of noise, faults and laboratory scatter", DefaultValueFactory = _ => 1 };
        var speed = new Option<string>("--speed") { Description = "max, or plant seconds per second", DefaultValueFactory = _ => "max" };
        var fault = new Option<string[]>("--fault") { Description = "fault@time: break something in the twin; may be repeated", DefaultValueFactory = _ => [] };
        var output = new Option<string?>("--out") { Description = "folder for report.html, batch.json, history.csv; out/<recipe>-<seed> by default" };
        var quiet = new Option<bool>("--quiet") { Description = "no progress, only the result" };
        var date = new Option<string?>("--date") { Description = "yyyy-MM-dd: what day it is, for proof tests that are overdue; not said by default" };
        var json = new Option<bool>("--json") { Description = "print batch.json to standard output instead of the summary" };
        var explain = new Option<bool>("--explain") { Description = "print at every held or refused moment what happened first, what stands against a restart and what to do" };
        var twin = new Option<string[]>("--twin") { Description = "name=value: another number of the twin, by address (leach.jacket_ua=\"200 W/K\") or an uncertain parameter's multiplier; may be repeated", DefaultValueFactory = _ => [] };
        var fitted = new Option<string?>("--fitted") { Description = "file of crm twin fit: its multipliers on the twin" };
        var checkpoint = new Option<string[]>("--checkpoint") { Description = "moment (leach/peroxide+20min, or 3h) at which the run is kept as a file in the run's folder; may be repeated", DefaultValueFactory = _ => [] };
        var from = new Option<string?>("--from") { Description = "checkpoint file: go on from its moment instead of the start, with the options it was taken with; --fault may be added" };
        var live = new Option<bool>("--live") { Description = "drive the rig's real buses, with you at the terminal" };
        var at = new Option<string[]>("--at") { Description = "with --live, bus=host:port or bus=device: there instead of where the rig file says; may be repeated", DefaultValueFactory = _ => [] };
        var data = new Option<string>("--data") { Description = "folder of accounts and approvals, that of crm serve: says in which state the recipe is", DefaultValueFactory = _ => RecipeApprove.DefaultData };
        var command = new Command("run", CrmCommand.WithExamples(
            "Runs one batch on the rig's twin, an unattended technician answering its prompts, and writes the batch record. With --live the same on the rig itself.\n"
            + "Exit code 0: product in specification and balances closed; 1: finished, but not; 3: held, stopped, aborted or Ctrl-C; 2: invalid input.",
            "crm run recipes/lithium/black-mass-to-carbonate.yaml",
            "crm run recipes/lithium/black-mass-to-carbonate.yaml --set leach_time=90min --seed 7",
            "crm run recipes/lithium/black-mass-to-carbonate.yaml --batches 2",
            "crm run recipes/lithium/black-mass-to-carbonate.yaml --fault leach.peroxide_pump:fail@4h",
            "crm run recipes/lithium/black-mass-to-carbonate.yaml --fault leach.agitator:fail@3h15min --explain --quiet",
            "crm run recipes/lithium/black-mass-to-carbonate.yaml --checkpoint leach/peroxide+20min --out out/monday",
            "crm run recipes/lithium/black-mass-to-carbonate.yaml --from out/monday/leach-peroxide-1200s.checkpoint --fault leach.agitator:fail@4h",
            "crm run recipes/bench/neutralise-soda-liquor.yaml --live --at field=/dev/ttyUSB0"));
        command.Arguments.Add(recipe);
        foreach (Option option in new Option[] { batches, rig, set, seed, speed, fault, output, quiet, date, json, explain, twin, fitted, checkpoint, from, live, at, data }) command.Options.Add(option);
        command.SetAction(parsed => Run(new RunOptions(
            parsed.GetValue(recipe)![0],
            parsed.GetValue(rig),
            OptionWords.Settings(parsed.GetValue(set)!),
            parsed.GetValue(seed),
            OptionWords.Pace(parsed.GetValue(speed)!),
            [.. parsed.GetValue(fault)!.Select(OptionWords.Fault)],
            parsed.GetValue(output),
            parsed.GetValue(quiet),
            parsed.GetValue(json))
        {
            Explain = parsed.GetValue(explain),
            Further = OptionWords.Further(parsed.GetValue(recipe)!, parsed.GetValue(batches)),
            Day = OptionWords.Day(parsed.GetValue(date)),
            TwinSettings = OptionWords.Settings(parsed.GetValue(twin)!),
            Fitted = parsed.GetValue(fitted),
            Checkpoints = [.. parsed.GetValue(checkpoint)!.Select(Moment.Parse)],
            From = parsed.GetValue(from),
            Live = parsed.GetValue(live),
            At = OptionWords.Settings(parsed.GetValue(at)!),
            Data = parsed.GetValue(data)!,
        }));
        return command;
    }

    private static int Run(RunOptions asked)
    {
        if (asked is { Live: true, From: not null } or { Live: true, Checkpoints.Count: > 0 }) throw new UsageException("--live runs on real devices: --checkpoint and --from are for the twin");
        RunOptions options = asked.From is { } from ? CheckpointFile.Header(from).Continue(asked) : asked;
        var loaded = RunInputs.Load(options);
        if (loaded.Inputs is null)
        {
            foreach (var problem in loaded.Problems) Console.Error.WriteLine(problem);
            return ExitCodes.InvalidInput;
        }

        if (options.Live) return RunLive(loaded.Inputs, options);
        string folder = options.Out ?? Path.Combine("out", $"{Path.GetFileName(loaded.Inputs.Recipe.Id)}-{options.Seed}");
        using var interrupt = new Interrupt();
        var progress = new Progress(options);
        var campaign = TwinRun.Execute(loaded.Inputs, options, folder, progress, interrupt);
        progress.End();
        if (options.Json) Console.Out.Write(File.ReadAllText(Path.Combine(folder, campaign.Batches.Length == 1 ? "batch.json" : "campaign.json")));
        else Console.Out.WriteLine(RunSummary.Text(campaign, folder));
        return RunSummary.ExitCode(campaign);
    }

    private static int RunLive(RunInputs inputs, RunOptions options)
    {
        if (options.Further.Count > 0 || inputs.Plan is not null) throw new UsageException("--live runs one batch: --batches, further recipes and campaigns are for the twin");
        if (options.Faults.Count > 0 || options.Pace is not null) throw new UsageException("--live runs by the machine's clock on real devices: --fault and --speed are for the twin");
        if (options.TwinSettings.Count > 0 || options.Fitted is not null) throw new UsageException("--live runs on real devices: --twin and --fitted are for the twin");
        RecipeStanding standing = new ApprovalStore(options.Data).Of(inputs.Recipe, inputs.Rig);
        Console.Out.WriteLine(LiveNotice.AtTerminal(inputs.Rig, inputs.Recipe, standing));
        inputs = inputs with { Recipe = ApprovalJudge.Narrowed(inputs.Recipe, standing) };
        string folder = options.Out ?? Path.Combine("out", $"{Path.GetFileName(inputs.Recipe.Id)}-live");
        using var interrupt = new Interrupt();
        var result = LiveRun.Execute(inputs, options, folder, interrupt);
        Console.Out.WriteLine(RunSummary.Text(result, folder));
        return RunSummary.ExitCode(result);
    }
}
