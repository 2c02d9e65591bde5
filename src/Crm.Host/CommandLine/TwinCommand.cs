using System.Collections.Immutable;
using System.CommandLine;
using Crm.Twin.Checks;

namespace Crm.Host.CommandLine;

/// <summary><c>crm twin check FILE</c>: the twin's physics against published numbers. <c>crm twin fit RIG</c>: its parameters from a run.</summary>
public static class TwinCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "file of physics cases, for example validation/cases.json" };
        var json = new Option<bool>("--json") { Description = "results as JSON" };
        var check = new Command("check", CrmCommand.WithExamples(
            "Runs physics cases through the models that the twin's equipment uses and compares with the expected values (docs/physics.md).\n"
            + "One line per quantity, the last line a count. Exit code 0: all pass; 1: some do not; 2: the file cannot be used.",
            "crm twin check validation/cases.json",
            "crm twin check validation/cases.json --json"));
        check.Arguments.Add(file);
        check.Options.Add(json);
        check.SetAction(parsed => Check(parsed.GetValue(file)!, parsed.GetValue(json)));
        return new Command("twin", "Work with the twin's physics.") { check, FitCommand.Create() };
    }

    private static int Check(string path, bool json)
    {
        ImmutableArray<PhysicsCase> cases;
        try
        {
            cases = CaseFile.Read(File.ReadAllBytes(path));
        }
        catch (CaseFileException e)
        {
            throw new UsageException($"{path}:{e.Place}: error {e.Code}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: {(Directory.Exists(path) ? "this is a folder, expected a file of physics cases" : File.Exists(path) ? e.Message : "there is no such file")}");
        }
        ImmutableArray<CaseResult> results = [.. cases.Select(CaseCheck.Run)];
        Console.Out.Write(json ? TwinCheckText.Json(path, results) : TwinCheckText.Text(results));
        return results.All(r => r.Passed) ? ExitCodes.Good : ExitCodes.Problems;
    }
}
