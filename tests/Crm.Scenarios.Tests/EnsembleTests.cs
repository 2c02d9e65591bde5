using Crm.Host.Ensembles;
using Crm.Host.Runs;
using Crm.Plant.Records;

namespace Crm.Scenarios.Tests;

/// <summary>An ensemble of the bench batch: the same whatever runs it, and each member can be run again alone.</summary>
public sealed class EnsembleTests
{
    private const int Members = 10, Seed = 3;

    private static Ensemble Run(int jobs)
    {
        using var interrupt = new Interrupt();
        return Ensemble.Run(PilotFiles.Load("bench-kit", "recipes/bench/neutralise-soda-liquor.yaml"), [], Members, Seed, jobs, _ => { }, interrupt);
    }

    private static IEnumerable<double> Figures(Ensemble ensemble) => ensemble.Members.SelectMany(m => ensemble.Figures.Select(f => f.Definition.Value(m)));

    [Fact]
    public void Members_differ_the_number_of_jobs_does_not_matter_and_the_soda_drives_the_sodium()
    {
        Ensemble one = Run(1), two = Run(2);
        Assert.Equal(Figures(one), Figures(two));
        Assert.All(one.Members, m => Assert.Equal(BatchOutcome.Complete, m.Outcome));
        EnsembleFigure sodium = one.Figures.Single(f => f.Definition.Key == "purity.Na");
        Assert.True(sodium.Interval.High > 1.1 * sodium.Interval.Low, $"{sodium.Interval}");
        Assert.Equal("soda_of_liquor", sodium.Drivers[0].Parameter);
        Assert.True(sodium.Drivers[0].Strength > 0.7);
        Assert.Equal(sodium.Missed, one.Members.Count(m => m.Result.Purity.Limits.Any(l => l.Limit.Analyte == "Na" && !l.WithinLimit)));
    }

    [Fact]
    public void A_member_run_again_from_its_words_is_the_same_batch()
    {
        EnsembleMember member = Run(2).Members[4];
        RunInputs inputs = PilotFiles.Load("bench-kit", "recipes/bench/neutralise-soda-liquor.yaml");
        var (again, problems) = RunInputs.Load(new Host.CommandLine.RunOptions(
            Path.Combine(PilotFiles.Root, "recipes", "bench", "neutralise-soda-liquor.yaml"), null, new Dictionary<string, string>(), member.Seed, null, [], null, true, false)
        {
            TwinSettings = inputs.Twin.Uncertain.Zip(member.Multipliers).ToDictionary(p => p.First.Name, p => p.Second.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
        });
        Assert.Empty(problems);
        using var interrupt = new Interrupt();
        EnsembleMember alone = EnsembleMember.Run(again!, [], 1, member.Seed, [1, 1], interrupt);
        Assert.Equal(member.Lasted, alone.Lasted);
        Assert.Equal(member.Result.Purity.Limits.Select(l => l.Found.Value), alone.Result.Purity.Limits.Select(l => l.Found.Value));
    }

    [Theory]
    [InlineData("heat_transfer", "1 W/K", "multiplier")]
    [InlineData("heat_transfer", "1000", "outside")]
    [InlineData("reactor.jacket_ua", "30 L", "expected a value in W/K")]
    [InlineData("reactor.jacket_ua", "9000 W/K", "outside its range")]
    [InlineData("reactor.jacket", "30 W/K", "reactor.jacket_ua")]
    [InlineData("soda_liquor.Na2CO3", "much", "no number")]
    public void A_wrong_setting_of_the_twin_is_refused_in_words(string name, string text, string says)
    {
        RunInputs inputs = PilotFiles.Load("bench-kit", "recipes/bench/neutralise-soda-liquor.yaml");
        var (changed, refusal) = Recipes.Twins.TwinSetting.Apply(inputs.Twin, Twin.TwinCatalogue.Kinds, name, text);
        Assert.Null(changed);
        Assert.Contains(says, refusal, StringComparison.Ordinal);
    }
}
