using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Crm.Host.Checkpoints;
using Crm.Host.Ensembles;
using Crm.Host.Runs;
using Crm.Host.Sweeps;

namespace Crm.Host.CommandLine;

/// <summary>
/// <c>crm simulate RECIPE --ensemble N</c>: what can be promised of a recipe when the twin's numbers are not well known;
/// <c>crm simulate RECIPE --vary name=low..high/n</c>: what changes when its formula does.
/// </summary>
public static class SimulateCommand
{
    private const int MostMembers = 10_000;

    public static Command Create()
    {
        var recipe = new Argument<string>("RECIPE") { Description = "recipe file" };
        var members = new Option<int>("--ensemble") { Description = "number of members: batches on twins that differ", DefaultValueFactory = _ => 20 };
        var rig = new Option<string?>("--rig") { Description = "rig name or folder; the recipe's own by default" };
        var set = new Option<string[]>("--set") { Description = "name=value: another formula value, within its range, or size=0.7: every value that scales; may be repeated", DefaultValueFactory = _ => [] };
        var twin = new Option<string[]>("--twin") { Description = "name=value: another number of the twin; may be repeated", DefaultValueFactory = _ => [] };
        var fitted = new Option<string?>("--fitted") { Description = "file of crm twin fit: its multipliers before anything is drawn" };
        var fault = new Option<string[]>("--fault") { Description = "fault@time: break something in every member; may be repeated", DefaultValueFactory = _ => [] };
        var seed = new Option<int>("--seed") { Description = "seed of the draw; member n runs with seed + n - 1", DefaultValueFactory = _ => 1 };
        var jobs = new Option<int>("--jobs") { Description = "members at a time; all cores by default. The result does not depend on it", DefaultValueFactory = _ => Environment.ProcessorCount };
        var vary = new Option<string[]>("--vary") { Description = "name=low..high/n or name=a,b,c: run every combination of these formula values instead of an ensemble; may be repeated", DefaultValueFactory = _ => [] };
        var to = new Option<string?>("--to") { Description = "with --vary: end each run at a step, leach/peroxide or leach/peroxide+20min, and tell its samples instead of the product" };
        var shard = new Option<string?>("--shard") { Description = "with --vary: i/n, the i-th of n parts, so that several machines share a sweep" };
        var output = new Option<string?>("--out") { Description = "folder for the files; out/<recipe>-ensemble or out/<recipe>-sweep by default" };
        var json = new Option<bool>("--json") { Description = "print ensemble.json (with --vary: sweep.csv) to standard output instead of the table" };
        var command = new Command("simulate", CrmCommand.WithExamples(
            "Runs the batch many times on twins whose uncertain parameters (`uncertain:` in twin.yaml) are drawn from their distributions, and reports purity,\n"
            + "recovery and water as intervals that nine batches of ten lie in, and which parameters drive them. Exit code 0: every member in specification with\n"
            + "balances closed and recovery reached; 1: some not; 3: interrupted; 2: invalid input.\n"
            + "With --vary it runs every combination of formula values once, with one seed, and writes sweep.csv and sweep.html.",
            "crm simulate recipes/lithium/technical-carbonate-polish.yaml --ensemble 40",
            "crm simulate recipes/lithium/black-mass-to-carbonate.yaml --ensemble 20 --set leach_time=90min --jobs 2",
            "crm simulate recipes/lithium/black-mass-to-carbonate.yaml --vary leach_time=60..180min/5 --vary \"acid=1.0..1.5 x stoichiometric/4\" --to leach/cool-to-60",
            "crm simulate recipes/lithium/technical-carbonate-polish.yaml --vary hot_wash=0.3..0.9L/3 --shard 1/3"));
        command.Arguments.Add(recipe);
        foreach (Option option in new Option[] { members, rig, set, twin, fitted, fault, seed, jobs, vary, to, shard, output, json }) command.Options.Add(option);
        command.SetAction(parsed => Run(
            new RunOptions(
                parsed.GetValue(recipe)!, parsed.GetValue(rig), OptionWords.Settings(parsed.GetValue(set)!), parsed.GetValue(seed), null,
                [.. parsed.GetValue(fault)!.Select(OptionWords.Fault)], parsed.GetValue(output), Quiet: false, parsed.GetValue(json))
            {
                Fitted = parsed.GetValue(fitted),
                TwinSettings = OptionWords.Settings(parsed.GetValue(twin)!),
            },
            parsed.GetValue(members), parsed.GetValue(jobs),
            [.. parsed.GetValue(vary)!.Select(VaryAxis.Parse)], parsed.GetValue(to) is { } moment ? Moment.Parse(moment) : null, parsed.GetValue(shard)));
        return command;
    }

