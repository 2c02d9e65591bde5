using System.CommandLine;

namespace Crm.Host.CommandLine;

/// <summary><c>crm lint PATH…</c>: every mistake in recipes, rigs, twins and specifications, with place, code and remedy.</summary>
public static class LintCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "files or folders", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--format") { Description = "text, json or sarif", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "sarif");
        var command = new Command("lint", CrmCommand.WithExamples(
            "Checks recipes, rigs, twins and specifications. Exit code 0: clean; 1: problems, all listed.",
            "crm lint recipes hardware",
            "crm lint recipes/lithium/black-mass-to-carbonate.yaml --format json"));
        command.Arguments.Add(paths);
        command.Options.Add(format);
        command.SetAction(parsed => Run(parsed.GetValue(paths)!, parsed.GetValue(format)!));
        return command;
    }

    private static int Run(string[] paths, string format)
    {
        var check = FileCheck.Of(paths);
        Console.Out.Write(FindingsText.Write(check, format));
        if (format == "text" && check.Diagnostics.IsEmpty) Console.Error.WriteLine($"{check.Files} files, nothing wrong");
        return check.Diagnostics.IsEmpty ? ExitCodes.Good : ExitCodes.Problems;
    }
}
