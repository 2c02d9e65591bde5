using Crm.Plant.Rigs;
using Crm.Recipes.Rigs;

namespace Crm.Recipes.Tests;

/// <summary>Hard-wired protections and the length of a shift in the rig file: read, refused loudly (SAF-33, SAF-15).</summary>
public sealed class HardWiredFileTests
{
    private static (RigDefinition? Rig, IReadOnlyList<string> Codes) Read(string more)
    {
        var (rig, problems) = RigFile.Read("rig.yaml", SmallPlant.Bytes(BrokenFile.Edit(SmallPlant.Rig, "title: Bench rig\n", "title: Bench rig\n" + more)));
        return (rig, [.. problems.Select(p => p.Code)]);
    }

    [Fact]
    public void The_list_is_read_in_its_order()
    {
        var (rig, codes) = Read("hard_wired:\n  emergency_stop: {what: Drops the contactors of pumps and heaters, proof: Pressed while water is dosed}\n  tray: {what: Holds what the reactor holds, proof: Filled with water}\n");
        Assert.Empty(codes);
        Assert.Equal(["0 emergency_stop", "1 tray"], rig!.HardWired.Select(h => $"{h.Ordinal} {h.Name}"));
        Assert.Equal("Filled with water", rig.HardWired[1].Proof);
    }

    [Theory]
    [InlineData("hard_wired:\n  emergency_stop: {what: Drops the contactors of pumps and heaters}\n", "KEY-MISSING")]
    [InlineData("hard_wired:\n  emergency_stop: {what: yes, proof: Pressed while water is dosed}\n", "RIG-HARD-WIRED")]
    [InlineData("hard_wired:\n  emergency_stop: {what: Drops the contactors of pumps, proof: done}\n", "RIG-HARD-WIRED")]
    [InlineData("hard_wired:\n  Emergency: {what: Drops the contactors of pumps, proof: Pressed while water is dosed}\n", "NAME-WRONG")]
    [InlineData("hard_wired:\n  tray: {what: Holds what the reactor holds, proof: Filled with water, by: anna}\n", "KEY-UNKNOWN")]
    [InlineData("shift: 7 h\n", "RIG-SHIFT")]
    [InlineData("shift: 30 min\n", "RIG-SHIFT")]
    [InlineData("shift: 8 kg\n", "UNIT-MISMATCH")]
    public void A_mistake_is_told(string more, string code) => Assert.Contains(code, Read(more).Codes);

    [Theory]
    [InlineData("", 8)]
    [InlineData("shift: 12 h\n", 12)]
    public void A_shift_is_eight_hours_unless_the_file_says_otherwise(string more, int hours) => Assert.Equal(TimeSpan.FromHours(hours), Read(more).Rig!.Shift);

    /// <summary>Every rig of the project has its list: a rig without it is not ready (docs/safety.md).</summary>
    [Theory]
    [InlineData("lithium-pilot")]
    [InlineData("vanadium-pilot")]
    [InlineData("germanium-pilot")]
    [InlineData("nickel-cobalt-pilot")]
    [InlineData("rare-earth-pilot")]
    [InlineData("bench-kit")]
    public void Every_rig_lists_what_must_be_hard_wired_SAF33(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Crm.sln"))) root = root.Parent!;
        var (rig, _) = RigFile.Read(Path.Combine(root.FullName, "hardware", name, "rig.yaml"));
        Assert.Contains(rig!.HardWired, h => h.Name == "emergency_stop");
        Assert.Contains(rig.HardWired, h => h.Name == "output_watchdogs");
        Assert.True(rig.HardWired.Length >= 4);
    }
}
