using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Expressions;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;

namespace Crm.Plant.Procedure;

/// <summary>Takes the arguments of a phase at its START: evaluates, fills in defaults, checks ranges.</summary>
public static class ArgumentBinding
{
    /// <returns>The arguments, or the reason why the phase cannot start; exactly one of them.</returns>
    public static (ImmutableSortedDictionary<string, Argument>? Arguments, string? Problem) Bind(
        PhaseNode phase, UnitOperationDescription operation, IExpressionScope scope)
    {
        var arguments = ImmutableSortedDictionary.CreateBuilder<string, Argument>(StringComparer.Ordinal);
        foreach (ParameterDefinition parameter in operation.Parameters)
        {
            if (!phase.Arguments.TryGetValue(parameter.Name, out ArgumentSource? source))
            {
                if (parameter.Default is { } value) arguments[parameter.Name] = Argument.Of(value);
                else if (!parameter.Optional) return (null, $"{operation.Name} needs {parameter.Name} and the recipe gives none");
                continue;
            }

            if (source.Number is null)
            {
                arguments[parameter.Name] = Argument.Of(source.Name ?? "");
                continue;
            }

            Reading reading = source.Number.Evaluate(scope);
            if (Problem(parameter, reading) is { } problem) return (null, problem);
            arguments[parameter.Name] = Argument.Of(reading.Value);
        }

        return (arguments.ToImmutable(), null);
    }

    private static string? Problem(ParameterDefinition parameter, Reading reading)
    {
        if (reading.IsBad || !double.IsFinite(reading.Value)) return $"{parameter.Name} cannot be told yet: a result or reading it needs is missing";
        if (reading.Value >= parameter.Low && reading.Value <= parameter.High) return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{parameter.Name} comes to {reading.Value:0.####} {parameter.Unit}, outside {parameter.Low:0.####}..{parameter.High:0.####} {parameter.Unit}");
    }
}
