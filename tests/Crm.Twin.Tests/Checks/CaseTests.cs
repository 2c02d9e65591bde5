using System.Collections.Immutable;
using Crm.Twin.Checks;
using Xunit;

namespace Crm.Twin.Tests.Checks;

/// <summary>Every case of validation/*.json: published numbers and worked examples against the models the equipment uses.</summary>
public sealed class CaseTests
{
    private static readonly ImmutableArray<PhysicsCase> Cases = [.. new[] { "cases.json", "further-cases.json" }.SelectMany(f => CaseFile.Read(File.ReadAllBytes(Path.Combine(Root(), "validation", f))))];

    public static TheoryData<string> Ids => [.. Cases.Select(c => c.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_case_passes(string id)
    {
        var result = CaseCheck.Run(Cases.Single(c => c.Id == id));
        Assert.Empty(result.Failure);
        Assert.All(result.Quantities, q => Assert.True(q.Passed, $"{id} {q.Expected.Quantity}: got {q.Got}, error {q.Error} {q.Message}"));
    }

    [Fact]
    public void Every_model_has_a_case() => Assert.Equal(CaseModels.All.Keys, Cases.Select(c => c.Model).Distinct().Order(StringComparer.Ordinal));

    /// <summary>What is checked may not depend on the order of a map's entries.</summary>
    [Theory]
    [InlineData("A01")]
    [InlineData("A03")]
    [InlineData("A47")]
    public void A_model_does_not_depend_on_the_order_of_its_inputs(string id)
    {
        var one = Cases.Single(c => c.Id == id);
        var turned = CaseCheck.Run(one with { Inputs = Turned(one.Inputs) });
        Assert.All(turned.Quantities, q => Assert.True(q.Passed, q.Expected.Quantity));
    }

    private static JsonValue Turned(JsonValue value) => value with
    {
        Items = value.Items.Length > 0 && value.Items[0].Kind == JsonKind.Object ? [.. value.Items.Reverse().Select(Turned)] : value.Items,
        Members = [.. value.Members.Reverse().Select(m => m with { Value = Turned(m.Value) })],
    };

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Crm.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
