using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Rigs;
using Crm.Plant.UnitOperations;

namespace Crm.Plant.Allocation;

/// <summary>What a recipe written for an equipment class asks of the unit it will run on (S88-26).</summary>
/// <param name="Name">The recipe's own name for it: <c>leach</c>.</param>
/// <param name="Class">Equipment class; empty for any.</param>
/// <param name="WorkingVolume">L at least; null when it does not matter.</param>
/// <param name="TemperatureLow">degC that the loop must reach; NaN when none is asked.</param>
/// <param name="Operations">Unit operations that it must be able to run.</param>
/// <param name="Reagents">Reagents that it must have a dosing line for.</param>
/// <param name="Tags">Further instruments: <c>orp</c>.</param>
public sealed record EquipmentRequirement(
    string Name,
    string Class,
    double? WorkingVolume,
    double TemperatureLow,
    double TemperatureHigh,
    ImmutableArray<string> Operations,
    ImmutableArray<string> Reagents,
    ImmutableArray<string> Tags)
{
    public static EquipmentRequirement Of(string name, string equipmentClass) => new(name, equipmentClass, null, double.NaN, double.NaN, [], [], []);
}

/// <summary>A pipe the recipe needs between two of its units.</summary>
public readonly record struct ConnectionRequirement(string From, string To);

/// <summary>Why a unit cannot be what a recipe asks for.</summary>
public sealed record BindingReason(string Requirement, string Unit, string Reason);

/// <param name="Units">Unit of the rig by the recipe's name; empty when it failed.</param>
/// <param name="Reasons">Why units were not taken; complete when it failed.</param>
public sealed record BindingResult(bool Succeeded, ImmutableSortedDictionary<string, string> Units, ImmutableArray<BindingReason> Reasons);

/// <summary>Binds a recipe's equipment classes to units of a rig, before START, with the reasons when it cannot (S88-26).</summary>
public static class EquipmentBinding
{
    private static readonly ImmutableSortedDictionary<string, string> none = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <param name="fixedUnits">Bindings that a person chose; the others are found, in the order of the rig file.</param>
    public static BindingResult Bind(
        RigDefinition rig,
        ImmutableArray<EquipmentRequirement> requirements,
        ImmutableArray<ConnectionRequirement> connections,
        ImmutableSortedDictionary<string, string>? fixedUnits = null)
    {
        var reasons = ImmutableArray.CreateBuilder<BindingReason>();
        var candidates = new List<(EquipmentRequirement Requirement, List<string> Units)>();
        foreach (EquipmentRequirement requirement in requirements)
        {
            var units = new List<string>();
            foreach (UnitDefinition unit in rig.Units.Where(u => !u.IsService && Chosen(fixedUnits, requirement.Name, u.Name)))
            {
                string[] lacks = [.. Lacks(rig, unit, requirement)];
                if (lacks.Length == 0) units.Add(unit.Name);
                reasons.AddRange(lacks.Select(reason => new BindingReason(requirement.Name, unit.Name, reason)));
            }

            candidates.Add((requirement, units));
        }

        foreach ((EquipmentRequirement requirement, List<string> units) in candidates.Where(c => c.Units.Count == 0))
            reasons.Add(new BindingReason(requirement.Name, "", $"no unit of {rig.Name} can be {requirement.Name}"));
        if (candidates.Any(c => c.Units.Count == 0)) return new BindingResult(false, none, reasons.ToImmutable());
        if (Search(rig, candidates, connections, 0, none) is { } bound) return new BindingResult(true, bound, reasons.ToImmutable());
        reasons.AddRange(Unconnected(rig, candidates, connections));
        return new BindingResult(false, none, reasons.ToImmutable());
    }

    /// <summary>What a unit lacks to be what is required; empty when it can be it.</summary>
    public static IEnumerable<string> Lacks(RigDefinition rig, UnitDefinition unit, EquipmentRequirement requirement)
    {
        if (requirement.Class.Length > 0 && unit.Class != requirement.Class) yield return $"is a {unit.Class}, not a {requirement.Class}";
        if (requirement.WorkingVolume is { } volume && !(unit.WorkingVolume >= volume)) yield return $"holds {Plain(unit.WorkingVolume ?? 0)} L, {Plain(volume)} L are needed";
        foreach (string lack in Temperatures(rig, unit, requirement)) yield return lack;
        foreach (string reagent in requirement.Reagents.Where(r => unit.DosingLines.All(l => l.Reagent != r))) yield return $"has no dosing line for {reagent}";
        foreach (string tag in requirement.Tags.Where(t => rig.Tag(unit.Name, t) < 0)) yield return $"has no {tag}";
        foreach (string operation in requirement.Operations)
            foreach (string lack in OperationLacks(rig, unit, operation)) yield return lack;
    }

