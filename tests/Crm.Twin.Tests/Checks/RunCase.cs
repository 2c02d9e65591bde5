using System.Text;
using Crm.Twin.Checks;

namespace Crm.Twin.Tests.Checks;

/// <summary>Runs a model as a case file would.</summary>
internal static class RunCase
{
    /// <summary>The outputs, by a case that expects <paramref name="quantity"/>.</summary>
    public static QuantityResult Quantity(string model, string inputs, string quantity, string expected = "{\"value\":1,\"abs\":1e300}") =>
        CaseCheck.Run(Case(model, inputs, quantity, expected)).Quantities.Single();

    public static double Number(string model, string inputs, string quantity)
    {
        var result = Quantity(model, inputs, quantity);
        return result.Got is double number ? number : throw new InvalidOperationException($"{model} {quantity}: {result.Message}");
    }

    public static double[] Numbers(string model, string inputs, string quantity, int count)
    {
        string ones = string.Join(",", Enumerable.Repeat("1", count));
        var result = Quantity(model, inputs, quantity, $"{{\"value\":[{ones}],\"abs\":1e300}}");
        return result.Got is System.Collections.Immutable.ImmutableArray<double> array ? [.. array] : throw new InvalidOperationException($"{model} {quantity}: {result.Message}");
    }

    /// <summary>Why the model gave nothing.</summary>
    public static string Failure(string model, string inputs) => CaseCheck.Run(Case(model, inputs, "x", "{\"value\":1,\"abs\":1}")).Failure;

    public static PhysicsCase Case(string model, string inputs, string quantity, string expected) => CaseFile.Read(Encoding.UTF8.GetBytes(
        $$"""{"schema":1,"cases":[{"id":"T","model":"{{model}}","title":"","inputs":{{inputs}},"expected":{"{{quantity}}":{{expected}}},"source":""}]}""")).Single();
}
