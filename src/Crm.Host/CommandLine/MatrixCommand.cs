using System.CommandLine;
using Crm.Host.Runs;
using Crm.Plant.Protection;

namespace Crm.Host.CommandLine;

/// <summary><c>crm rig matrix DIR</c>: the cause-and-effect matrix of a rig, as people read it and as scripts do.</summary>
public static class MatrixCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "rig folder, for example hardware/lithium-pilot" };
        var format = new Option<string>("--format") { Description = "text, html or json", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "html", "json");
        var today = new Option<string?>("--date") { Description = "yyyy-MM-dd: also says which proof tests are overdue on that day" };
        var command = new Command("matrix", CrmCommand.WithExamples(
            "Prints the cause-and-effect matrix: every row with causes, effects, class, bypass, time and proof test, and the checksum of the whole. Exit code 0, 1 problems in the rig file, 2 usage.",
            "crm rig matrix hardware/lithium-pilot",
            "crm rig matrix hardware/lithium-pilot --format html > matrix.html"));
        command.Arguments.Add(folder);
        command.Options.Add(format);
        command.Options.Add(today);
        command.SetAction(parsed => Print(parsed.GetValue(folder)!, parsed.GetValue(format)!, OptionWords.Day(parsed.GetValue(today))));
        return command;
    }

    private static int Print(string folder, string format, DateOnly? today)
    {
        string path = Directory.Exists(folder) ? Path.Combine(folder, "rig.yaml") : folder;
        var (rig, problems) = RigFiles.Rig(path);
        foreach (var problem in problems) Console.Error.WriteLine(problem);
        if (rig is null) return ExitCodes.Problems;
        var matrix = MatrixTable.Of(rig);
        Console.Out.Write(format switch
        {
            "html" => MatrixText.Html(matrix, today),
            "json" => MatrixText.Json(matrix, today),
            _ => MatrixText.Plain(matrix, today),
        });
        return ExitCodes.Good;
    }
}
