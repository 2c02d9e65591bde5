using Crm.Plant.Quantities;
using System.Collections.Immutable;
using System.CommandLine;
using Crm.Host.Fitting;
using Crm.Host.Runs;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Twin.Fitting;

namespace Crm.Host.CommandLine;

/// <summary><c>crm twin fit RIG --data RUN --parameters …</c>: multipliers of the twin from what a plant did.</summary>
internal static class FitCommand
{
    public static Command Create()
    {
        var rig = new Argument<string>("RIG") { Description = "rig name or folder" };
        var data = new Option<string>("--data") { Description = "folder of a run, or its history.csv (journal.db beside it tells what was charged and taken out)", Required = true };
        var parameters = new Option<string[]>("--parameters") { Description = "uncertain parameters of twin.yaml or addresses such as leach.jacket_ua, separated by commas", Required = true };
        var tags = new Option<string[]>("--tags") { Description = "tags to meet, separated by commas", Required = true };
        var from = new Option<string>("--from") { Description = "plant time from which the readings count", DefaultValueFactory = _ => "0s" };
        var to = new Option<string?>("--to") { Description = "plant time at which they end; the end of the data by default" };
        var every = new Option<string>("--every") { Description = "least time between readings of a tag that are compared", DefaultValueFactory = _ => "60s" };
        var output = new Option<string>("--out") { Description = "folder for fitted.yaml and fitted.html", DefaultValueFactory = _ => Path.Combine("out", "fit") };
        var fit = new Command("fit", CrmCommand.WithExamples(
            "Drives the twin as the plant was driven, from the start of the run, and finds the multipliers with which its instruments say what the plant's said:\n"
            + "bounded least squares with 95 % intervals. Writes a parameter file with its provenance (crm run --fitted) and a page of what is left.\n"
            + "Exit code 0: found; 1: not; 2: invalid input.",
            "crm twin fit bench-kit --data out/neutralise-soda-liquor-1 --parameters heat_transfer --tags reactor.temperature",
            "crm twin fit lithium-pilot --data out/monday --parameters heat_transfer,leach_speed --tags leach.temperature,leach.ph --to 6h"));
        fit.Arguments.Add(rig);
        foreach (Option option in new Option[] { data, parameters, tags, from, to, every, output }) fit.Options.Add(option);
        fit.SetAction(parsed => Fit(
            parsed.GetValue(rig)!, parsed.GetValue(data)!, Words(parsed.GetValue(parameters)!), Words(parsed.GetValue(tags)!),
            Time("--from", parsed.GetValue(from)!), parsed.GetValue(to) is { } end ? Time("--to", end) : null, Time("--every", parsed.GetValue(every)!), parsed.GetValue(output)!));
        return fit;
    }

    private static int Fit(string rigName, string data, ImmutableArray<string> names, ImmutableArray<string> tagNames, TimeSpan from, TimeSpan? to, TimeSpan every, string folder)
    {
        if (RigFiles.WithTwin(rigName) is not { } files) return ExitCodes.InvalidInput;
        (RigDefinition rig, TwinDefinition twin) = files;
        ImmutableArray<UncertainParameter> parameters = [.. names.Select(n => Parameter(twin, n))];
        ImmutableArray<int> tags = [.. tagNames.Select(n => Tag(rig, n))];
        Recording recording = RecordingFile.Read(rig, data);
        TimeSpan until = to is { } asked && asked < recording.End ? asked : recording.End;
        if (every < TimeSpan.FromSeconds(1) || until <= from + every) throw new UsageException($"the window {from.TotalSeconds:0} s to {until.TotalSeconds:0} s holds no two readings {every.TotalSeconds:0} s apart");
        FitResult result;
        try
        {
            result = new TwinFit(rig, twin, recording, parameters, tags, new FitWindow(from, until, every)).Run();
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }

        var provenance = new FitProvenance(rig.Name, twin.ContentHash, Path.GetFileName(Path.TrimEndingDirectorySeparator(data)), from, until, every);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "fitted.yaml"), FitText.Yaml(rig, result, provenance));
        File.WriteAllText(Path.Combine(folder, "fitted.html"), FitPage.Render(rig, result, provenance));
        Console.Out.Write(FitText.Table(rig, result));
        Console.Out.WriteLine($"  file    {Path.Combine(folder, "fitted.yaml")}\n  report  {Path.Combine(folder, "fitted.html")}");
        return result.Ended == "converged" && result.Parameters.All(p => !p.AtBound) ? ExitCodes.Good : ExitCodes.Problems;
    }

    /// <summary>One of the twin's uncertain parameters, or a number of it that nobody called uncertain.</summary>
    private static UncertainParameter Parameter(TwinDefinition twin, string name) =>
        twin.Uncertain.FirstOrDefault(u => u.Name == name)
        ?? (TwinParameter.Value(twin, name) is not null
            ? new UncertainParameter(name, [name], SpreadKind.Factor, 2, "asked for by address", 0, double.PositiveInfinity)
            : throw new UsageException($"--parameters {name}: the twin of {twin.Rig} has neither an uncertain parameter nor a number of that name; it has {string.Join(", ", twin.Uncertain.Select(u => u.Name))}"));

    private static int Tag(RigDefinition rig, string name) => rig.Tag(name) is var tag and >= 0 ? tag : throw new UsageException($"--tags {name}: rig {rig.Name} has no such tag");

    private static ImmutableArray<string> Words(string[] texts) => [.. texts.SelectMany(t => t.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal)];

    private static TimeSpan Time(string option, string text) =>
        DurationText.TryParse(text, out TimeSpan time) ? time : throw new UsageException($"{option} {text}: expected a time, for example {option} 90min");
}
