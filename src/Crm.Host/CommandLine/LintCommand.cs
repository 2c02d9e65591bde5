using System.CommandLine;
using Crm.Recipes.Diagnostics;

namespace Crm.Host.CommandLine;

/// <summary><c>crm lint PATH…</c>: every mistake in recipes, rigs, twins and specifications, with place, code and remedy.</summary>
public static class LintCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "files or folders", Arity = ArgumentArity.ZeroOrMore };
        var explain = new Option<string?>("--explain") { Description = "say what a code of a finding means, and check nothing", HelpName = "CODE" };
        var format = new Option<string>("--format") { Description = "text, json or sarif", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "sarif");
        var command = new Command("lint", CrmCommand.WithExamples(
            "Checks recipes, rigs, twins and specifications. Exit code 0: clean; 1: problems, all listed.",
            "crm lint recipes hardware",
            "crm lint recipes/lithium/black-mass-to-carbonate.yaml --format json",
            "crm lint --explain RIG-LAPSE-FEED"));
        command.Arguments.Add(paths);
        command.Options.Add(format);
        command.Options.Add(explain);
        command.SetAction(parsed => parsed.GetValue(explain) is { } code ? Explain(code) : Run(parsed.GetValue(paths)!, parsed.GetValue(format)!));
        return command;
    }

    private static int Explain(string written)
    {
        string code = written.ToUpperInvariant();
        if (!DiagnosticCodes.All.TryGetValue(code, out string? meaning)) throw new UsageException($"no finding has the code '{written}'; {Nearest.Suggest(code, DiagnosticCodes.All.Keys)}".TrimEnd(' ', ';'));
        Console.Out.WriteLine($"{code}: {meaning}");
        return ExitCodes.Good;
    }

    private static int Run(string[] paths, string format)
    {
        if (paths.Length == 0) throw new UsageException("nothing to check: name a file or a folder, for example: crm lint recipes hardware");
        var check = FileCheck.Of(paths);
        Console.Out.Write(FindingsText.Write(check, format));
        if (format == "text" && check.Diagnostics.IsEmpty) Console.Error.WriteLine($"{check.Files} files, nothing wrong");
        return check.Diagnostics.IsEmpty ? ExitCodes.Good : ExitCodes.Problems;
    }
}
