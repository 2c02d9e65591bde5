using System.CommandLine;
using Crm.Host.Runs;
using Crm.Host.Scenarios;

namespace Crm.Host.CommandLine;

/// <summary><c>crm scenario FILE…</c>: faults and commands on the twin, and whether what must come of them does.</summary>
internal static class ScenarioCommandLine
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "scenario files, or folders with scenarios in them", Arity = ArgumentArity.OneOrMore };
        var jobs = new Option<int>("--jobs") { Description = "scenarios at a time; all cores by default", DefaultValueFactory = _ => Environment.ProcessorCount };
        var command = new Command("scenario", CrmCommand.WithExamples(
            "Runs scenarios on the twin: a recipe, what breaks or is commanded and when, and what is to come of it at pins, instruments, trips, alarms and in the record.\n"
            + "One line each, and one for every expectation that does not hold. Exit code 0: all hold; 1: some do not; 2: invalid input.",
            "crm scenario hardware/bench-kit/scenarios",
            "crm scenario hardware/lithium-pilot/scenarios/leach-agitator-lost.yaml"));
        command.Arguments.Add(files);
        command.Options.Add(jobs);
        command.SetAction(parsed => Run(parsed.GetValue(files)!, parsed.GetValue(jobs)));
        return command;
    }

    private static int Run(string[] places, int jobs)
    {
        if (jobs is < 1 or > 256) throw new UsageException($"--jobs {jobs}: expected 1 to 256");
        string[] paths = [.. places.SelectMany(ScenarioFiles.Expand).Distinct(StringComparer.Ordinal)];
        if (paths.Length == 0) throw new UsageException($"no scenario in {string.Join(", ", places)}; expected *.yaml in a folder called scenarios");
        var read = paths.Select(ScenarioFiles.Read).ToList();
        foreach (string problem in read.SelectMany(r => r.Problems)) Console.Error.WriteLine(problem);
        if (read.Any(r => r.Scenario is null)) return ExitCodes.InvalidInput;
        ScenarioResult[] results = ScenarioSet.Run([.. read.Select(r => (r.Scenario!, r.Inputs!))], jobs);
        for (int i = 0; i < results.Length; i++) Console.Out.Write(ScenarioText.Of(paths[i], results[i]));
        int failed = results.Count(r => !r.Passed);
        Console.Out.WriteLine($"{results.Length} scenarios: {results.Length - failed} as expected, {failed} not");
        return failed == 0 ? ExitCodes.Good : ExitCodes.Problems;
    }
}
