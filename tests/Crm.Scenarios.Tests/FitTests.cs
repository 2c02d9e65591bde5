using Crm.Host.CommandLine;
using Crm.Host.Runs;

namespace Crm.Scenarios.Tests;

/// <summary>Data made with hidden parameters and noise: the fit finds them within its intervals, from the files of the run alone.</summary>
public sealed class FitTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("crm-fit-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    private string Place(string name) => Path.Combine(folder, name);

    private static string Recipe => Path.Combine(PilotFiles.Root, "recipes", "bench", "neutralise-soda-liquor.yaml");

    private static string Rig => Path.Combine(PilotFiles.Root, "hardware", "bench-kit");

    [Theory]
    [InlineData(5, 0.8, 1.12)]
    [InlineData(6, 1.25, 0.95)]
    public void Hidden_parameters_are_recovered_within_their_intervals(int seed, double heat, double soda)
    {
        Assert.Equal(0, CrmCommand.Invoke(["run", Recipe, "--seed", $"{seed}", "--twin", FormattableString.Invariant($"heat_transfer={heat}"), "--twin", FormattableString.Invariant($"soda_of_liquor={soda}"), "--quiet", "--out", Place("run")]));
        Assert.Equal(0, CrmCommand.Invoke(
            ["twin", "fit", Rig, "--data", Place("run"), "--parameters", "heat_transfer,soda_of_liquor", "--tags", "reactor.temperature,reactor.ph", "--every", "20s", "--out", Place("fit")]));
        var lines = File.ReadAllLines(Path.Combine(Place("fit"), "fitted.yaml"));
        foreach (var (name, hidden) in new[] { ("heat_transfer", heat), ("soda_of_liquor", soda) })
        {
            double[] found = [.. lines.Single(l => l.TrimStart().StartsWith(name, StringComparison.Ordinal)).Split(['{', '}', ',', ':'])
                .Select(w => double.TryParse(w, System.Globalization.CultureInfo.InvariantCulture, out double n) ? n : double.NaN).Where(double.IsFinite)];
            Assert.InRange(hidden, found[1], found[2]);
            // Seeds 5 to 10 give 15 to 56 % of heat transfer, most of it the thermometer's own uncertainty over a range of few kelvins, and 4 % of soda.
            Assert.True(found[2] / found[1] < (name == "heat_transfer" ? 1.6 : 1.05), $"{name}: {string.Join(' ', found)} is too wide to say anything");
        }

        var (inputs, problems) = RunInputs.Load(new RunOptions(Recipe, null, new Dictionary<string, string>(), 1, null, [], null, true, false) { Fitted = Path.Combine(Place("fit"), "fitted.yaml") });
        Assert.Empty(problems);
        Assert.Equal(heat, inputs!.Twin.Equipment.Single(e => e.Unit == "reactor").Numbers["jacket_ua"] / 30, 0.1);
        Assert.Equal(["heat_transfer", "soda_of_liquor"], inputs.Twin.Changes.Select(c => c.Name));
        Assert.All(inputs.Twin.Changes, c => Assert.Contains("fit of run, ", c.By, StringComparison.Ordinal));
    }

    /// <summary>The hash names the twin file; where the run departs from the file, its record and report say so.</summary>
    [Fact]
    public void A_run_with_another_twin_than_its_file_says_so()
    {
        Assert.Equal(0, CrmCommand.Invoke(["run", Recipe, "--twin", "heat_transfer=0.9", "--twin", "reactor.jacket_ua=28 W/K", "--quiet", "--out", Place("run")]));
        using var batch = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(Place("run"), "batch.json")));
        Assert.Equal(
            ["heat_transfer × 0.9 --twin", "reactor.jacket_ua 28 W/K --twin"],
            batch.RootElement.GetProperty("rig").GetProperty("twin_changes").EnumerateArray().Select(c => $"{c.GetProperty("name")} {c.GetProperty("value")} {c.GetProperty("by")}"));
        Assert.Contains("reactor.jacket_ua 28 W/K, by --twin", System.Net.WebUtility.HtmlDecode(File.ReadAllText(Path.Combine(Place("run"), "report.html"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fitted: bench-kit", "fitted: lithium-pilot", "RECIPE-RIG")]
    [InlineData("twin_hash: ", "twin_hash: 0", "TWIN-FITTED")]
    [InlineData("heat_transfer", "heat_transfr", "TWIN-FITTED")]
    [InlineData("multiplier: 1.1", "multiplier: -1", "VALUE-RANGE")]
    public void A_fitted_file_of_something_else_is_refused(string old, string replacement, string code)
    {
        RunInputs inputs = PilotFiles.Load("bench-kit", "recipes/bench/neutralise-soda-liquor.yaml");
        string good = $"format: 1\nfitted: bench-kit\ntwin_hash: {inputs.Twin.ContentHash}\nsource: test\nvalues:\n  heat_transfer: {{multiplier: 1.1, low: 1, high: 1.2}}\n";
        Assert.Empty(Recipes.Twins.FittedFile.Apply("f.yaml", System.Text.Encoding.UTF8.GetBytes(good), inputs.Twin).Diagnostics);
        var (value, diagnostics) = Recipes.Twins.FittedFile.Apply("f.yaml", System.Text.Encoding.UTF8.GetBytes(good.Replace(old, replacement, StringComparison.Ordinal)), inputs.Twin);
        Assert.Null(value);
        Assert.Contains(diagnostics, d => d.Code == code);
    }

    [Theory]
    [InlineData("no such folder", "heat_transfer", "reactor.temperature")]
    [InlineData("run", "heat", "reactor.temperature")]
    [InlineData("run", "heat_transfer", "reactor.colour")]
    [InlineData("broken", "heat_transfer", "reactor.temperature")]
    public void What_cannot_be_fitted_is_refused_as_invalid_input(string data, string parameters, string tags)
    {
        Directory.CreateDirectory(Place("run"));
        Directory.CreateDirectory(Place("broken"));
        File.WriteAllText(Path.Combine(Place("run"), "history.csv"), "time_s,tag,value,unit,quality\n1,reactor.temperature,20,degC,good\n");
        File.WriteAllText(Path.Combine(Place("broken"), "history.csv"), "time_s,tag,value,unit,quality\nnoon,reactor.temperature,20,degC,good\n");
        Assert.Equal(2, CrmCommand.Invoke(["twin", "fit", Rig, "--data", Place(data), "--parameters", parameters, "--tags", tags, "--out", Place("fit")]));
    }
}
