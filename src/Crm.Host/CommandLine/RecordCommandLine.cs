using System.CommandLine;
using System.Text;
using Crm.Host.Records;
using Crm.Host.Reports;

namespace Crm.Host.CommandLine;

/// <summary><c>crm report</c> and <c>crm export</c>: what a record says of a batch, without the controller that wrote it.</summary>
public static class RecordCommandLine
{
    private const string Place = "data folder of crm serve or crm demo, one journal in it (live or copied away), or folder of crm run";

    public static Command Report()
    {
        var (record, batch, rig, recipe) = Shared();
        var output = new Option<string?>("--out") { Description = "file to write; report.html beside the run, or RIG-BATCH.html in this folder, by default" };
        var command = new Command("report", CrmCommand.WithExamples(
            "Writes the HTML report of a batch again, from its record: the figures are computed anew from the entries of the journal. The recipe must be at hand as it was when the batch ran; it is found by its content.\n"
            + "Exit code 0: written; 2: no such record, batch or recipe.",
            "crm report out/black-mass-to-carbonate-1",
            "crm report /var/lib/crm --batch 4711-B1 --out monday.html",
            "crm report copied/lithium-pilot.journal.db --recipe recipes/lithium/black-mass-to-carbonate.yaml"));
        foreach (Option option in new Option[] { batch, rig, recipe, output }) command.Options.Add(option);
        command.Arguments.Add(record);
        command.SetAction(p =>
        {
            var folder = RecordFolder.Open(p.GetValue(record)!, p.GetValue(rig), p.GetValue(recipe));
            var picked = folder.Pick(p.GetValue(batch));
            var (made, _, why) = folder.Read(picked);
            if (made is null) throw new UsageException(why);
            return Written(p.GetValue(output) ?? folder.ReportPath(picked), new UTF8Encoding(false).GetBytes(ReportWriter.Html(made)), $"{made.Id}: {made.Outcome.ToString().ToLowerInvariant()}");
        });
        return command;
    }

    public static Command Export()
    {
        var (record, batch, rig, recipe) = Shared();
        var output = new Option<string>("--out") { Description = "archive to write (.zip)", Required = true };
        var command = new Command("export", CrmCommand.WithExamples(
            "Writes everything of a batch into one archive, the same as the service's export: report.html, batch.json, history.csv (folded) and record.jsonl (its entries with their hashes). Without its recipe at hand only the entries, which is said.\n"
            + "Exit code 0: written whole; 1: without report and figures; 2: no such record or batch.",
            "crm export out/black-mass-to-carbonate-1 --out monday.zip",
            "crm export /var/lib/crm --batch 4711-B1 --out monday.zip"));
        foreach (Option option in new Option[] { batch, rig, recipe, output }) command.Options.Add(option);
        command.Arguments.Add(record);
        command.SetAction(p =>
        {
            string path = p.GetValue(output)!;
            if (!path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) throw new UsageException($"--out {path}: expected the name of an archive, FILE.zip");
            var folder = RecordFolder.Open(p.GetValue(record)!, p.GetValue(rig), p.GetValue(recipe));
            var (made, entries, why) = folder.Read(folder.Pick(p.GetValue(batch)));
            int exit = Written(path, BatchFile.Archive(made, entries), $"{entries.Count} entries");
            if (made is not null) return exit;
            Console.Error.WriteLine($"crm: without report and figures: {why}");
            return exit == ExitCodes.Good ? ExitCodes.Problems : exit;
        });
        return command;
    }

    private static (Argument<string> Record, Option<string?> Batch, Option<string?> Rig, Option<string?> Recipe) Shared() => (
        new Argument<string>("RECORD") { Description = Place },
        new Option<string?>("--batch") { Description = "name (B1), or number and name (4711-B1) where several have it; may be left out where there is one" },
        new Option<string?>("--rig") { Description = "rig name or folder; the record's own by default" },
        new Option<string?>("--recipe") { Description = "recipe the batch ran on, as it was then, when it is not in a library at hand" });

    private static int Written(string path, byte[] content, string what)
    {
        try
        {
            File.WriteAllBytes(path, content);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--out {path}: cannot be written: {problem.Message}");
        }

        Console.Out.WriteLine($"{path}: {what}");
        return ExitCodes.Good;
    }
}
