using System.Collections.Immutable;
using Crm.Plant.Lots;
using Crm.Plant.Materials;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.Tags;

namespace Crm.Plant.Procedure;

/// <summary>Prompts, samples and their answers.</summary>
public sealed partial class ProcedureInterpreter
{
    /// <summary>A weighed-in mass further than this from the mass asked for is refused: it is a slip of the pen or the wrong bag.</summary>
    private const double LargestMassDeviation = 0.25;

    /// <summary>Standard uncertainty of a sample's mass, relative: a few grams on a laboratory balance, what clings to the vial included.</summary>
    private const double SampleMassUncertainty = 0.005;

    private const string LotPrefix = "lot:";

    /// <summary>Side of stock that was taken: the batch finds it so, or leaves it so.</summary>
    public const string OpeningSide = "opening", ClosingSide = "closing";

    private void OpenPrompt(BatchState state, int node, PromptNode prompt, Image image, BatchEffects effects)
    {
        double asked = double.NaN;
        if (prompt.Mass is not null)
        {
            Reading mass = prompt.Mass.Evaluate(Scope(state, image, image.Now));
            if (mass.IsBad || !(mass.Value >= 0))
            {
                MakeReady(state, node, image);
                Hold(state, $"{prompt.Id}: the mass to weigh in cannot be told", "recipe", image, effects);
                return;
            }

            asked = mass.Value;
        }

        Enter(state, node, image, effects, asked);
        string mass_kg = double.IsNaN(asked) ? "" : Number(asked);
        Note(effects, image, BatchEventKind.Prompt, prompt.Id, prompt.Text, "recipe",
            Data(("kind", prompt.Kind.ToString()), ("place", prompt.Place), ("material", prompt.Material), ("asked_kg", mass_kg)));
    }

    /// <summary>A person answers a prompt. Accepted in every state of a live batch: weighing goes on while the plant is held.</summary>
    /// <param name="lot">What the book of material has against the lot that a weighing names; null: nothing.</param>
    public CommandVerdict Answer(BatchState state, PromptAnswer answer, Image image, BatchEffects effects, ChargeOffer? lot = null)
    {
        if (!state.IsOver && RefusedAt(state, answer.Prompt) is >= 0 and var refused) return Choose(state, refused, answer, image, effects);
        int node = tree.Find(answer.Prompt);
        ActiveStep? step = state.IsOver ? null : state.Steps.Find(s => s.Node == node);
        if (step is null || tree[node] is not PromptNode prompt)
            return Refuse(effects, image, answer.Prompt, "answer", $"there is no open prompt {answer.Prompt}", answer.By);
        if (AnswerProblem(step, prompt, answer) is { } problem)
        {
            Note(effects, image, BatchEventKind.CommandRefused, prompt.Id, $"answer refused: {problem}", answer.By);
            return CommandVerdict.Refused(problem);
        }

        if (lot is not null && LotProblem(state, step, lot, answer, image, effects) is { } notThisLot) return notThisLot;
        Note(effects, image, BatchEventKind.Answer, prompt.Id, answer.Note.Length == 0 ? "confirmed" : answer.Note, answer.By);
        state.PresentAt = image.Now;
        state.PresentBy = answer.By;
        if (prompt.Kind != PromptKind.Confirm) BookLot(state, prompt, answer, image, effects);
        End(state, node, image, effects);
        return CommandVerdict.Ok;
    }

    private static string? AnswerProblem(ActiveStep step, PromptNode prompt, PromptAnswer answer)
    {
        if (prompt.Kind == PromptKind.Confirm) return null;
        if (answer.Mass is not { } mass) return "the weighed mass is missing";
        if (!double.IsFinite(mass.Value) || mass.Value < 0) return "the weighed mass is not a mass";
        if (double.IsNaN(step.Asked) || prompt.Material.StartsWith(LotPrefix, StringComparison.Ordinal)) return null;
        if (Math.Abs(mass.Value - step.Asked) <= LargestMassDeviation * step.Asked) return null;
        return string.Create(Invariant, $"{mass.Value:0.###} kg weighed where {step.Asked:0.###} kg are asked for");
    }

