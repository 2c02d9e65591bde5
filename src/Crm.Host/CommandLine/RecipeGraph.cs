using System.CommandLine;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Graphs;

namespace Crm.Host.CommandLine;

/// <summary><c>crm recipe graph RECIPE</c>: the procedure as a chart.</summary>
internal static class RecipeGraph
{
    public static Command Create()
    {
        var recipe = new Argument<string>("RECIPE") { Description = "recipe file" };
        var format = new Option<string>("--format") { Description = "svg or mermaid", DefaultValueFactory = _ => "svg" };
        format.AcceptOnlyFromAmong("svg", "mermaid");
        var output = new Option<string?>("--out") { Description = "file to write; standard output by default", HelpName = "FILE" };
        var graph = new Command("graph", CrmCommand.WithExamples(
            "Draws the procedure of a recipe: a column for each unit, what goes on side by side, alternatives, repeats, gates with what they wait for, samples and who reads them, transfers. "
            + "The same recipe gives the same bytes.",
            "crm recipe graph recipes/lithium/black-mass-to-carbonate.yaml --out procedure.svg",
            "crm recipe graph recipes/bench/neutralise-soda-liquor.yaml --format mermaid"));
        graph.Arguments.Add(recipe);
        graph.Options.Add(format);
        graph.Options.Add(output);
        graph.SetAction(parsed => Run(parsed.GetValue(recipe)!, parsed.GetValue(format)!, parsed.GetValue(output)));
        return graph;
    }

    private static int Run(string recipe, string format, string? output)
    {
        var (outline, problems) = RecipeDiff.Outline(recipe, RecipeDiff.Disk);
        foreach (Diagnostic problem in problems) Console.Error.WriteLine(problem);
        if (outline is null) return ExitCodes.InvalidInput;
        ProcedureChart chart = ChartBuilder.Of(outline);
        string drawn = format == "svg" ? SvgChart.Of(chart) : MermaidChart.Of(chart);
        if (output is null)
        {
            Console.Out.Write(drawn);
            return ExitCodes.Good;
        }

        try
        {
            File.WriteAllText(output, drawn);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--out {output} cannot be written: {problem.Message}");
        }

        Console.Out.WriteLine($"wrote {output}");
        return ExitCodes.Good;
    }
}
