using System.Collections.Immutable;
using System.Globalization;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Rigs;
using Crm.Recipes.Specifications;

namespace Crm.Recipes.Tests;

/// <summary>Random edits of valid files never crash a reader: each gives an object or at least one diagnostic with a place.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    /// <summary>Sampled for the ordinary run.</summary>
    private static readonly int count = Environment.GetEnvironmentVariable("CRM_DEEP") == "1" ? 100_000 : 400;

    public static TheoryData<string, int> Runs => new() { { "rig", 11 }, { "recipe", 12 }, { "twin", 13 }, { "specification", 14 } };

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_mutated_file_is_read_or_refused(string kind, int seed)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {count} mutants"));
        Random random = new(seed);
        byte[] source = SmallPlant.Bytes(Source(kind));
        for (int i = 0; i < count; i++)
        {
            byte[] mutant = Mutation.Of(source, random);
            try
            {
                (object? value, ImmutableArray<Diagnostic> diagnostics) = Read(kind, mutant);
                Assert.Equal(value is null, !diagnostics.IsEmpty);
                Assert.All(diagnostics, d => Assert.True(d.Line > 0 && d.Column > 0, d.ToString()));
            }
            catch (Exception problem) when (problem is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"seed {seed} mutant {i}: {problem}\n") + System.Text.Encoding.UTF8.GetString(mutant));
            }
        }
    }

    private static string Source(string kind) => kind switch
    {
        "rig" => SmallPlant.Rig,
        "recipe" => SmallPlant.Recipe,
        "twin" => SmallPlant.Twin,
        _ => SmallPlant.Specification,
    };

    private static (object?, ImmutableArray<Diagnostic>) Read(string kind, byte[] bytes) => kind switch
    {
        "rig" => RigFile.Read("rig.yaml", bytes),
        "recipe" => SmallPlant.TryRecipe(bytes),
        "twin" => SmallPlant.TryTwin(bytes),
        _ => SpecificationFile.Read("spec.yaml", bytes),
    };
}