    private static void BookLot(BatchState state, PromptNode prompt, PromptAnswer answer, Image image, BatchEffects effects)
    {
        bool goesIn = prompt.Kind == PromptKind.WeighIn;
        bool wasMadeHere = prompt.Material.StartsWith(LotPrefix, StringComparison.Ordinal);
        string material = wasMadeHere ? prompt.Material[LotPrefix.Length..] : prompt.Material;
        LotKind kind = !goesIn ? prompt.LotKind : wasMadeHere ? LotKind.Intermediate : LotKind.Feed;
        Assay assay = answer.Assay ?? (wasMadeHere ? state.Lots.FindLast(l => l.Material == material)?.Assay : null) ?? Assay.Empty;
        var lot = new Lot(answer.Lot ?? material, material, kind, answer.Mass!.Value, assay);
        if (prompt.Kind == PromptKind.TakeStock)
        {
            Note(effects, image, BatchEventKind.StockTaken, lot.Id, string.Create(Invariant, $"{lot.Mass.Value:0.###} kg {lot.Material} {(prompt.Opens ? "stand" : "stay")} in {prompt.Place}"), answer.By,
                LotData(lot, prompt).Add("side", prompt.Opens ? OpeningSide : ClosingSide));
            return;
        }

        if (!goesIn || !wasMadeHere) state.Lots = state.Lots.Add(lot);
        string verb = goesIn ? "charged to" : "taken from";
        Note(effects, image, goesIn ? BatchEventKind.LotConsumed : BatchEventKind.LotProduced, lot.Id,
            string.Create(Invariant, $"{lot.Mass.Value:0.###} kg {lot.Material} {verb} {prompt.Place}"), answer.By, LotData(lot, prompt));
    }

    /// <summary>Facts of a lot: mass and assay with their standard uncertainties.</summary>
    private static ImmutableSortedDictionary<string, string> LotData(Lot lot, PromptNode prompt) => Data(
        ("lot", lot.Id), ("material", prompt.Material), ("kind", lot.Kind.ToString()), ("place", prompt.Place), ("step", prompt.Id),
        ("mass_kg", Number(lot.Mass.Value)), ("mass_u_kg", Number(lot.Mass.U))).AddRange(Fractions(lot.Assay));

    /// <summary>kg/kg by analyte, with standard uncertainty.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Fractions(Assay assay)
    {
        foreach ((string analyte, Measured fraction) in assay.MassFractions)
        {
            yield return new($"element.{analyte}", Number(fraction.Value));
            yield return new($"element.{analyte}.u", Number(fraction.U));
        }
    }

    private void TakeSample(BatchState state, SampleNode sample, Image image, BatchEffects effects)
    {
        int tag = rig.Tag(sample.Place, "density");
        double density = tag >= 0 && !image[tag].IsBad ? image[tag].Value : double.NaN;
        state.Taken = state.Taken.SetItem(sample.Name, sample);
        state.Samples = state.Samples.Add(new PendingSample(sample, image.Now, image.Now + sample.Turnaround, density));
        // What is judged by this name waits for the new result from now on.
        if (sample.Pass > 0) values.Publish(state, image);
        Note(effects, image, BatchEventKind.Sample, sample.Id, string.Create(Invariant, $"Sample {sample.Name}: {sample.Amount * 1000:0.#} g from {sample.Place}{(sample.Determinations > 1 ? $", to be determined {sample.Determinations} times" : "")}"), "recipe",
            Data(("sample", sample.Name), ("place", sample.Place), ("mass_kg", Number(sample.Amount)), ("analytes", string.Join(' ', sample.Analytes)),
                ("density_kg_L", double.IsNaN(density) ? "" : Number(density))));
    }

    /// <summary>Results of a sample. A second report on the same sample replaces the first and both are on record.</summary>
    public CommandVerdict Result(BatchState state, LabReport report, Image image, BatchEffects effects)
    {
        PendingSample? pending = state.Samples.Find(s => s.Sample.Name == report.Sample);
        if (state.IsOver || !state.Taken.ContainsKey(report.Sample))
            return Refuse(effects, image, report.Sample, "results", $"no sample {report.Sample} was taken in this batch", report.By);
        if (pending?.Sample.Analytes.FirstOrDefault(a => !report.Results.MassFractions.ContainsKey(a)) is { } missing)
            return Refuse(effects, image, report.Sample, "results", $"the result of {missing} is missing", report.By);
        state.Results = state.Results.SetItem(report.Sample, report.Results);
        if (Density(report, pending) is { } density) state.Densities = state.Densities.SetItem(report.Sample, density);
        if (pending is not null) state.Samples = state.Samples.Remove(pending);
        values.Publish(state, image);
        SampleNode sample = state.Taken[report.Sample];
        var data = Data(
            ("sample", report.Sample), ("place", sample.Place), ("mass_kg", Number(sample.Amount)),
            ("mass_u_kg", Number(SampleMassUncertainty * sample.Amount))).AddRange(Fractions(report.Results));
        Note(effects, image, BatchEventKind.LabResult, report.Sample, $"Results of sample {report.Sample}", report.By, data);
        return CommandVerdict.Ok;
    }

    private static double? Density(LabReport report, PendingSample? pending)
    {
        if (report.Results.MassFractions.TryGetValue("density", out Measured measured)) return measured.Value;
        return pending is null || double.IsNaN(pending.Density) ? null : pending.Density;
    }

    private static string Number(double value) => value.ToString("G9", Invariant);
}
