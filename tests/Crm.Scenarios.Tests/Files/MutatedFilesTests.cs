using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Crm.Host.Checkpoints;
using Crm.Host.Runs;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Blocks;
using Crm.Recipes.Campaigns;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Procedures;
using Crm.Recipes.Rigs;
using Crm.Recipes.Scenarios;
using Crm.Recipes.Specifications;
using Crm.Recipes.Tests;
using Crm.Recipes.Twins;
using Crm.Recipes.Yaml;
using Crm.Twin;

namespace Crm.Scenarios.Tests.Files;

/// <summary>
/// Mutants of every file people wrote: refused with findings that have a place, or read into an object that holds what must hold and is
/// the same when read again. Sampled; CRM_DEEP=1: a million mutants, and the slowest is reported. CRM_SEED draws others.
/// </summary>
public sealed class MutatedFilesTests(ITestOutputHelper output)
{
    private static readonly bool deep = Environment.GetEnvironmentVariable("CRM_DEEP") == "1";
    private static readonly int seed = int.TryParse(Environment.GetEnvironmentVariable("CRM_SEED"), CultureInfo.InvariantCulture, out int given) ? given : 20261121;

    public static TheoryData<string> Files => [.. All().Select(f => Path.GetRelativePath(PilotFiles.Root, f))];

    [Theory]
    [MemberData(nameof(Files))]
    public void It_is_refused_with_a_place_or_read_whole(string file)
    {
        string path = Path.Combine(PilotFiles.Root, file);
        byte[] source = File.ReadAllBytes(path);
        Func<byte[], (object? Value, ImmutableArray<Diagnostic> Diagnostics, IEnumerable<string> Problems)> read = Reader(path);
        Assert.True(read(source).Diagnostics.IsEmpty, "the file itself is not whole");
        int count = deep ? (int)(1_000_000 * Weight(path) / All().Sum(Weight)) : source.Length > 50_000 ? 12 : 40;
        var random = new Random(seed + StableHash(file));
        int accepted = 0;
        (TimeSpan Time, byte[] Mutant) slowest = (TimeSpan.Zero, []);
        for (int i = 0; i < count; i++)
        {
            byte[] mutant = Mutation.Of(source, random);
            TimeSpan before = Processor();
            try
            {
                var (value, diagnostics, problems) = read(mutant);
                TimeSpan took = Processor() - before;
                if (took > slowest.Time) slowest = (took, mutant);
                if (value is null == diagnostics.IsEmpty) Fail($"{diagnostics.Length} findings and {(value is null ? "no" : "an")} object", i, mutant);
                if (diagnostics.Any(d => d.Line < 1 || d.Column < 1 || d.Message.Length == 0 || !DiagnosticCodes.All.ContainsKey(d.Code))) Fail("a finding without place, words or code", i, mutant);
                if (value is null) continue;
                accepted++;
                string[] wrong = [.. problems, .. read(mutant).Diagnostics.Select(d => d.ToString())];
                if (wrong.Length > 0) Fail(string.Join("; ", wrong), i, mutant);
            }
            catch (Exception problem) when (problem is not Xunit.Sdk.IAssertionException)
            {
                Fail(problem.ToString(), i, mutant);
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed} (CRM_SEED), {count} mutants, {accepted} accepted, slowest {slowest.Time.TotalMilliseconds:0} ms of processor time"));
        if (deep && slowest.Time > TimeSpan.FromMilliseconds(100)) output.WriteLine("slower than 100 ms:\n" + Encoding.UTF8.GetString(slowest.Mutant));
    }

    private static void Fail(string what, int number, byte[] mutant)
    {
        string kept = Path.Combine(Path.GetTempPath(), $"crm-mutant-{seed}-{number}.yaml");
        File.WriteAllBytes(kept, mutant);
        Assert.Fail($"seed {seed} mutant {number}, kept in {kept}: {what}");
    }

    /// <summary>Of a million mutants, more of short files, which are read faster.</summary>
    private static double Weight(string path) => 1 / Math.Sqrt(new FileInfo(path).Length);

    private static IEnumerable<string> All() => new[] { "recipes", "hardware" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(PilotFiles.Root, folder), "*.yaml", SearchOption.AllDirectories))
        .Where(f => SourceKind.Of(f).Value is "recipe" or "formula" or "campaign" or "rig" or "twin" or "specification" or "blocks" or "scenario")
        .Order(StringComparer.Ordinal);

