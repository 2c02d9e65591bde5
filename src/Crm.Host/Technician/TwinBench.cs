using System.Collections.Immutable;
using Crm.Control;
using Crm.Plant.Campaigns;
using Crm.Plant.Lots;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;

namespace Crm.Host.Technician;

/// <summary>
/// Scale, bench and laboratory beside the twin: puts material in and takes it out with the twin's hands, and says what was weighed and
/// found. Whoever answers a prompt, the unattended technician or a person at a screen, the material moves here and only once.
/// </summary>
/// <param name="batch">Mark behind the names of the batch's lots and samples; empty for the first batch on the rig.</param>
public sealed class TwinBench(IRigHands hands, int seed, string batch = "")
{
    /// <summary>By material: the lot of an earlier batch that is weighed in for it.</summary>
    private ImmutableSortedDictionary<string, string> taken = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private readonly Laboratory laboratory = new(seed);
    private readonly SortedDictionary<string, (Portion Truth, Measured Mass)> samples = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, PromptAnswer> done = new(StringComparer.Ordinal);

    /// <summary>The same bench for another batch on the rig: its lots and samples have their own names and their own scatter.</summary>
    /// <param name="takes">Lots of earlier batches that it weighs in, by material.</param>
    /// <param name="labelled">What such a lot is called on this rig.</param>
    public TwinBench For(string other, ImmutableSortedDictionary<string, MadeLot> takes, Func<MadeLot, string> labelled) => new(hands, seed, "@" + other)
    {
        taken = takes.ToImmutableSortedDictionary(t => t.Key, t => labelled(t.Value), StringComparer.Ordinal),
    };

    /// <summary>What a lot of the batch is called on this rig, by its name in the recipe.</summary>
    public string LotName(string lot) => lot + batch;

    /// <summary>Does what the prompt asks for and gives the answer that goes with it; the same answer when asked again.</summary>
    /// <param name="mass">kg to weigh in instead of the mass asked for; null takes that.</param>
    public PromptAnswer Answer(PromptView view, string by, double? mass = null)
    {
        if (!done.TryGetValue(view.Prompt.Id, out var answer)) done[view.Prompt.Id] = answer = Work(view, by, mass ?? view.Asked);
        return answer with { By = by };
    }

    /// <summary>Takes the sample from its place; harmless when it was taken before.</summary>
    public void Take(SampleNode sample)
    {
        if (samples.ContainsKey(sample.Name)) return;
        var truth = hands.Sample(sample.Place, sample.Amount);
        samples[sample.Name] = (truth, laboratory.Weigh("sample " + sample.Name + batch, truth.Mass));
    }

    /// <summary>What the laboratory finds in a sample that was taken.</summary>
    public Assay Results(SampleNode sample) => laboratory.Analyse(sample.Name + batch, samples[sample.Name].Truth, sample.Analytes, sample.Determinations);

    private PromptAnswer Work(PromptView view, string by, double mass)
    {
        var prompt = view.Prompt;
        switch (prompt.Kind)
        {
            case PromptKind.WeighIn:
                {
                    if (taken.TryGetValue(prompt.Material, out string? earlier)) return OfEarlier(prompt, by, earlier, mass);
                    bool madeHere = prompt.Material.StartsWith("lot:", StringComparison.Ordinal);
                    var truth = hands.Charge(prompt.Place, madeHere ? prompt.Material + batch : prompt.Material, mass);
                    // One assay belongs to the lot, whichever of its bags is weighed in.
                    return new PromptAnswer(prompt.Id, by, laboratory.Weigh(prompt.Id + batch, truth.Mass), madeHere ? OwnName(prompt.Material["lot:".Length..]) : null,
                        madeHere ? null : laboratory.Analyse(prompt.Material + batch, truth, prompt.Analytes, prompt.Determinations));
                }

            case PromptKind.Discharge:
                return OfLot(prompt, by, hands.Discharge(prompt.Place, prompt.Material + batch));

            case PromptKind.Book:
                return OfLot(prompt, by, hands.Book(prompt.Place, prompt.Material + batch));

            case PromptKind.TakeStock:
                return OfLot(prompt, by, hands.Look(prompt.Place));

            default:
                return new PromptAnswer(prompt.Id, by, Note: prompt.Items.IsEmpty ? "confirmed" : $"all {prompt.Items.Length} confirmed");
        }
    }

    private PromptAnswer OfLot(PromptNode prompt, string by, Portion truth) =>
        new(prompt.Id, by, laboratory.Weigh(prompt.Id + batch, truth.Mass), OwnName(prompt.Material), laboratory.Analyse(prompt.Material + batch, truth, prompt.Analytes, prompt.Determinations));

    /// <summary>Null takes the recipe's own name for the lot.</summary>
    private string? OwnName(string material) => batch.Length == 0 ? null : LotName(material);

    private PromptAnswer OfEarlier(PromptNode prompt, string by, string lot, double mass)
    {
        var truth = hands.Charge(prompt.Place, "lot:" + lot, mass);
        return new PromptAnswer(prompt.Id, by, laboratory.Weigh(prompt.Id + batch, truth.Mass), lot, laboratory.Analyse(lot, truth, prompt.Analytes, prompt.Determinations));
    }
}
