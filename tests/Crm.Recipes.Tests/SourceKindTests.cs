using System.Collections.Immutable;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Rigs;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Tests;

public sealed class SourceKindTests
{
    [Theory]
    [InlineData(SmallPlant.Rig, "rig")]
    [InlineData(SmallPlant.Recipe, "recipe")]
    [InlineData(SmallPlant.Twin, "twin")]
    [InlineData(SmallPlant.Specification, "specification")]
    [InlineData("format: 1\nservice: box\n", "service")]
    [InlineData("format: 1\nrigs: []\n", "service")]
    [InlineData("format: 1\nprocedure: []\nrig: bench\n", "recipe")]
    [InlineData("format: 1\nformula: a/b\nof: a.yaml\n", "formula")]
    [InlineData("format: 1\nformula: {charge: {value: 1 kg}}\n", "recipe")]
    public void A_file_says_what_it_is(string text, string kind) => Assert.Equal(kind, SourceKind.Of("x.yaml", SmallPlant.Bytes(text)).Value);

    [Theory]
    [InlineData("format: 1\ncolour: red\n", "FILE-KIND")]
    [InlineData("", "FILE-EMPTY")]
    [InlineData("# nothing but a comment\n", "FILE-EMPTY")]
    [InlineData("- a\n- list\n", "KIND-WRONG")]
    [InlineData("just words", "KIND-WRONG")]
    [InlineData("a: {b: 1\n", "YAML-SYNTAX")]
    [InlineData("a: 1\n---\nb: 2\n", "YAML-FEATURE")]
    [InlineData("a: *b\n", "YAML-FEATURE")]
    [InlineData("a: !!int 3\n", "YAML-FEATURE")]
    [InlineData("a: 1\n\tb: 2\n", "YAML-SYNTAX")]
    [InlineData("a: \u0007\n", "FILE-BINARY")]
    public void What_is_no_file_of_ours_is_told(string text, string code)
    {
        (string? kind, ImmutableArray<Diagnostic> diagnostics) = SourceKind.Of("x.yaml", SmallPlant.Bytes(text));
        Assert.Null(kind);
        Assert.Contains(diagnostics, d => d.Code == code);
    }

    [Fact]
    public void Deep_nesting_and_size_have_a_limit()
    {
        Assert.Equal("YAML-DEPTH", SourceKind.Of("x.yaml", SmallPlant.Bytes(new string('[', 100_000))).Diagnostics[0].Code);
        Assert.Equal("FILE-SIZE", SourceKind.Of("x.yaml", new byte[3 * 1024 * 1024]).Diagnostics[0].Code);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told() =>
        Assert.Equal("FILE-MISSING", Assert.Single(RigFile.Read(Path.Combine("no", "such", "rig.yaml")).Diagnostics).Code);
}
