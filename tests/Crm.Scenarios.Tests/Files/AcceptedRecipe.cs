using Crm.Chemistry;
using Crm.Plant.Expressions;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Plant.UnitOperations;

namespace Crm.Scenarios.Tests.Files;

/// <summary>What must hold of every recipe that the reader hands out, looked at from outside the reader.</summary>
internal static class AcceptedRecipe
{
    private static readonly Dictionary<string, UnitOperationDescription> operations = UnitOperationCatalogue.Descriptions.ToDictionary(o => o.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Problems(ControlRecipe recipe, RigDefinition rig)
    {
        foreach (FormulaParameter value in recipe.Formula.Where(p => !(p.Value >= p.Low && p.Value <= p.High))) yield return $"{value.Name} outside its range";
        var tree = new ProcedureTree(recipe.Procedure);
        if (tree.Count < 2) yield return "no steps";
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (int node = 0; node < tree.Count; node++)
        {
            if (!ids.Add(tree[node].Id)) yield return $"id {tree[node].Id} twice";
            foreach (string problem in Of(tree[node], tree, node, recipe, rig)) yield return $"{tree[node].Id}: {problem}";
        }

        var interpreter = new ProcedureInterpreter(recipe, rig, operations, MolarMass.Of);
        if (interpreter.NewBatch().IsOver) yield return "over before it began";
    }

    private static IEnumerable<string> Of(ProcedureNode node, ProcedureTree tree, int number, ControlRecipe recipe, RigDefinition rig) => node switch
    {
        UnitProcedureNode unit when rig.Unit(unit.Unit) < 0 || rig.Units[rig.Unit(unit.Unit)].IsService => ["its unit is none a batch can own"],
        UnitProcedureNode { Children.IsEmpty: true } or OperationNode { Children.IsEmpty: true } => ["no steps"],
        ParallelNode parallel => SideBySide(parallel, tree, number),
        AlternativeNode alternative => Alternative(alternative, recipe, rig),
        RepeatNode repeat => repeat.Passes.IsEmpty ? ["no pass"] : Expression(repeat.Until.Expression, recipe, rig),
        PhaseNode phase => Phase(phase, tree, number, recipe, rig),
        GateNode gate => gate.AtMost < TimeSpan.Zero ? ["waits for less than nothing"] : Expression(gate.Require.Expression, recipe, rig),
        WaitNode wait => Expression(wait.For.Expression, recipe, rig),
        SampleNode sample when sample.Analytes.IsEmpty || rig.Unit(sample.Place) < 0 => ["a sample of nothing or from nowhere"],
        PromptNode { Kind: PromptKind.WeighIn } prompt when rig.Unit(prompt.Place) < 0 => ["weighed into nothing"],
        _ => [],
    };

    private static IEnumerable<string> SideBySide(ParallelNode parallel, ProcedureTree tree, int number)
    {
        if (parallel.Branches.Length < 2) yield return "fewer than two branches";
        var owners = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (int branch in tree.Children(number))
            foreach (string unit in Below(tree, branch).OfType<UnitProcedureNode>().Select(u => u.Unit).Distinct())
                if (!owners.TryAdd(unit, branch)) yield return $"{unit} in two branches";
    }

    private static IEnumerable<ProcedureNode> Below(ProcedureTree tree, int node) => tree.Children(node).SelectMany(c => Below(tree, c)).Prepend(tree[node]);

    private static IEnumerable<string> Alternative(AlternativeNode alternative, ControlRecipe recipe, RigDefinition rig)
    {
        if (alternative.Branches.Length < 2 || alternative.Branches[^1].When is not null) yield return "no way when nothing holds";
        foreach (Branch branch in alternative.Branches[..^1])
            foreach (string problem in branch.When is null ? ["a branch without condition that is not the last"] : Expression(branch.When.Expression, recipe, rig)) yield return problem;
    }

    private static IEnumerable<string> Phase(PhaseNode phase, ProcedureTree tree, int number, ControlRecipe recipe, RigDefinition rig)
    {
        if (!operations.TryGetValue(phase.Operation, out UnitOperationDescription? operation))
        {
            yield return "no such operation";
            yield break;
        }

        if (rig.Unit(phase.Unit) < 0 || tree.UnitProcedureAround(number, phase.Unit) < 0) yield return "outside its unit";
        foreach (ParameterDefinition parameter in operation.Parameters)
        {
            ArgumentSource? given = phase.Arguments.GetValueOrDefault(parameter.Name);
            if (given is null && !parameter.Optional && parameter.Default is null) yield return $"{parameter.Name} missing";
            if (given?.Number is Constant constant && parameter.Kind == ParameterKind.Number && !(constant.Value >= parameter.Low && constant.Value <= parameter.High)) yield return $"{parameter.Name} outside its range";
            if (given?.Number is { } amount)
                foreach (string problem in Expression(amount, recipe, rig)) yield return problem;
            if (given?.Name is { } name && parameter.Kind == ParameterKind.Place && rig.Unit(name) < 0) yield return $"no place {name}";
            if (given?.Name is { } reagent && parameter.Kind == ParameterKind.Reagent && rig.Reagent(reagent) is null) yield return $"no reagent {reagent}";
        }

        foreach (Condition condition in phase.While.Concat(phase.Limits.Select(l => l.When)).Append(phase.PauseWhen).Append(phase.Until).OfType<Condition>())
            foreach (string problem in Expression(condition.Expression, recipe, rig)) yield return problem;
    }

    private static IEnumerable<string> Expression(Expression expression, ControlRecipe recipe, RigDefinition rig)
    {
        if (expression.Tags.Any(t => t < 0 || t >= rig.Tags.Length)) yield return "a tag that the rig has not";
        // Reads every slot it names: one that is not there is no value, and evaluating must not throw.
        expression.Evaluate(new StepScope(recipe.Slots, new Plant.Tags.Image(0, TimeSpan.Zero, [.. Enumerable.Repeat(Plant.Tags.Reading.Never, rig.Tags.Length)])));
    }
}
