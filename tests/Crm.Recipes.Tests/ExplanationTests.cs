using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.Tests;

/// <summary><c>crm lint --explain CODE</c>: every code says what it means, why it matters, what is wrong and what is right, and where it comes from.</summary>
public sealed class ExplanationTests
{
    public static TheoryData<string> Codes => [.. DiagnosticCodes.All.Keys];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_its_reason_both_examples_and_its_origin(string code)
    {
        Assert.True(CodeExplanation.All.TryGetValue(code, out CodeExplanation? told), $"{code} is not explained: add it to a file in src/Crm.Recipes/Diagnostics/Explanations");
        Assert.Equal(DiagnosticCodes.All[code], told.Meaning);
        Assert.True(told.Why.Length > 30 && told.Why.EndsWith('.'), $"{code}: why it matters is a sentence");
        Assert.NotEmpty(told.Wrong);
        Assert.NotEmpty(told.Right);
        Assert.NotEqual(told.Wrong, told.Right);
        Assert.Matches("^([A-Z0-9]{2,4}-[0-9]{2}[a-z]?(; .+)?|issue [0-9]+, .+|.*chemistry.*)$", told.From);
        Assert.DoesNotContain('\u2014', told.Why + told.Wrong + told.Right);
    }
}
