using Crm.Control;
using Crm.Plant.Lots;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;

namespace Crm.Host.Technician;

/// <summary>
/// Scale, bench and laboratory beside the twin: puts material in and takes it out with the twin's hands, and says what was weighed and
/// found. Whoever answers a prompt, the unattended technician or a person at a screen, the material moves here and only once.
/// </summary>
public sealed class TwinBench(IRigHands hands, int seed)
{
    private readonly Laboratory laboratory = new(seed);
    private readonly SortedDictionary<string, (Portion Truth, Measured Mass)> samples = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, PromptAnswer> done = new(StringComparer.Ordinal);

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
        samples[sample.Name] = (truth, laboratory.Weigh("sample " + sample.Name, truth.Mass));
    }

    /// <summary>What the laboratory finds in a sample that was taken.</summary>
    public Assay Results(SampleNode sample) => laboratory.Analyse(sample.Name, samples[sample.Name].Truth, sample.Analytes);

    private PromptAnswer Work(PromptView view, string by, double mass)
    {
        var prompt = view.Prompt;
        switch (prompt.Kind)
        {
            case PromptKind.WeighIn:
                {
                    var truth = hands.Charge(prompt.Place, prompt.Material, mass);
                    // One assay belongs to the lot, whichever of its bags is weighed in.
                    bool madeHere = prompt.Material.StartsWith("lot:", StringComparison.Ordinal);
                    return new PromptAnswer(prompt.Id, by, laboratory.Weigh(prompt.Id, truth.Mass), null,
                        madeHere ? null : laboratory.Analyse(prompt.Material, truth, prompt.Analytes));
                }

            case PromptKind.Discharge:
                return OfLot(prompt, by, hands.Discharge(prompt.Place, prompt.Material));

            case PromptKind.Book:
                return OfLot(prompt, by, hands.Book(prompt.Place, prompt.Material));

            default:
                return new PromptAnswer(prompt.Id, by, Note: prompt.Items.IsEmpty ? "confirmed" : $"all {prompt.Items.Length} confirmed");
        }
    }

    private PromptAnswer OfLot(PromptNode prompt, string by, Portion truth) =>
        new(prompt.Id, by, laboratory.Weigh(prompt.Id, truth.Mass), null, laboratory.Analyse(prompt.Material, truth, prompt.Analytes));
}
