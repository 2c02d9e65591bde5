using Crm.Plant.Allocation;
using Crm.Plant.Rigs;
using Crm.Recipes.Rigs;

namespace Crm.Recipes.Tests;

/// <summary>Services that batches share, as the rig file declares them (S88-17, S88-18).</summary>
public sealed class SharedResourceTests
{
    private const string Good = "recycled_water: {capacity: 300 L/h, arbitration: first come first served}";

    [Fact]
    public void Units_have_one_owner_and_services_their_capacity()
    {
        RigDefinition rig = RigFile.Read("rig.yaml", SmallPlant.Bytes(With(Good))).Value!;
        AllocationState desk = AllocationState.Of(rig);
        Assert.Equal(["leach", "filter1", "recycled_water"], desk.Resources.Select(r => r.Name));
        Assert.Equal(new ResourceDefinition("recycled_water", 300, "L/h", ArbitrationRule.FirstComeFirstServed), desk.Resource("recycled_water"));
        AllocationAnswer asked = AllocationDesk.Ask(desk, new AllocationRequest("A", [new("leach", 1), new("recycled_water", 240)]));
        Assert.Equal("A takes leach, 240 L/h of recycled_water", Assert.Single(asked.Events).Text);
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "recycled_watre: {capacity: 300 L/h, arbitration: priority}", "RIG-SHARED" },
        { "leach: {capacity: 300 L/h, arbitration: priority}", "RIG-SHARED" },
        { "recycled_water: {capacity: 0 L/h, arbitration: priority}", "RIG-SHARED" },
        { "recycled_water: {capacity: 300, arbitration: priority}", "RIG-SHARED" },
        { "recycled_water: {capacity: 300 L/fortnight, arbitration: priority}", "UNIT-UNKNOWN" },
        { "recycled_water: {capacity: 300 L/h, arbitration: coin}", "CHOICE-UNKNOWN" },
        { "recycled_water: {arbitration: priority}", "KEY-MISSING" },
        { "recycled_water: {capacity: 300 L/h, arbitration: priority, owner: me}", "KEY-UNKNOWN" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_one_is_refused_at_its_line(string line, string code)
    {
        string text = With(line);
        BrokenFile.Refused(RigFile.Read("rig.yaml", SmallPlant.Bytes(text)), code, BrokenFile.LineOf(text, line));
    }

    [Theory]
    [InlineData("{scrubber: 80 L/min}", "RIG-SHARED")]
    [InlineData("{recycled_water: 800 L/h}", "RIG-SHARED")]
    [InlineData("{recycled_water: 3 kg}", "UNIT-MISMATCH")]
    [InlineData("{recycled_water: 80}", "UNIT-MISSING")]
    [InlineData("{recycled_water: {take: 80 L/h}}", "RIG-SHARED")]
    [InlineData("{recycled_water: {operations: [heat]}}", "KEY-MISSING")]
    [InlineData("{recycled_water: {take: 80 L/h, operations: [heet]}}", "STEP-UNKNOWN")]
    [InlineData("{recycled_water: {take: 800 L/h, operations: [heat]}}", "RIG-SHARED")]
    public void What_a_unit_cannot_draw_is_refused_at_its_line(string draws, string code)
    {
        string text = BrokenFile.Edit(With(Good), "    class: leach-reactor\n", $"    class: leach-reactor\n    draws: {draws}\n");
        BrokenFile.Refused(RigFile.Read("rig.yaml", SmallPlant.Bytes(text)), code, BrokenFile.LineOf(text, "draws: " + draws));
    }

    /// <summary>In the measure of the service: power as well as water.</summary>
    [Fact]
    public void A_unit_draws_in_the_measure_of_the_service()
    {
        string text = BrokenFile.Edit(With("scrubber: {capacity: 20 kW, arbitration: priority}"), "    class: leach-reactor\n", "    class: leach-reactor\n    draws: {scrubber: 5000 W}\n");
        RigDefinition rig = RigFile.Read("rig.yaml", SmallPlant.Bytes(text)).Value!;
        Assert.Equal(new ResourceNeed("scrubber", 5), Assert.Single(rig.Units[rig.Unit("leach")].Draws));
    }

    [Fact]
    public void Power_is_drawn_by_the_operations_that_heat_and_by_no_other()
    {
        string text = BrokenFile.Edit(
            With("scrubber: {capacity: 20 kW, arbitration: priority}"), "    class: leach-reactor\n", "    class: leach-reactor\n    draws: {scrubber: {take: 5 kW, operations: [heat, react]}}\n");
        UnitDefinition leach = RigFile.Read("rig.yaml", SmallPlant.Bytes(text)).Value!.Units.Single(u => u.Name == "leach");
        Assert.Equal(["scrubber", "scrubber"], new[] { "heat", "agitate", "react", "dose" }.SelectMany(leach.DrawsOf).Select(n => n.Resource));
    }

    private static string With(string line) => BrokenFile.Edit(SmallPlant.Rig, "reagents:\n", $"shared:\n  {line}\nreagents:\n");
}
