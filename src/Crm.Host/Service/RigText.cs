using Crm.Contracts;
using Crm.Plant.Alarms;
using Crm.Plant.Loops;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;

namespace Crm.Host.Service;

/// <summary>Rig and recipe as the API describes them.</summary>
public static class RigText
{
    public static RigDescription Describe(RigDefinition rig, ControlRecipe recipe, bool twin) => new(
        rig.Name,
        rig.Version,
        twin,
        rig.ScanPeriod.TotalSeconds,
        Describe(recipe),
        [.. rig.Units.Select(u => new UnitInfo(u.Ordinal, u.Name, u.Label, u.Class, u.IsService, u.GrossVolume, u.WorkingVolume))],
        [.. rig.Tags.Select(t => new TagInfo(t.Ordinal, t.Name, t.Label, t.Unit, OwnerOf(t.Name), t.Low, t.High, t.Decimals, t.IsSwitch))],
        [.. rig.Outputs.Select(o => new OutputInfo(o.Ordinal, o.Name, o.Label, o.Unit, OwnerOf(o.Name), o.Low, o.High, Words.Of(o.Role), o.IsSwitch))],
        [.. rig.Loops.Select(l => new LoopInfo(l.Ordinal, l.Name, l.Label, OwnerOf(l.Name), l.ProcessValue, l.SetpointLow, l.SetpointHigh, [.. LoopTree.Legs(rig.Loops, l.Ordinal).Select(x => x.Output)], l.Voted?.Tags.ToArray() ?? []))],
        [.. rig.Lines.Select(l => new LineInfo(l.Name, l.From, l.To, l.Unit, l.Pump, l.FullRate))],
        [.. rig.Units.SelectMany(u => u.DosingLines.Select(d => Describe(rig, u, d)))],
        [.. rig.Alarms.Select(a => new AlarmInfo(a.Ordinal, a.Id, a.Text, (int)a.Priority, a.Consequence, a.Response, a.TimeToRespond.TotalSeconds))],
        Steps(recipe.Procedure),
        [.. rig.Trips.Select(t => Describe(rig, t))],
        [.. rig.Panel?.Lamps.Select(l => Describe(rig, l)) ?? []]);

    /// <summary>First part of a dotted name: the unit or service it belongs to.</summary>
    public static string OwnerOf(string name) => name.Split('.')[0];

    private static DosingInfo Describe(RigDefinition rig, UnitDefinition unit, DosingLine line)
    {
        var reagent = rig.Reagent(line.Reagent);
        return new DosingInfo(line.Reagent, reagent?.Label ?? line.Reagent, reagent?.Hazard ?? "", unit.Name, line.Pump, line.Scale, line.FullRate);
    }

    private static LampInfo Describe(RigDefinition rig, PanelLamp lamp) => new(
        lamp.Output, rig.Outputs[lamp.Output].Label, Words.Of(lamp.Sequence), [.. lamp.Alarms.Select(a => rig.Alarms[a].Id)]);

    private static TripInfo Describe(RigDefinition rig, TripDefinition trip) => new(
        trip.Ordinal,
        trip.Id,
        trip.Why,
        trip.Class.ToString().ToLowerInvariant(),
        [.. trip.Causes.Select(c => c.Text)],
        [.. trip.Effects.Select(e => $"{rig.Outputs[e.Output].Name} {e.Value}")],
        trip.Bypass is { } bypass ? Least(bypass.Longest, OverrideRule.LongestMaintenance) : null,
        trip.StartUp is { } start ? Least(start.Longest, OverrideRule.LongestStartUp) : null);

    private static double Least(TimeSpan a, TimeSpan b) => Math.Round((a < b ? a : b).TotalMinutes, 1);

    public static RecipeInfo Describe(ControlRecipe recipe) => new(
        recipe.Id,
        recipe.Version,
        recipe.Title,
        recipe.Product.Name,
        recipe.Hazards,
        [.. recipe.Formula.Select(f => new FormulaInfo(f.Name, f.Label, f.Value, f.Unit, f.Low, f.High))],
        [.. recipe.Product.Specification.Limits.Select(l => new LimitInfo(l.Analyte, l.Unit, l.Least, l.Most))]);

    public static List<StepInfo> Steps(ProcedureNode procedure)
    {
        var tree = new ProcedureTree(procedure);
        var steps = new List<StepInfo>(tree.Count);
        for (int i = 0; i < tree.Count; i++)
        {
            int parent = tree.Parent(i);
            int depth = parent < 0 ? 0 : steps[parent].Depth + 1;
            string around = parent < 0 ? "" : steps[parent].Unit;
            var node = tree[i];
            var (kind, unit, operation) = node switch
            {
                PhaseNode p => ("phase", p.Unit, p.Operation),
                PromptNode p => ("prompt", p.Place.Length > 0 ? p.Place : around, Words.Of(p.Kind)),
                SampleNode s => ("sample", s.Place, "sample"),
                GateNode => ("gate", around, "gate"),
                WaitNode => ("wait", around, "wait"),
                AlternativeNode => ("alternative", around, ""),
                RepeatNode => ("repeat", around, ""),
                UnitProcedureNode u => ("unit", u.Unit, ""),
                OperationNode => ("operation", around, ""),
                ParallelNode => ("parallel", around, ""),
                _ => ("sequence", around, ""),
            };
            steps.Add(new StepInfo(i, node.Id, node.Label, kind, unit, operation, parent, depth));
        }

        return steps;
    }
}
