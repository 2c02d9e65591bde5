using Crm.Host.CommandLine;
using Crm.Host.Service;
using Crm.Host.Tests.Api;
using Crm.Recipes.Services;
using Xunit;

namespace Crm.Host.Tests.Service;

/// <summary>Issue 6: one configuration file plus environment. An option wins over the environment, that over <c>service.yaml</c>, and the service says where each came from.</summary>
public sealed class ServeSettingsTests : IDisposable
{
    private const string Lithium = "recipes/lithium/black-mass-to-carbonate.yaml", Bench = "recipes/bench/neutralise-soda-liquor.yaml";

    private static readonly ServeWords nothing = new([], null, null, null, null, null, null);

    private readonly string folder = Directory.CreateTempSubdirectory("crm-settings-").FullName;
    private readonly SortedDictionary<string, string> environment = new(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Without_file_and_variables_everything_is_as_usual_and_nothing_is_told()
    {
        environment[ServeSettings.DataVariable] = "";
        ServeOptions set = Settle(nothing);
        Assert.Equal((Path.Combine("out", "serve"), 8420, 1.0, "127.0.0.1"), (set.Data, set.Port, set.Pace, set.Listening.Host));
        Assert.Equal(["usual.yaml"], set.Rigs.Select(r => r.Recipe));
        Assert.Empty(set.Notes);
    }

    [Theory]
    [InlineData("9001", "9002", "port: 9003\n", 9001, "--port")]
    [InlineData(null, "9002", "port: 9003\n", 9002, "CRM_PORT")]
    [InlineData(null, null, "port: 9003\n", 9003, "service.yaml")]
    [InlineData(null, "", "", 8420, null)]
    public void An_option_wins_over_the_environment_and_that_over_the_file(string? typed, string? variable, string file, int port, string? from)
    {
        Write(file);
        if (variable is not null) environment[ServeSettings.PortVariable] = variable;
        ServeOptions set = Settle(nothing with { Data = folder, Port = typed });
        Assert.Equal(port, set.Port);
        SettingNote? told = set.Notes.SingleOrDefault(n => n.Name == "port");
        Assert.Equal(from, told is null ? null : Path.GetFileName(told.From));
    }

    [Fact]
    public void With_the_file_the_data_folder_alone_serves_several_rigs_each_live_or_on_its_twin()
    {
        Write($"rigs:\n  - {{recipe: {Full(Lithium)}}}\n  - {{recipe: {Full(Bench)}, live: true, at: {{field: /dev/ttyUSB7}}}}\nspeed: 10\nhistory: {{keep: 30 d}}\n");
        environment[ServeSettings.DataVariable] = folder;
        ServeOptions set = Settle(nothing);
        Assert.Equal([(Full(Lithium), false), (Full(Bench), true)], set.Rigs.Select(r => (r.Recipe, r.Live)));
        Assert.Equal("/dev/ttyUSB7", set.Rigs[1].At["field"]);
        Assert.Equal((10.0, TimeSpan.FromDays(30)), (set.Pace, set.History.Age));
        Assert.Equal(["data folder", "speed", "rigs", "history"], set.Notes.Select(n => n.Name));
        Assert.Equal("black-mass-to-carbonate on a twin, neutralise-soda-liquor on its buses", set.Notes[2].Value);
        var (inputs, problems) = set.Load();
        Assert.Empty(problems);
        Assert.Equal(["lithium-pilot", "bench-kit"], inputs!.Select(i => i.Rig.Name));
        Assert.Contains("--from is for the twin", Assert.Throws<UsageException>(() => (set with { From = Crm.Host.Checkpoints.Moment.Parse("3h") }).Settled()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_that_is_typed_is_served_instead_of_the_files_rigs()
    {
        Write($"rigs:\n  - {{recipe: {Full(Bench)}, live: true}}\n");
        RigToServe only = Assert.Single(Settle(nothing with { Data = folder, Recipes = [Full(Lithium)] }).Rigs);
        Assert.Equal((Full(Lithium), false), (only.Recipe, only.Live));
    }

    [Fact]
    public void An_option_of_one_rig_goes_with_the_one_rig_of_the_file_and_is_refused_beside_several()
    {
        var words = nothing with { Data = folder, At = new Dictionary<string, string> { ["field"] = "/dev/ttyUSB1" } };
        Write($"rigs:\n  - {{recipe: {Full(Bench)}, live: true, at: {{field: /dev/ttyUSB7}}}}\n");
        Assert.Equal("/dev/ttyUSB1", Assert.Single(Settle(words).Rigs).At["field"]);
        Write($"rigs:\n  - {{recipe: {Full(Bench)}, live: true}}\n  - {{recipe: {Full(Lithium)}}}\n");
        Assert.Contains("2 rigs", Assert.Throws<UsageException>(() => Settle(words)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CRM_PORT", "many", "CRM_PORT many: expected a port")]
    [InlineData("CRM_PORT", "70000", "CRM_PORT 70000: expected a port")]
    [InlineData("CRM_LISTEN", "0.0.0.0", "CRM_LISTEN 0.0.0.0: other machines could reach it")]
    [InlineData("CRM_LISTEN", "box", "CRM_LISTEN box: expected an address")]
    [InlineData("CRM_TLS", "no-such.pem", "CRM_TLS no-such.pem: no such file")]
    public void A_variable_that_cannot_be_used_is_named(string variable, string value, string says)
    {
        environment[variable] = value;
        Assert.StartsWith(says, Assert.Throws<UsageException>(() => Settle(nothing with { Data = folder })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_address_of_the_file_is_refused_by_its_place_and_encrypted_by_a_variable()
    {
        Write("listen: 0.0.0.0\n");
        Assert.Contains("service.yaml 0.0.0.0: other machines could reach it", Assert.Throws<UsageException>(() => Settle(nothing with { Data = folder })).Message, StringComparison.Ordinal);
        environment[ServeSettings.TlsVariable] = ServiceFile.Generate;
        ServeOptions set = Settle(nothing with { Data = folder });
        Assert.NotNull(set.Listening.Tls);
        Assert.Contains(new SettingNote("tls", "generate", ServeSettings.TlsVariable), set.Notes);
    }

    [Fact]
    public void Mistakes_are_told_as_lint_tells_them()
    {
        Write($"rigs:\n  - {{recipe: {Full(Bench)}, live: true, at: {{feild: /dev/ttyUSB0}}}}\nport: eighty\n");
        var (options, problems) = new ServeSettings(environment.GetValueOrDefault, TimeProvider.System).Settle(nothing with { Data = folder }, "usual.yaml");
        Assert.Null(options);
        Assert.Collection(problems,
            p => Assert.Contains("service.yaml:4:", p, StringComparison.Ordinal),
            p => Assert.Contains("service.yaml:5:7: error NUMBER-WRONG", p, StringComparison.Ordinal));
        Assert.Contains("error SERVICE-BUS: rig bench-kit has no bus 'feild'", problems[0], StringComparison.Ordinal);
        Assert.Contains("it has field, analysis", problems[0], StringComparison.Ordinal);
        Assert.Equal(problems, FileCheck.Of([folder]).Diagnostics.Select(d => d.ToString()));
    }

    [Fact]
    public void The_example_that_is_shipped_is_right()
    {
        File.WriteAllText(Path.Combine(folder, "service.yaml"), File.ReadAllText(Full("deploy/service.yaml")).Replace("/opt/crm", ServedRig.Root(), StringComparison.Ordinal));
        Assert.Empty(FileCheck.Of([folder]).Diagnostics);
    }

    [Fact]
    public void The_file_allows_the_pace_that_the_pacer_keeps() =>
        Assert.Equal((Pacer.Slowest, Pacer.Fastest), (ServiceFile.SlowestSpeed, ServiceFile.FastestSpeed));

    private ServeOptions Settle(ServeWords typed)
    {
        var (options, problems) = new ServeSettings(environment.GetValueOrDefault, TimeProvider.System).Settle(typed, "usual.yaml");
        Assert.Empty(problems);
        return options!;
    }

    private void Write(string text) => File.WriteAllText(Path.Combine(folder, "service.yaml"), "format: 1\nservice: box\n" + text);

    private static string Full(string file) => Path.Combine(ServedRig.Root(), file);
}
