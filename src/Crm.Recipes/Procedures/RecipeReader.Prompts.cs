using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Procedures;

/// <summary>What people do: prompts, samples, gates and waits.</summary>
internal sealed partial class RecipeReader
{
    /// <summary>Kinds of lot a step may make.</summary>
    public static readonly ImmutableArray<(string Word, LotKind Value)> LotKinds =
    [
        ("product", LotKind.Product), ("intermediate", LotKind.Intermediate), ("residue", LotKind.Residue), ("liquor", LotKind.Liquor),
        ("salt", LotKind.Salt), ("water", LotKind.Water),
    ];

    /// <summary>What taking stock says: the batch finds it so, or leaves it so.</summary>
    public static readonly ImmutableArray<(string Word, bool Value)> StockSides = [(ProcedureInterpreter.OpeningSide, true), (ProcedureInterpreter.ClosingSide, false)];

    /// <summary>What a portion of a pilot's sample suffices for.</summary>
    public const int MostDeterminations = 6;

    private static readonly Unit kilogram = Units.Of("kg");

    private PromptNode? Prompt(YamlEntry entry, Place place, PromptKind kind)
    {
        string word = entry.Key.Text;
        if (OpenStep(entry, word) is not { } fields) return null;
        string at = kind switch { PromptKind.WeighIn => At(fields, "into", place), PromptKind.Discharge => At(fields, "from", place), PromptKind.Book or PromptKind.TakeStock => At(fields, "in", place), _ => "" };
        string material = kind switch { PromptKind.WeighIn => Material(fields), PromptKind.Confirm => "", _ => NewLot(fields, stands: kind != PromptKind.TakeStock) };
        LotKind lotKind = kind is PromptKind.Discharge or PromptKind.Book or PromptKind.TakeStock ? fields.Choice("kind", LotKinds) : LotKind.Feed;
        string id = Id(fields, word.Replace('_', '-'), place);
        int determinations = kind is PromptKind.Confirm or PromptKind.Choose ? 1 : Determinations(fields);
        string text = kind == PromptKind.Confirm ? fields.Text("text") : fields.Text("text", Sentence(kind, at, material) + MeanOf(determinations));
        PromptNode prompt = new(
            id,
            fields.Text("label", text),
            entry.Key.Line,
            kind,
            text,
            kind == PromptKind.Confirm ? fields.Texts("items") : [],
            at,
            material,
            kind == PromptKind.WeighIn ? Mass(fields) : null,
            lotKind,
            kind == PromptKind.Confirm ? [] : Analytes(fields, kind),
            fields.Duration("takes"),
            fields.Text("protective", ""))
        {
            Opens = kind == PromptKind.TakeStock && fields.Choice("side", StockSides),
            Determinations = determinations,
        };
        fields.Close();
        return prompt;
    }

    private static string Sentence(PromptKind kind, string at, string material) => kind switch
    {
        PromptKind.WeighIn => $"Weigh {material} into {at}",
        PromptKind.Discharge => $"Discharge {at} as {material}",
        PromptKind.TakeStock => $"Take stock of {at}: {material}, left where it is",
        _ => $"Book the liquor in {at} as {material}",
    };

    /// <summary>Each analyte is determined so often and the mean reported; a laboratory does it where one determination scatters as much as the limit is near.</summary>
    private int Determinations(Fields fields)
    {
        if (fields.Find("determinations") is not { } node) return 1;
        double number = Values.Quantity(node, findings, "determinations", Unit.One, 1, MostDeterminations, bare: true);
        if (number == Math.Floor(number)) return (int)number;
        findings.Add(node, DiagnosticCodes.NumberWrong, $"a sample is determined a whole number of times, not {Values.Plain(number)}", "write a whole number");
        return 1;
    }

    private static string MeanOf(int determinations) => determinations == 1 ? "" : $"; results the mean of {determinations} determinations";

    /// <summary>The unit or tank a step is about; within a unit it may be left out.</summary>
    private string At(Fields fields, string key, Place place)
    {
        YamlNode? node = place.Unit is null ? fields.Need(key) : fields.Find(key);
        if (node is null) return place.Unit ?? "";
        if (Values.Text(node, findings, key) is not { } name) return "";
        CheckPlace(node, name);
        return name;
    }

    private string Material(Fields fields)
    {
        const string lot = "lot:";
        string material = fields.Text("material");
        if (!material.StartsWith(lot, StringComparison.Ordinal)) return material;
        string made = material[lot.Length..];
        for (string around = pass; ; around = around[..Math.Max(0, around.LastIndexOf('-'))])
        {
            if (flow.HasMade(made + around)) return material + around;
            if (around.Length == 0) break;
        }

        if (flow.MayHaveMade(made))
            findings.Add(
                fields.Find("material")!, DiagnosticCodes.BranchElsewhere, $"the lot '{made}' is made only in another branch of an alternative",
                "make it in every branch, or use it in its own branch");
        else
            findings.Add(
                fields.Find("material")!, DiagnosticCodes.LotUnknown,
                $"no earlier step makes the lot '{made}'", Nearest.Suggest(made, flow.Lots));
        return material;
    }

