using Crm.Host.Checkpoints;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Host.Sweeps;

namespace Crm.Scenarios.Tests;

/// <summary>Sweeps of the bench batch: the same whatever runs them and however they are dealt out.</summary>
public sealed class SweepTests
{
    private const int Seed = 3;
    private const string Recipe = "recipes/bench/neutralise-soda-liquor.yaml";

    private static Sweep Run(string[] vary, int jobs = 2, string? to = null, string? shard = null, RunInputs? of = null)
    {
        using var interrupt = new Interrupt();
        return Sweep.Run(
            of ?? PilotFiles.Load("bench-kit", Recipe), [], [.. vary.Select(VaryAxis.Parse)], to is null ? null : Moment.Parse(to), Shard.Parse(shard), Seed, jobs, _ => { }, interrupt);
    }

    private static string[] Rows(Sweep sweep) => SweepCsv.Write(sweep).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void The_table_depends_on_neither_jobs_nor_shards_and_more_acid_makes_the_liquor_sourer()
    {
        string[] vary = ["target=6.8..7.2 pH/2", "hold_time=2,6 min"];
        Sweep whole = Run(vary, 1);
        string[] rows = Rows(whole);
        Assert.Equal(rows, Rows(Run(vary)));
        string[] dealt = [.. Rows(Run(vary, shard: "1/2"))[1..], .. Rows(Run(vary, shard: "2/2"))[1..]];
        Assert.Equal(rows[1..], dealt.Order(StringComparer.Ordinal));
        Assert.StartsWith("run,target [pH],hold_time [min],outcome,good,", rows[0], StringComparison.Ordinal);
        Assert.Equal(["1,6.8,2,", "2,6.8,6,", "3,7.2,2,", "4,7.2,6,"], rows[1..].Select(r => string.Join(',', r.Split(',')[..3]) + ","));

        double Told(int run, string key) => whole.Figures.Single(f => f.Key == key).Value(whole.Points[run - 1].Member);
        Assert.True(Told(1, "reagent.sulfuric_acid") > Told(3, "reagent.sulfuric_acid"), "pH 6.8 takes more acid than 7.2");
        Assert.True(Told(2, "duration") > Told(1, "duration") + 3.0 / 60, "four minutes more are held");
        Assert.True(whole.Figures.Single(f => f.Key == "recovery").Value(whole.Points[0].Member) > 90);
    }

    [Fact]
    public void A_sweep_to_a_step_ends_there_and_tells_time_reagents_and_samples()
    {
        Sweep short_ = Run(["target=6.8..7.2 pH/2"], to: "reactor/product-out"), shorter = Run(["target=6.8..7.2 pH/2"], to: "reactor/neutralise+1min");
        Assert.All(short_.Points.Concat(shorter.Points), p => Assert.True(p.Came));
        Assert.Contains(short_.Figures, f => f.Key == "sample.end.SO4" && short_.Points.All(p => f.Value(p.Member) is > 1 and < 20));
        Assert.DoesNotContain(shorter.Figures, f => f.Key.StartsWith("sample.", StringComparison.Ordinal));
        Assert.DoesNotContain(short_.Figures, f => f.Key == "recovery");
        Assert.True(shorter.Points[0].Member.Lasted < short_.Points[0].Member.Lasted);
        Assert.Contains("2 of 2 runs came to reactor/product-out", SweepText.Verdict(short_), StringComparison.Ordinal);
    }

    /// <summary>A step that is over in the scan in which it began still ends the run: no look, however often, would have met it running.</summary>
    [Fact]
    public void A_step_that_is_over_at_once_is_not_missed()
    {
        RunInputs inputs = PilotFiles.LoadChanged("bench-kit", Recipe, text => text.Replace(
            "      - heat: {id: warm,", "      - wait: {id: filled, for: reactor.level > 0.1 L, at_most: 1 min, then: hold, message: Empty}\n      - heat: {id: warm,", StringComparison.Ordinal));
        Sweep filled = Run(["target=6.8..7.2 pH/2"], to: "reactor/filled", of: inputs), warm = Run(["target=6.8..7.2 pH/2"], to: "reactor/warm", of: inputs);
        Assert.All(filled.Points, p => Assert.True(p.Came));
        Assert.InRange(warm.Points[0].Member.Lasted - filled.Points[0].Member.Lasted, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void The_page_draws_what_changes_and_nothing_that_does_not()
    {
        Sweep sweep = Run(["target=6.8..7.2 pH/3"]);
        string page = SweepPage.Render(sweep);
        Assert.Contains("sulfuric acid, kg over target", page, StringComparison.Ordinal);
        Assert.Equal(sweep.Points.Length, page.Split("<tr>").Length - 2);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.Equal(0, page.Split("<svg").Length - page.Split("</svg>").Length);
    }

    [Theory]
    [InlineData("target=6..7 pH/3", "is outside its range 6.6..7.6 pH")]
    [InlineData("goal=6..7 pH/3", "the formula has no 'goal'")]
    [InlineData("target=6..7 kg/3", "is no value for target")]
    public void Values_that_the_recipe_refuses_are_named_before_anything_runs(string vary, string why) =>
        Assert.Contains(why, Assert.Throws<UsageException>(() => Run([vary])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_step_that_the_recipe_does_not_have_is_refused() =>
        Assert.Contains("the recipe has no step 'reactor/neutral'", Assert.Throws<UsageException>(() => Run(["target=6.8..7.2 pH/2"], to: "reactor/neutral")).Message, StringComparison.Ordinal);
}
