using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Plant.Outputs;
using Crm.Store.Images;

namespace Crm.Scenarios.Tests;

/// <summary>A run kept as a file and gone on from ends byte for byte as the one it was taken from; what does not fit is refused with what to do.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("crm-checkpoint-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    private static string Recipe => Path.Combine(PilotFiles.Root, "recipes", "bench", "neutralise-soda-liquor.yaml");

    private string Place(string name) => Path.Combine(folder, name);

    private int Run(string name, params string[] options) => CrmCommand.Invoke(["run", Recipe, "--quiet", "--out", Place(name), .. options]);

    [Fact]
    public void A_run_from_a_checkpoint_ends_as_the_one_it_was_taken_from()
    {
        string[] asked = ["--seed", "4", "--set", "temperature=41 degC", "--twin", "heat_transfer=1.1", "--date", "2026-11-21", "--fault", "reactor.acid_pump:wear=0.9@20min"];
        Assert.Equal(0, Run("whole", [.. asked, "--checkpoint", "1s", "--checkpoint", "reactor/neutralise+2min", "--checkpoint", "44min"]));
        foreach (string file in new[] { "1s", "reactor-neutralise-120s", "2640s" })
        {
            Assert.Equal(0, Run("rest", "--from", Place($"whole/{file}.checkpoint")));
            foreach (string record in new[] { "batch.json", "history.csv", "report.html" })
                Assert.True(File.ReadAllBytes(Place("whole/" + record)).AsSpan().SequenceEqual(File.ReadAllBytes(Place("rest/" + record))), $"{record} from {file}");
        }
    }

    /// <summary>A sample is drawn in no time: it has an end and no beginning on record.</summary>
    [Fact]
    public void A_sample_is_a_moment_too()
    {
        Assert.Equal(0, Run("whole", "--checkpoint", "reactor/end-sample+2min"));
        Assert.Equal(0, Run("rest", "--from", Place("whole/reactor-end-sample-120s.checkpoint")));
        Assert.Equal(File.ReadAllText(Place("whole/batch.json")), File.ReadAllText(Place("rest/batch.json")));

        var (inputs, _) = RunInputs.Load(new RunOptions(Recipe, null, new Dictionary<string, string>(), 4, null, [], null, true, false));
        using var journal = Store.Journal.SqliteJournal.Open(Place("served.db"));
        using var core = new Host.Service.RigCore(inputs!, 4, journal);
        Assert.Null(Host.Checkpoints.Moment.Parse("reactor/end-sample").Reach(core, () => false));
        Assert.Contains(core.Look().Samples, s => s.Sample.Name == "end");
    }

    [Fact]
    public void A_fault_can_meet_the_rest_of_a_run_and_the_checkpoint_stays_as_it_was()
    {
        Assert.Equal(0, Run("whole", "--checkpoint", "24min"));
        string checkpoint = Place("whole/1440s.checkpoint");
        Assert.Equal(3, Run("broken", "--from", checkpoint, "--fault", "reactor.acid_pump:fail@26min"));
        Assert.Equal(3, Run("whole-broken", "--fault", "reactor.acid_pump:fail@26min"));
        Assert.Equal(File.ReadAllText(Place("whole-broken/batch.json")), File.ReadAllText(Place("broken/batch.json")));
        Assert.Equal(0, Run("sound", "--from", checkpoint));
    }

    [Theory]
    [InlineData("--set", "temperature=41 degC")]
    [InlineData("--twin", "heat_transfer=1.1")]
    [InlineData("--date", "2026-11-21")]
    [InlineData("--batches", "2")]
    [InlineData("--fault", "reactor.acid_pump:fail@1min")]
    public void An_option_that_contradicts_the_checkpoint_is_refused(string option, string value)
    {
        Assert.Equal(0, Run("whole", "--checkpoint", "2min"));
        Assert.Equal(2, Run("rest", "--from", Place("whole/120s.checkpoint"), option, value));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("bit")]
    [InlineData("header")]
    [InlineData("none")]
    [InlineData("recipe")]
    public void A_file_that_does_not_fit_is_refused(string how)
    {
        Assert.Equal(0, Run("whole", "--checkpoint", "2min"));
        byte[] good = File.ReadAllBytes(Place("whole/120s.checkpoint"));
        string bad = Place("bad.checkpoint"), recipe = Recipe;
        byte[] bytes = [.. good];
        bytes[^100] ^= 1;
        if (how != "none") File.WriteAllBytes(bad, how switch { "cut" => good[..^40], "bit" => bytes, "header" => "no checkpoint"u8.ToArray(), _ => good });
        if (how == "recipe") File.WriteAllText(recipe = Place("other.yaml"), File.ReadAllText(Recipe) + "# another\n");
        string specs = Path.Combine(Path.GetDirectoryName(Recipe)!, "specs");
        if (how == "recipe" && Directory.Exists(specs)) CopyAll(specs, Place("specs"));
        Assert.Equal(2, CrmCommand.Invoke(["run", recipe, "--rig", Path.Combine(PilotFiles.Root, "hardware", "bench-kit"), "--quiet", "--out", Place("rest"), "--from", bad]));
    }

    /// <summary>Rig by rig in memory, with scan-by-scan comparison of every pin; the moment is drawn, its seed printed.</summary>
    [Theory]
    [InlineData("bench-kit", "recipes/bench/neutralise-soda-liquor.yaml", 0.7)]
    [InlineData("lithium-pilot", "recipes/lithium/black-mass-to-carbonate.yaml", 4.5)]
    [InlineData("lithium-pilot", "recipes/lithium/technical-carbonate-polish.yaml", 6)]
    [InlineData("vanadium-pilot", "recipes/vanadium/calcine-to-pentoxide.yaml", 6)]
    [InlineData("vanadium-pilot", "recipes/vanadium/manganese-sulfate.yaml", 6)]
    [InlineData("germanium-pilot", "recipes/germanium/tetrachloride-to-dioxide.yaml", 6)]
    public void The_state_of_every_rig_goes_through_bytes(string rig, string recipe, double hours)
    {
        int seed = Environment.GetEnvironmentVariable("CRM_SEED") is { } given ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : 20261121;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        TimeSpan moment = TimeSpan.FromHours(hours * new Random(seed).NextDouble());
        RunInputs inputs = PilotFiles.Load(rig, recipe), again = PilotFiles.Load(rig, recipe);
        MemoryJournal journal = new(), other = new();
        var plant = new TwinRig(inputs, seed, journal) { Unattended = true };
        while (plant.Now < moment) plant.Scan();
        using var image = new MemoryStream();
        StateImage.Write(image, plant.Owned, Known(inputs, journal));
        var copy = new TwinRig(again, seed, other) { Unattended = true };
        image.Position = 0;
        StateImage.Read(image, copy.Owned, Known(again, other));
        copy.Resume();
        for (TimeSpan end = moment + TimeSpan.FromMinutes(20); plant.Now < end;)
        {
            plant.Scan();
            copy.Scan();
            foreach (OutputDefinition output in plant.Rig.Outputs)
                Assert.True(plant.Pin(output.Ordinal).Equals(copy.Pin(output.Ordinal)), $"seed {seed}: {output.Name} at {plant.Now} is {copy.Pin(output.Ordinal)}, was {plant.Pin(output.Ordinal)}");
        }

        Assert.Equal(plant.Control.Frame!.Image.Readings.ToArray(), copy.Control.Frame!.Image.Readings.ToArray());
        Assert.Equal(plant.Truth.Places.SelectMany(p => p.Value), copy.Truth.Places.SelectMany(p => p.Value));
    }

    private static KnownObjects Known(RunInputs inputs, MemoryJournal journal) => new([inputs.Recipe, inputs.Rig, inputs.Twin, .. Plant.UnitOperations.UnitOperationCatalogue.All], journal);

    private static void CopyAll(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
