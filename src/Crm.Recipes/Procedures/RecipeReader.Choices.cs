using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Procedures;

/// <summary>Alternatives and repeats.</summary>
internal sealed partial class RecipeReader
{
    /// <summary>Passes of one repeat.</summary>
    private const int MostPasses = 50;

    /// <summary>Steps of a procedure with its passes written out; the largest recipe has some three hundred.</summary>
    private const int MostSteps = 5000;

    /// <summary>Numbers of the passes around what is read: <c>-2</c>, <c>-2-1</c>; empty outside of repeats.</summary>
    private string pass = "";
    private int steps;
    private readonly SortedDictionary<string, int> taken = new(StringComparer.Ordinal);

    private AlternativeNode Alternative(YamlMapping map, Place place)
    {
        Fields fields = new(map, findings, "an alternative");
        string id = Id(fields, "alternative", place);
        string label = fields.Text("label", "Alternative");
        ImmutableArray<YamlNode> ways = fields.Items("alternative");
        if (ways.IsEmpty) findings.Add(map, DiagnosticCodes.StepEmpty, "an alternative without branches", "add '- {when: …, steps: [...]}'");
        names.Touched.Clear();
        Fields?[] opened = [.. ways.Select(w => Fields.Open(w, findings, "a branch"))];
        Condition?[] conditions = [.. opened.Select(When)];
        ImmutableArray<int> results = LabSlots();
        CheckReach(opened, conditions);
        YamlNode? otherwise = fields.Need("otherwise");
        TimeSpan atMost = results.IsEmpty ? fields.Duration("at_most", TimeSpan.Zero) : fields.Duration("at_most");
        var branches = ImmutableArray.CreateBuilder<Branch>();
        List<Action> reads = [];
        for (int i = 0; i < opened.Length; i++)
        {
            int way = i;
            reads.Add(() =>
            {
                if (opened[way] is { } branch) branches.Add(new Branch(conditions[way], Way(branch, place)));
            });
        }

        reads.Add(() => branches.Add(new Branch(null, Otherwise(otherwise, map, place))));
        flow.EitherOr(otherwise is null ? ways : ways.Add(otherwise), [.. reads]);
        fields.Close();
        return new AlternativeNode(id, label, map.Line, branches.ToImmutable(), results, atMost);
    }

    private Condition? When(Fields? branch) =>
        branch?.Need("when") is { } node ? Conditions.Read(node, "when", names, findings) : null;

    private SequenceNode Way(Fields branch, Place place)
    {
        string id = Id(branch, "branch", place);
        string label = branch.Text("label", "Branch");
        ImmutableArray<ProcedureNode> nodes = Steps(branch.Need("steps"), place, "a branch");
        branch.Close();
        return new SequenceNode(id, label, branch.Map.Line, nodes);
    }

    /// <summary><c>otherwise: go on</c>, or steps.</summary>
    private SequenceNode Otherwise(YamlNode? node, YamlMapping map, Place place)
    {
        string id = AutoId(place.Prefix(map) + "otherwise", place, (node ?? map).Line);
        if (node is null or YamlScalar { Text: "go on" }) return new SequenceNode(id, "Otherwise", (node ?? map).Line, []);
        return new SequenceNode(id, "Otherwise", node.Line, Steps(node, place, "'otherwise'"));
    }

    private ImmutableArray<int> LabSlots() => [.. names.Touched.Where(s => names.Slots[s].Kind == SlotKind.Lab)];

    /// <summary>A branch that is never taken is a mistake: a condition before it holds whenever its own does, or its own never does.</summary>
    private void CheckReach(Fields?[] branches, Condition?[] conditions)
    {
        for (int i = 0; i < conditions.Length; i++)
        {
            if (conditions[i] is not { } condition || branches[i]?.Find("when") is not { } at) continue;
            if (reach.Never(condition.Expression))
            {
                findings.Add(at, DiagnosticCodes.BranchUnreachable, $"'{condition.Text}' is never true", "compare with what the instrument or the formula can be");
                continue;
            }

            Condition? before = conditions[..i].FirstOrDefault(c => c is not null && Reach.Implies(condition.Expression, c.Expression));
            if (before is not null)
                findings.Add(at, DiagnosticCodes.BranchUnreachable, $"whenever '{condition.Text}' holds, '{before.Text}' holds and was judged before it", "branches are judged in the order written: put the narrower one first");
        }
    }

    private RepeatNode? Repeat(YamlEntry entry, Place place)
    {
        if (OpenStep(entry, "repeat") is not { } fields) return null;
        string id = Id(fields, "repeat", place);
        string label = fields.Text("label", "Repeat");
        int most = AtMost(fields);
        YamlNode? body = fields.Need("steps");
        var passes = ImmutableArray.CreateBuilder<SequenceNode>();
        int mistakes = findings.Count;
        string around = pass;
        for (int number = 1; number <= most; number++)
        {
            pass = $"{around}-{number}";
            string path = $"{id}-{number}";
            ids.TryAdd(path, fields.Map.Line);
            passes.Add(new SequenceNode(path, $"{label}, pass {number}", entry.Key.Line, Steps(body, new Place(path, place.Unit, fields.Map.Origin?.Prefix ?? ""), "a repeat")));
            // What is wrong in the first pass is wrong in all of them.
            if (findings.Count > mistakes) break;
        }

        pass = around;
        (Condition until, ImmutableArray<int> results) = Judged(fields, "until");
        if (fields.Find("until") is { } at && reach.Never(until.Expression)) findings.Add(at, DiagnosticCodes.ConditionNever, $"'{until.Text}' is never true", "the repeat could end at its bound only");
        TimeSpan within = results.IsEmpty ? fields.Duration("within", TimeSpan.Zero) : fields.Duration("within");
        Consequence then = fields.Choice("then", Consequences);
        string message = fields.Text("message");
        fields.Close();
        return new RepeatNode(id, label, entry.Key.Line, passes.ToImmutable(), until, results, within, then, message);
    }

    private int AtMost(Fields repeat)
    {
        double most = repeat.Number("at_most", Unit.One, 1, MostPasses);
        if (most == Math.Floor(most)) return (int)most;
        findings.Add(repeat.Find("at_most")!, DiagnosticCodes.NumberWrong, $"a repeat has whole passes, not {Values.Plain(most)}", "write a whole number");
        return 1;
    }

    /// <summary>Counts a step; false when there are too many, which is said once.</summary>
    private bool IsTooMany(YamlNode step)
    {
        if (++steps == MostSteps + 1) findings.Add(step, DiagnosticCodes.RecipeSize, $"the procedure has more than {MostSteps} steps with its blocks and passes written out", "fewer passes, or fewer repeats inside repeats");
        return steps > MostSteps;
    }
}
