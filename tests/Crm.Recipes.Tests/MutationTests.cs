using System.Collections.Immutable;
using System.Globalization;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Rigs;
using Crm.Recipes.Specifications;

namespace Crm.Recipes.Tests;

/// <summary>Random edits of valid files never crash a reader: each gives an object or at least one diagnostic with a place.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    /// <summary>Sampled for the ordinary run; <c>CRM_DEEP</c> sets the full size.</summary>
    private static readonly int count = int.TryParse(Environment.GetEnvironmentVariable("CRM_DEEP"), CultureInfo.InvariantCulture, out int deep) ? deep : 400;

    public static TheoryData<string, int> Runs => new() { { "rig", 11 }, { "recipe", 12 }, { "twin", 13 }, { "specification", 14 } };

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_mutated_file_is_read_or_refused(string kind, int seed)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {count} mutants"));
        Random random = new(seed);
        for (int i = 0; i < count; i++)
        {
            byte[] mutant = Mutate(Source(kind), random);
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

    /// <summary>One to six edits: a byte changed, bytes removed, a piece doubled, a piece of punctuation put in, the end cut off.</summary>
    private static byte[] Mutate(string source, Random random)
    {
        List<byte> bytes = [.. SmallPlant.Bytes(source)];
        byte[] marks = [.. ":{}[],-\"'#&*!|>%@`\n\t 0.()<"u8];
        for (int edits = random.Next(1, 7); edits > 0 && bytes.Count > 1; edits--)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length)); break;
                case 3: bytes[at] = marks[random.Next(marks.Length)]; break;
                case 4: bytes.Insert(at, marks[random.Next(marks.Length)]); break;
                default:
                    if (random.Next(8) == 0) bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
