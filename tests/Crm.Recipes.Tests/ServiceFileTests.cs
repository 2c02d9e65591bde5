using System.Text;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Services;

namespace Crm.Recipes.Tests;

/// <summary>What a person sets for the service on one machine; mistakes have place, code and what was expected.</summary>
public sealed class ServiceFileTests
{
    [Fact]
    public void What_is_not_said_is_as_usual()
    {
        Assert.Equal(ServiceSettings.Usual, ServiceFile.In("nowhere").Value);
        Assert.Equal(ServiceSettings.Usual, Read("format: 1\nservice: rig box\n").Value);
        Assert.Equal(new ServiceSettings(TimeSpan.FromDays(14), 500_000_000), Read("format: 1\nservice: rig box\nhistory: {keep: 14 d, at_most_megabytes: 500}\n").Value);
        Assert.Equal(TimeSpan.FromHours(36), Read("format: 1\nservice: rig box\nhistory: {keep: 36 h}\n").Value!.HistoryAge);
    }

    [Theory]
    [InlineData("format: 1\nhistory: {keep: 14 d}\n", "KEY-MISSING")]
    [InlineData("format: 1\nservice: box\nhistory: {keep: 14 d, at_most_megabyte: 500}\n", "KEY-UNKNOWN")]
    [InlineData("format: 1\nservice: box\nhistory: {keep: 14}\n", "UNIT-MISSING")]
    [InlineData("format: 1\nservice: box\nhistory: {keep: 5 min}\n", "VALUE-RANGE")]
    [InlineData("format: 1\nservice: box\nhistory: {at_most_megabytes: 1}\n", "VALUE-RANGE")]
    [InlineData("format: 1\nservice: box\nhistory: 14 d\n", "KIND-WRONG")]
    [InlineData("format: 2\nservice: box\n", "FILE-FORMAT")]
    public void A_mistake_is_named_with_its_code(string text, string code)
    {
        var (value, found) = Read(text);
        Assert.Null(value);
        Assert.Equal(code, Assert.Single(found).Code);
    }

    private const string Head = "format: 1\nservice: rig box\n";

    [Fact]
    public void Rigs_network_and_speed_are_read_with_paths_from_the_files_own_folder()
    {
        var (value, found) = Read(Head + """
            listen: 192.168.1.20
            port: 8420
            tls: generate
            plain: yes
            speed: 10
            rigs:
              - {recipe: Malformed/whole.yaml, live: true, at: {drives: /dev/ttyUSB0}}
              - {recipe: ./Malformed/whole.yaml, rig: lithium-pilot}
            """);
        Assert.Empty(found);
        string recipe = Path.Combine(AppContext.BaseDirectory, "Malformed", "whole.yaml");
        Assert.Equal(("192.168.1.20", 8420, "generate", true, 10.0), (value!.Listen, value.Port, value.Tls, value.Plain, value.Speed));
        Assert.Equal([(recipe, null, true), (recipe, "lithium-pilot", false)], value.Rigs.Select(r => (r.Recipe, r.Rig, r.Live)));
        Assert.Equal("/dev/ttyUSB0", value.Rigs[0].At["drives"]);
    }

    [Theory]
    [InlineData("rigs:\n  - recipe: no-such.yaml\n", "SERVICE-PATH", 4)]
    [InlineData("rigs:\n  - {recipe: Malformed/whole.yaml, rig: no/such/folder}\n", "SERVICE-PATH", 4)]
    [InlineData("tls: no-such.pem\n", "SERVICE-PATH", 3)]
    [InlineData("listen: rig-box-2\n", "SERVICE-LISTEN", 3)]
    [InlineData("rigs:\n  - recipe: Malformed/whole.yaml\n    at: {drives: /dev/ttyUSB0}\n", "SERVICE-BUS", 5)]
    [InlineData("rigs:\n  - recipe: Malformed/whole.yaml\n    live: true\n    at: {drifes: /dev/ttyUSB0}\n", "SERVICE-BUS", 6)]
    [InlineData("rigs:\n  - recipe: Malformed/whole.yaml\n    live: true\n", "SERVICE-BUS", 5)]
    [InlineData("rigs:\n  - recipe: Malformed/whole.yaml\n  - recipe: Malformed/whole.yaml\n", "SERVICE-RIG-TWICE", 5)]
    [InlineData("rigs:\n  - live: true\n", "KEY-MISSING", 4)]
    [InlineData("rigs:\n  - {recipe: Malformed/whole.yaml, alive: true}\n", "KEY-UNKNOWN", 4)]
    [InlineData("rigs:\n  - Malformed/whole.yaml\n", "KIND-WRONG", 4)]
    [InlineData("rigs:\n  recipe: Malformed/whole.yaml\n", "KIND-WRONG", 4)]
    [InlineData("port: 70000\n", "VALUE-RANGE", 3)]
    [InlineData("port: 80.5\n", "NUMBER-WRONG", 3)]
    [InlineData("speed: 61\n", "VALUE-RANGE", 3)]
    [InlineData("live: true\n", "KEY-UNKNOWN", 3)]
    [InlineData("plain: perhaps\n", "CHOICE-UNKNOWN", 3)]
    public void A_mistake_is_named_with_its_code_and_line(string text, string code, int line) =>
        // The rig of SmallPlant is simulated only: whoever says live is told, beside the mistake that is looked for.
        BrokenFile.Refused(Read(Head + text, (_, _) => SmallPlant.ReadRig()), code, line);

    private static (ServiceSettings? Value, System.Collections.Immutable.ImmutableArray<Diagnostic> Diagnostics) Read(string text, FindRig? find = null) =>
        ServiceFile.Read(Path.Combine(AppContext.BaseDirectory, "service.yaml"), Encoding.UTF8.GetBytes(text), find);
}