    private static string One(RunOptions options) => string.Join(' ',
    [
        "crm run", options.Recipe, .. options.Fitted is { } file ? ["--fitted", file] : Array.Empty<string>(), .. options.Rig is { } rig ? ["--rig", rig] : Array.Empty<string>(),
        .. options.Settings.SelectMany(s => new[] { "--set", $"\"{s.Key}={s.Value}\"" }), .. options.TwinSettings.SelectMany(s => new[] { "--twin", $"\"{s.Key}={s.Value}\"" }),
        .. options.Faults.SelectMany(f => new[] { "--fault", FormattableString.Invariant($"{f.Id}@{f.At.TotalSeconds}s") }),
    ]);

    private static int Run(RunOptions options, int members, int jobs, VaryAxis[] axes, Moment? to, string? shard)
    {
        if (members is < 1 or > MostMembers) throw new UsageException($"--ensemble {members}: expected 1 to {MostMembers}");
        if (jobs is < 1 or > 256) throw new UsageException($"--jobs {jobs}: expected 1 to 256");
        var loaded = RunInputs.Load(options);
        foreach (string problem in loaded.Problems) Console.Error.WriteLine(problem);
        if (loaded.Inputs is not { } inputs) return ExitCodes.InvalidInput;
        if (inputs.Plan is not null) throw new UsageException($"{options.Recipe} is a campaign; simulate repeats one recipe or formula");
        if (axes.Length > 0) return Vary(options, inputs, jobs, [.. axes], to, Shard.Parse(shard));
        if (to is not null || shard is not null) throw new UsageException("--to and --shard go with --vary");
        if (inputs.Twin.Uncertain.IsEmpty) Console.Error.WriteLine($"crm: the twin of {inputs.Rig.Name} names no uncertain parameter: members differ by noise and laboratory scatter alone");
        string folder = options.Out ?? Path.Combine("out", $"{Path.GetFileName(inputs.Recipe.Id)}-ensemble");
        using var interrupt = new Interrupt();
        int done = 0;
        var ensemble = Ensemble.Run(inputs, options.Faults, members, options.Seed, jobs, Tell, interrupt) with { Command = One(options) };
        Directory.CreateDirectory(folder);
        byte[] bytes = EnsembleJson.Write(ensemble);
        File.WriteAllBytes(Path.Combine(folder, "ensemble.json"), bytes);
        File.WriteAllText(Path.Combine(folder, "ensemble.html"), EnsemblePage.Render(ensemble));
        Console.Out.Write(options.Json ? System.Text.Encoding.UTF8.GetString(bytes) : EnsembleText.Of(ensemble, folder));
        return interrupt.Asked ? ExitCodes.NotFinished : ensemble.Members.All(m => m.Good) ? ExitCodes.Good : ExitCodes.Problems;

        void Tell(EnsembleMember member) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Interlocked.Increment(ref done),4} of {members}  member {member.Number}: {EnsembleText.Outcome(member)}"));
    }

    private static int Vary(RunOptions options, RunInputs inputs, int jobs, ImmutableArray<VaryAxis> axes, Moment? to, Shard shard)
    {
        if (axes.Select(a => a.Name).Distinct(StringComparer.Ordinal).Count() < axes.Length) throw new UsageException("--vary: a name stands there twice");
        string folder = options.Out ?? Path.Combine("out", $"{Path.GetFileName(inputs.Recipe.Id)}-sweep{(shard == Shard.Whole ? "" : FormattableString.Invariant($"-{shard.Number}-of-{shard.Of}"))}");
        using var interrupt = new Interrupt();
        int done = 0, of = Enumerable.Range(0, axes.Aggregate(1, (n, a) => n * a.Values.Length)).Count(shard.Takes);
        Sweep sweep = Sweep.Run(inputs, options.Faults, axes, to, shard, options.Seed, jobs, Tell, interrupt);
        Directory.CreateDirectory(folder);
        string csv = SweepCsv.Write(sweep);
        File.WriteAllText(Path.Combine(folder, "sweep.csv"), csv);
        File.WriteAllText(Path.Combine(folder, "sweep.html"), SweepPage.Render(sweep));
        Console.Out.Write(options.Json ? csv : SweepText.Of(sweep, folder));
        bool all = sweep.Points.Length == sweep.Own && sweep.Points.All(p => to is null ? p.Member.Good : p.Came);
        return interrupt.Asked ? ExitCodes.NotFinished : all ? ExitCodes.Good : ExitCodes.Problems;

        void Tell(SweepPoint point) => Bar(Interlocked.Increment(ref done), of);
    }

    /// <summary>One line that fills; where nobody looks, a line for each tenth.</summary>
    private static void Bar(int done, int of)
    {
        const int Width = 40;
        int full = Width * done / of;
        string line = string.Create(CultureInfo.InvariantCulture, $"{done,5} of {of}  [{new string('#', full)}{new string('.', Width - full)}]");
        if (!Console.IsErrorRedirected) Console.Error.Write("\r" + line + (done == of ? "\n" : ""));
        else if (done == of || 10 * done / of > 10 * (done - 1) / of) Console.Error.WriteLine(line);
    }
}
