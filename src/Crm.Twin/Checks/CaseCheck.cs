using System.Collections.Immutable;
using Crm.Chemistry.Numerics;

namespace Crm.Twin.Checks;

/// <summary>One expected quantity against what the model gave.</summary>
/// <param name="Got">Number, array or text; null when there is none.</param>
/// <param name="Error">Relative or absolute as the expectation says, the largest of an array; null for texts and failures.</param>
/// <param name="Message">Why there is no value to compare; else empty.</param>
public sealed record QuantityResult(PhysicsCase Case, Expectation Expected, object? Got, double? Error, bool Passed, string Message);

/// <summary>All quantities of one case.</summary>
/// <param name="Failure">Why the model gave nothing; else empty.</param>
public sealed record CaseResult(PhysicsCase Case, ImmutableArray<QuantityResult> Quantities, string Failure, ImmutableArray<string> Remarks)
{
    public bool Passed => Quantities.All(q => q.Passed);
}

/// <summary>Runs cases through the models and compares.</summary>
public static class CaseCheck
{
    public static CaseResult Run(PhysicsCase one)
    {
        if (!CaseModels.All.TryGetValue(one.Model, out var model))
        {
            return Failed(one, $"unknown model \"{one.Model}\" (line {one.ModelPlace.Line}); known: {string.Join(", ", CaseModels.All.Keys)}");
        }
        try
        {
            var outputs = model(new CaseInputs(one.Inputs));
            return new CaseResult(one, [.. one.Expected.Select(e => Compare(one, e, outputs))], "", [.. outputs.Remarks]);
        }
        catch (Exception e) when (e is CaseInputException or NoSolutionException)
        {
            return Failed(one, e.Message);
        }
    }

    private static CaseResult Failed(PhysicsCase one, string why) =>
        new(one, [.. one.Expected.Select(e => new QuantityResult(one, e, null, null, false, why))], why, []);

    private static QuantityResult Compare(PhysicsCase one, Expectation expected, CaseOutputs outputs)
    {
        object? got = outputs.Find(expected.Quantity);
        if (got is null) return new(one, expected, null, null, false, $"{one.Model} gives no {expected.Quantity} (line {expected.Place.Line}); it gives: {outputs.Known}");
        if (expected.Text is { } text)
        {
            return got is string word ? new(one, expected, got, null, word == text, "") : new(one, expected, got, null, false, "expected a text, the output is a number");
        }
        ImmutableArray<double>? numbers = got switch { double single when !expected.IsArray => [single], ImmutableArray<double> array when expected.IsArray => array, _ => null };
        if (numbers is not { } values) return new(one, expected, got, null, false, expected.IsArray ? "expected an array, the output is not one" : "expected a number, the output is not one");
        if (values.Length != expected.Values.Length) return new(one, expected, got, null, false, $"expected {expected.Values.Length} values, the output has {values.Length}");
        return Judge(one, expected, got, values);
    }

    private static QuantityResult Judge(PhysicsCase one, Expectation expected, object got, ImmutableArray<double> values)
    {
        double largest = 0;
        bool passed = true;
        for (int i = 0; i < values.Length; i++)
        {
            double gap = Math.Abs(values[i] - expected.Values[i]), size = Math.Abs(expected.Values[i]);
            passed &= double.IsFinite(values[i]) && gap <= (expected.IsRelative ? expected.Tolerance * size : expected.Tolerance);
            double error = expected.IsRelative ? gap / size : gap;
            largest = double.IsNaN(error) || error > largest ? error : largest;
        }
        string message = values.All(double.IsFinite) ? "" : "not a finite number";
        return new(one, expected, got, double.IsFinite(largest) ? largest : null, passed, message);
    }
}