    private static IEnumerable<string> Temperatures(RigDefinition rig, UnitDefinition unit, EquipmentRequirement requirement)
    {
        if (double.IsNaN(requirement.TemperatureLow) && double.IsNaN(requirement.TemperatureHigh)) yield break;
        int loop = rig.Loop(unit.Name, "temperature_loop");
        if (loop < 0)
        {
            yield return "has no temperature loop";
            yield break;
        }

        double low = rig.Loops[loop].SetpointLow, high = rig.Loops[loop].SetpointHigh;
        if (requirement.TemperatureHigh > high) yield return $"goes up to {Plain(high)} degC, {Plain(requirement.TemperatureHigh)} degC are needed";
        if (requirement.TemperatureLow < low) yield return $"goes down to {Plain(low)} degC, {Plain(requirement.TemperatureLow)} degC are needed";
    }

    private static IEnumerable<string> OperationLacks(RigDefinition rig, UnitDefinition unit, string operation)
    {
        if (UnitOperationCatalogue.Find(operation)?.Description is not { } description)
        {
            yield return $"cannot {operation}: there is no such unit operation";
            yield break;
        }

        if (description.Classes.Length > 0 && !description.Classes.Contains(unit.Class)) yield return $"cannot {operation}: that runs on {string.Join(", ", description.Classes)}";
        foreach (RoleDefinition role in description.Roles.Where(r => r.Required && !Has(rig, unit.Name + "." + r.Name, r.Kind)))
            yield return $"cannot {operation}: it has no {role.Name}";
    }

    private static bool Has(RigDefinition rig, string name, RoleKind kind) => kind switch
    {
        RoleKind.Tag => rig.Tag(name) >= 0,
        RoleKind.Output => rig.Output(name) >= 0,
        _ => rig.Loop(name) >= 0,
    };

    private static ImmutableSortedDictionary<string, string>? Search(
        RigDefinition rig,
        List<(EquipmentRequirement Requirement, List<string> Units)> candidates,
        ImmutableArray<ConnectionRequirement> connections,
        int next,
        ImmutableSortedDictionary<string, string> bound)
    {
        if (next == candidates.Count) return bound;
        foreach (string unit in candidates[next].Units)
        {
            if (bound.ContainsValue(unit)) continue;
            var tried = bound.Add(candidates[next].Requirement.Name, unit);
            if (connections.All(c => Connected(rig, tried, c)) && Search(rig, candidates, connections, next + 1, tried) is { } found) return found;
        }

        return null;
    }

    /// <summary>True when the pipe is there, or one of its ends is not bound yet.</summary>
    private static bool Connected(RigDefinition rig, ImmutableSortedDictionary<string, string> bound, ConnectionRequirement connection) =>
        !bound.TryGetValue(connection.From, out string? from) || !bound.TryGetValue(connection.To, out string? to)
        || rig.Lines.Any(l => l.From == from && l.To == to);

    private static IEnumerable<BindingReason> Unconnected(
        RigDefinition rig, List<(EquipmentRequirement Requirement, List<string> Units)> candidates, ImmutableArray<ConnectionRequirement> connections)
    {
        foreach (ConnectionRequirement connection in connections)
        {
            List<string> from = candidates.First(c => c.Requirement.Name == connection.From).Units;
            List<string> to = candidates.First(c => c.Requirement.Name == connection.To).Units;
            if (!rig.Lines.Any(l => from.Contains(l.From) && to.Contains(l.To)))
                yield return new BindingReason(connection.From, "", $"no line leads from {string.Join(" or ", from)} to {string.Join(" or ", to)}");
        }

        yield return new BindingReason("", "", "no choice of different units has all the lines the recipe needs");
    }

    private static bool Chosen(ImmutableSortedDictionary<string, string>? fixedUnits, string requirement, string unit) =>
        fixedUnits is null || !fixedUnits.TryGetValue(requirement, out string? chosen) || chosen == unit;

    private static string Plain(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