    private static Func<byte[], (object?, ImmutableArray<Diagnostic>, IEnumerable<string>)> Reader(string path)
    {
        switch (SourceKind.Of(path).Value)
        {
            case "rig":
                return bytes => RigFile.Read(path, bytes, RigFiles.Buses) is var (rig, found) ? (rig, found, []) : default;
            case "specification":
                return bytes => SpecificationFile.Read(path, bytes) is var (specification, found) ? (specification, found, []) : default;
            case "blocks":
                return bytes => BlockFile.Check(path, bytes) is var found ? (found.IsEmpty ? path : null, found, []) : default;
            case CampaignFile.Kind:
                RigDefinition campaignRig = Whole(RigFiles.Rig(Path.Combine(PilotFiles.Root, "hardware", CampaignFile.RigOf(path).Value!, "rig.yaml")));
                return bytes => CampaignFile.Read(path, bytes, campaignRig, (recipe, on) => RecipeFile.Read(recipe, UnitOperationCatalogue.Descriptions, on)) is var (plan, found) ? (plan, found, []) : default;
            case "twin":
                RigDefinition beside = Whole(RigFiles.Rig(Path.Combine(Path.GetDirectoryName(path)!, "rig.yaml")));
                return bytes => TwinFile.Read(path, bytes, TwinCatalogue.Kinds, beside) is var (twin, found) ? (twin, found, []) : default;
            case "scenario":
                string recipePath = RigFiles.RecipeOf(path, ScenarioFile.RecipeOf(path).Recipe!);
                string folder = Path.Combine(PilotFiles.Root, "hardware", RecipeFile.RigOf(recipePath).Value!);
                RigDefinition ranOn = Whole(RigFiles.Rig(Path.Combine(folder, "rig.yaml")));
                TwinDefinition twinOf = Whole(RigFiles.Twin(Path.Combine(folder, "twin.yaml"), ranOn));
                ControlRecipe ran = Whole(RigFiles.Recipe(recipePath, ranOn));
                return bytes => ScenarioFile.Read(
                    path, bytes, ranOn, [.. TwinPlant.FaultIds(ranOn)], fault => TwinPlant.FaultProblem(ranOn, twinOf, fault),
                    moment => Moment.Parse(moment).Unknown([ran])) is var (scenario, found) ? (scenario, found, []) : default;
            default:
                RigDefinition rigOf = Whole(RigFiles.Rig(Path.Combine(PilotFiles.Root, "hardware", RecipeFile.RigOf(path).Value!, "rig.yaml")));
                return bytes =>
                {
                    (ControlRecipe? recipe, ImmutableArray<Diagnostic> found) = RecipeFile.Read(path, bytes, UnitOperationCatalogue.Descriptions, rigOf);
                    return (recipe, found, recipe is null ? [] : AcceptedRecipe.Problems(recipe, rigOf));
                };
        }
    }

    private static T Whole<T>((T? Value, ImmutableArray<Diagnostic> Diagnostics) read)
        where T : class
    {
        Assert.Empty(read.Diagnostics);
        return read.Value!;
    }

    private static int StableHash(string text) => text.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)) & 0xFFFFF;

    /// <summary>Processor time of this thread; where the system does not tell it, of the process.</summary>
    private static TimeSpan Processor() =>
        OperatingSystem.IsLinux() && Clock(3, out Timespec now) == 0 ? TimeSpan.FromTicks((now.Seconds * TimeSpan.TicksPerSecond) + (now.Nanoseconds / 100)) : Environment.CpuUsage.TotalTime;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int Clock(int which, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
