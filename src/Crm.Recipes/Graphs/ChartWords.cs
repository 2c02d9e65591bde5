using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Recipes.Differences;

namespace Crm.Recipes.Graphs;

/// <summary>What a chart says of each step, in the recipe's own words.</summary>
internal sealed partial class ChartWords
{
    /// <summary>Keys of a phase that are no parameters of its operation, or are told apart from them.</summary>
    private static readonly ImmutableArray<string> told = ["label", "until", "at_least", "at_most", "then", "for", "clock", "pause_when", "on_fault", "scope", "attended", "from"];

    private readonly ControlRecipe recipe;
    private readonly Dictionary<string, OutlineStep> written;
    private readonly ImmutableArray<OutlineStep> steps;

    public ChartWords(RecipeOutline outline)
    {
        recipe = outline.Recipe;
        steps = outline.Steps;
        written = outline.Steps.DistinctBy(s => s.Id).ToDictionary(s => s.Id, StringComparer.Ordinal);
    }

    public ImmutableArray<string> Of(PhaseNode phase)
    {
        ImmutableArray<RecipeFact> facts = Facts(phase.Id);
        var details = ImmutableArray.CreateBuilder<string>();
        string arguments = string.Join(" · ", facts.Where(f => !told.Contains(f.Aspect) && !Guards(f)).Select(f => $"{f.Aspect} {Valued(f.Words, f.Aspect)}"));
        if (arguments.Length > 0) details.Add(arguments);
        if (Fact(facts, "from") is { } from) details.Add("from " + from);
        foreach ((string key, string says) in ((string, string)[])[("for", "for"), ("at_least", "at least"), ("until", "until"), ("pause_when", "feeds pause while")])
            if (Fact(facts, key) is { } words) details.Add($"{says} {Valued(words, key)}");
        if (Fact(facts, "at_most") is { } most) details.Add($"at most {Valued(most, "at_most")}, then {Fact(facts, "then") ?? "hold"}");
        if (Fact(facts, "attended") is { } attended) details.Add($"a person at the rig every {attended}");
        int guards = facts.Count(Guards);
        if (guards > 0) details.Add(guards == 1 ? "guarded by 1 condition" : string.Create(CultureInfo.InvariantCulture, $"guarded by {guards} conditions and limits"));
        return details.ToImmutable();
    }

    public ImmutableArray<string> Of(PromptNode prompt)
    {
        ImmutableArray<RecipeFact> facts = Facts(prompt.Id);
        var details = ImmutableArray.CreateBuilder<string>();
        switch (prompt.Kind)
        {
            case PromptKind.WeighIn when prompt.Material.StartsWith("lot:", StringComparison.Ordinal):
                details.Add($"lot {prompt.Material[4..]}, from {string.Join(", ", Makers(prompt.Material[4..]))}");
                break;
            case PromptKind.WeighIn:
                details.Add(Valued(Fact(facts, "mass") ?? "", "mass"));
                break;
            case PromptKind.Discharge or PromptKind.Book:
                details.Add($"makes lot {prompt.Material} ({prompt.LotKind.ToString().ToLowerInvariant()})");
                break;
            default:
                if (!prompt.Items.IsEmpty) details.Add(prompt.Items.Length == 1 ? "1 point to check" : string.Create(CultureInfo.InvariantCulture, $"{prompt.Items.Length} points to check"));
                break;
        }

        if (!prompt.Analytes.IsEmpty) details.Add("assay: " + string.Join(", ", prompt.Analytes) + (prompt.Determinations > 1 ? string.Create(CultureInfo.InvariantCulture, $", mean of {prompt.Determinations}") : ""));
        return details.ToImmutable();
    }

    public ImmutableArray<string> Of(SampleNode sample)
    {
        string[] readers = [.. Readers(sample.Of)];
        string gram = Fact(Facts(sample.Id), "amount") ?? string.Create(CultureInfo.InvariantCulture, $"{1000 * sample.Amount:0.##} g");
        return
        [
            $"{gram} from {sample.Place} for {string.Join(", ", sample.Analytes)}{(sample.Determinations > 1 ? $", mean of {sample.Determinations}" : "")}; results after {Time(sample.Turnaround)}",
            readers.Length == 0 ? "no step waits for it" : "read by " + string.Join(", ", readers),
        ];
    }

    public ImmutableArray<string> Of(GateNode gate) =>
    [
        "needs " + gate.Require.Text,
        .. Samples(gate.Require.Text).Select(s => $"reads {s}, taken at {string.Join(", ", Takers(s))}"),
        $"waits at most {Time(gate.AtMost)}; not met: {gate.Otherwise.ToString().ToLowerInvariant()}",
    ];

    public static ImmutableArray<string> Of(WaitNode wait) => [wait.For.Text, $"at most {Time(wait.AtMost)}, then {wait.Then.ToString().ToLowerInvariant()}"];

    /// <summary>Unit or tank that a phase draws from.</summary>
    public string From(string id) => Fact(Facts(id), "from") ?? "";

    /// <summary>Samples whose results the step reads.</summary>
    public ImmutableArray<string> Reads(string id) => [.. Facts(id).SelectMany(f => Samples(f.Words + f.Aspect)).Distinct(StringComparer.Ordinal)];

    public static ImmutableArray<string> Samples(string text) => [.. Lab().Matches(text).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal)];

    public static string Time(TimeSpan time) => time.TotalHours >= 2 && time.TotalMinutes % 60 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.##} h")
        : time.TotalMinutes >= 2 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.##} min") : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s");

    private IEnumerable<string> Readers(string sample)
    {
        foreach (OutlineStep step in steps.Where(s => s.Word != "sample" && s.Facts.Any(f => Samples(f.Words + f.Aspect).Contains(sample)))) yield return step.Word == "gate" ? $"gate {step.Id}" : step.Id;
        foreach (StoichiometricDemand demand in recipe.Demands.Where(d => d.Sample == sample)) yield return $"the amount of {demand.Reagent}";
    }

    private IEnumerable<string> Takers(string sample) => steps.Where(s => s.Word == "sample" && s.Facts.Any(f => f.Aspect == "name" && f.Words == sample)).Select(s => s.Id);

    private IEnumerable<string> Makers(string lot) => steps.Where(s => s.Facts.Any(f => f.Aspect == "lot" && f.Words == lot)).Select(s => s.Id);

    private ImmutableArray<RecipeFact> Facts(string id) => written.TryGetValue(id, out OutlineStep? step) ? step.Facts : [];

    private static string? Fact(ImmutableArray<RecipeFact> facts, string aspect) => facts.FirstOrDefault(f => f.Aspect == aspect)?.Words;

    private static bool Guards(RecipeFact fact) =>
        fact.Aspect.StartsWith("limit '", StringComparison.Ordinal) || fact.Aspect.StartsWith("while ", StringComparison.Ordinal) || fact.Aspect.StartsWith("expects ", StringComparison.Ordinal);

    /// <summary>A formula name that stands alone as its value: <c>4 kg/h (acid_rate)</c>; without the name where the key says the same.</summary>
    private string Valued(string words, string key)
    {
        if (recipe.Formula.FirstOrDefault(p => p.Name == words) is not { } parameter) return words;
        var value = new Quantity(parameter.Value, Units.Of(parameter.Unit));
        return words == key ? value.ToString() : $"{value} ({words})";
    }

    [GeneratedRegex(@"lab\(\s*([A-Za-z0-9_-]+)\s*\.")]
    private static partial Regex Lab();
}
