using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Crm.Plant.Lots;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.Procedure;

/// <summary>Computes the named values of a batch (<see cref="ControlRecipe.Slots"/>) from its lots, results and history windows.</summary>
public sealed class BatchValues(ControlRecipe recipe, RigDefinition rig, Stoichiometry stoichiometry)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Inner[] inside = [.. recipe.Slots.Select(s => Inner.Of(s, recipe))];

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
        for (int i = 0; i < values.Length; i++) values[recipe.Slots[i].Number] = Value(recipe.Slots[i], inside[i], state, image);
        foreach (HistoryWindow window in state.Windows) values[window.Slot] = window.Value(image.Now);
        state.Values = ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    private Reading Value(Slot slot, in Inner inner, BatchState state, Image image) => slot.Kind switch
    {
        SlotKind.Formula => inner.Parameter is { } parameter ? Reading.Good(state.Adjusted.IsEmpty ? parameter.Value : ProcedureInterpreter.FormulaValue(state, parameter), image.Now) : Reading.Never,
        SlotKind.Lab => Lab(inner, state, image.Now),
        SlotKind.Stoichiometric => Stoichiometric(inner.Demand, state, image),
        _ => Reading.Never,
    };

    private static Reading Lab(in Inner inner, BatchState state, TimeSpan now)
    {
        if (inner.Analyte.Length == 0 || !state.Results.TryGetValue(Latest(inner.Sample, state), out Assay? assay)) return Reading.Never;
        return assay.MassFractions.TryGetValue(inner.Analyte, out Measured fraction) ? Reading.Good(fraction.Value, now) : Reading.Never;
    }

    private Reading Stoichiometric(StoichiometricDemand? demand, BatchState state, Image image)
    {
        if (demand is null) return Reading.Never;
        if (demand.Sample is null) return stoichiometry.ForLots(demand, state.Lots, image.Now);
        string sample = Latest(demand.Sample, state);
        if (!state.Results.TryGetValue(sample, out Assay? results)) return Reading.Never;
        return stoichiometry.ForSample(demand, results, state.Densities.GetValueOrDefault(sample, 1), image);
    }

    /// <summary>Of the samples that a repeat takes under one name the one taken last; the name itself when there is but one.</summary>
    private static string Latest(string name, BatchState state)
    {
        if (state.Taken.ContainsKey(name)) return name;
        SampleNode? last = null;
        foreach (SampleNode sample in state.Taken.Values)
            if (sample.Pass > 0 && sample.Of == name && sample.Pass > (last?.Pass ?? 0)) last = sample;
        return last?.Name ?? name;
    }

    /// <summary>What the name of a slot stands for, looked up once: values are published every second.</summary>
    private readonly record struct Inner(FormulaParameter? Parameter, string Sample, string Analyte, StoichiometricDemand? Demand)
    {
        public static Inner Of(Slot slot, ControlRecipe recipe)
        {
            string name = Inside(slot.Name);
            int dot = name.IndexOf('.', StringComparison.Ordinal);
            return new Inner(
                recipe.Formula.FirstOrDefault(p => p.Name == slot.Name), dot < 0 ? "" : name[..dot], dot < 0 ? "" : name[(dot + 1)..], recipe.Demands.FirstOrDefault(d => d.Reagent == name));
        }
    }

    /// <summary><c>lab(pls.Cu)</c> and <c>pls.Cu</c> are the same name.</summary>
    private static string Inside(string name)
    {
        int open = name.IndexOf('(', StringComparison.Ordinal);
        return open < 0 ? name : name[(open + 1)..].TrimEnd(')');
    }
}