    /// <param name="stands">On the shelf for later steps; what stock is taken of stays where it is.</param>
    private string NewLot(Fields fields, bool stands)
    {
        string lot = fields.Text("lot");
        if (lot.Length == 0) return lot;
        if (!flow.Give("lot " + lot + pass))
            findings.Add(
                fields.Find("lot")!, DiagnosticCodes.NameTwice, $"an earlier step makes the lot '{lot}'",
                "give each lot its own name");
        if (stands) flow.Make(lot + pass);
        return lot + pass;
    }

    private Expression? Mass(Fields fields)
    {
        if (fields.Find("material") is YamlScalar { Text: { } material } && material.StartsWith("lot:", StringComparison.Ordinal) && !fields.Has("mass")) return null;
        if (fields.Need("mass") is not { } node || Conditions.Number(node, "mass", names, findings) is not { } operand) return null;
        Operand mass = Conditions.Bring(operand, kilogram, (YamlScalar)node, findings);
        if (mass.IsBroken) return null;
        if (names.Static(mass.Node) is <= 0)
            findings.Add(
                node, DiagnosticCodes.ParameterRange, "nothing would be weighed in", "expected more than 0 kg");
        return mass.Node;
    }

    private ImmutableArray<string> Analytes(Fields fields, PromptKind kind)
    {
        if (kind != PromptKind.WeighIn) fields.Need("analytes");
        return fields.Texts("analytes");
    }

    private SampleNode? Sample(YamlEntry entry, Place place)
    {
        if (OpenStep(entry, "sample") is not { } fields) return null;
        string name = fields.Text("name");
        if (name.Length > 0 && !flow.Give("sample " + name + pass)) findings.Add(fields.Find("name")!, DiagnosticCodes.NameTwice, $"an earlier step takes the sample '{name}'", "give each sample its own name");
        string id = Id(fields, "sample-" + name, place);
        string from = At(fields, "from", place);
        double amount = fields.Quantity("amount", kilogram, 0, 10);
        YamlNode? analytes = fields.Need("analytes");
        if (analytes is not null && fields.Texts("analytes").IsEmpty) findings.Add(analytes, DiagnosticCodes.StepEmpty, $"sample '{name}' is analysed for nothing", "list the analytes");
        int determinations = Determinations(fields);
        SampleNode sample = new(id, fields.Text("label", "Sample " + name + MeanOf(determinations)), entry.Key.Line, name + pass, from, amount, fields.Texts("analytes"), fields.Duration("turnaround"))
        {
            Of = name,
            Determinations = determinations,
            Pass = pass.Length == 0 ? 0 : taken[name] = taken.GetValueOrDefault(name) + 1,
        };
        flow.Take(name);
        fields.Close();
        return sample;
    }

    private GateNode? Gate(YamlEntry entry, Place place)
    {
        if (OpenStep(entry, "gate") is not { } fields) return null;
        string id = Id(fields, "gate", place);
        (Condition require, ImmutableArray<int> read) = Judged(fields, "require");
        string message = fields.Text("message");
        TimeSpan atMost = fields.Duration("at_most");
        Consequence otherwise = fields.Choice("otherwise", Consequences);
        CheckReached(fields, "require", require);
        GateNode gate = new(id, fields.Text("label", message), entry.Key.Line, require, read, atMost, otherwise, message);
        fields.Close();
        return gate;
    }

    private WaitNode? Wait(YamlEntry entry, Place place)
    {
        if (OpenStep(entry, "wait") is not { } fields) return null;
        string id = Id(fields, "wait", place);
        (Condition condition, _) = Judged(fields, "for");
        string message = fields.Text("message");
        CheckReached(fields, "for", condition);
        WaitNode wait = new(id, fields.Text("label", "Wait for " + condition.Text), entry.Key.Line, condition, fields.Duration("at_most"), fields.Choice("then", Consequences), message);
        fields.Close();
        return wait;
    }

    private void CheckReached(Fields fields, string key, Condition condition)
    {
        if (fields.Find(key) is not { } node || !reach.Never(condition.Expression)) return;
        findings.Add(node, DiagnosticCodes.ConditionNever, $"'{condition.Text}' is never true", "compare with what the instrument can read");
    }

    /// <summary>A condition that must look at the plant or the laboratory, with the laboratory slots it reads.</summary>
    private (Condition Condition, ImmutableArray<int> Lab) Judged(Fields fields, string key)
    {
        names.Touched.Clear();
        Condition? condition = fields.Need(key) is { } node ? Conditions.Read(node, key, names, findings) : null;
        if (condition is null) return (new Condition("", new Constant(1)), []);
        ImmutableArray<Slot> slots = names.Slots;
        bool blind = condition.Expression.Tags.IsEmpty && names.Touched.All(s => slots[s].Kind == SlotKind.Formula);
        if (blind)
            findings.Add(
                fields.Find(key)!, DiagnosticCodes.GateBlind, $"'{condition.Text}' looks at nothing that changes",
                "compare a tag or a laboratory result");
        return (condition, [.. names.Touched.Where(s => slots[s].Kind == SlotKind.Lab)]);
    }
}
