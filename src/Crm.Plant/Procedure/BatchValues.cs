using System.Collections.Immutable;
using Crm.Plant.Lots;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.Procedure;

/// <summary>Computes the named values of a batch (<see cref="ControlRecipe.Slots"/>) from its lots, results and history windows.</summary>
public sealed class BatchValues(ControlRecipe recipe, RigDefinition rig, Stoichiometry stoichiometry)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public ImmutableArray<HistoryWindow> NewWindows() =>
        [.. recipe.Slots.Where(s => s.Kind == SlotKind.Window).Select(s => new HistoryWindow(s, rig.Tags[s.Tag]))];

    /// <summary>Takes the scan into the windows and publishes new values once per second.</summary>
    public void Sample(BatchState state, Image image)
    {
        if (image.Now < state.ValuesDue) return;
        state.ValuesDue = image.Now + Period;
        foreach (HistoryWindow window in state.Windows) window.Sample(image);
        Publish(state, image);
    }

    public void Publish(BatchState state, Image image)
    {
        var values = new Reading[recipe.Slots.Length];
        foreach (Slot slot in recipe.Slots) values[slot.Number] = Value(slot, state, image);
        foreach (HistoryWindow window in state.Windows) values[window.Slot] = window.Value(image.Now);
        state.Values = ImmutableArray.Create(values);
    }

    private Reading Value(Slot slot, BatchState state, Image image) => slot.Kind switch
    {
        SlotKind.Formula => Formula(slot, image.Now),
        SlotKind.Lab => Lab(Inside(slot.Name), state, image.Now),
        SlotKind.Stoichiometric => Stoichiometric(Inside(slot.Name), state, image),
        _ => Reading.Never,
    };

    private Reading Formula(Slot slot, TimeSpan now)
    {
        foreach (FormulaParameter parameter in recipe.Formula)
            if (parameter.Name == slot.Name) return Reading.Good(parameter.Value, now);
        return Reading.Never;
    }

    private static Reading Lab(string sampleAndAnalyte, BatchState state, TimeSpan now)
    {
        int dot = sampleAndAnalyte.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !state.Results.TryGetValue(Latest(sampleAndAnalyte[..dot], state), out Assay? assay)) return Reading.Never;
        return assay.MassFractions.TryGetValue(sampleAndAnalyte[(dot + 1)..], out Measured fraction) ? Reading.Good(fraction.Value, now) : Reading.Never;
    }

    private Reading Stoichiometric(string reagent, BatchState state, Image image)
    {
        StoichiometricDemand? demand = recipe.Demands.FirstOrDefault(d => d.Reagent == reagent);
        if (demand is null) return Reading.Never;
        if (demand.Sample is null) return stoichiometry.ForLots(demand, state.Lots, image.Now);
        string sample = Latest(demand.Sample, state);
        if (!state.Results.TryGetValue(sample, out Assay? results)) return Reading.Never;
        return stoichiometry.ForSample(demand, results, state.Densities.GetValueOrDefault(sample, 1), image);
    }

    /// <summary>Of the samples that a repeat takes under one name the one taken last; the name itself when there is but one.</summary>
    private static string Latest(string name, BatchState state)
    {
        SampleNode? last = null;
        foreach (SampleNode sample in state.Taken.Values)
            if (sample.Pass > 0 && sample.Of == name && sample.Pass > (last?.Pass ?? 0)) last = sample;
        return last?.Name ?? name;
    }

    /// <summary><c>lab(pls.Cu)</c> and <c>pls.Cu</c> are the same name.</summary>
    private static string Inside(string name)
    {
        int open = name.IndexOf('(', StringComparison.Ordinal);
        return open < 0 ? name : name[(open + 1)..].TrimEnd(')');
    }
}
