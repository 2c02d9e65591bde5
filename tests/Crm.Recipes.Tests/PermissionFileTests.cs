using Crm.Plant.Permissions;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Recipes.Rigs;

namespace Crm.Recipes.Tests;

/// <summary>Who may what, in the rig file: read, refused loudly, and part of the checksum of the protection (ALM-21, SAF-13, SAF-32).</summary>
public sealed class PermissionFileTests
{
    private static string With(string more) => BrokenFile.Edit(SmallPlant.Rig, "title: Bench rig\n", "title: Bench rig\npermissions:\n" + more);

    private static (RigDefinition? Rig, IReadOnlyList<string> Codes) Read(string more)
    {
        var (rig, problems) = RigFile.Read("rig.yaml", SmallPlant.Bytes(With(more)));
        return (rig, [.. problems.Select(p => p.Code)]);
    }

    [Fact]
    public void What_is_declared_rules_and_the_rest_is_as_usual()
    {
        var (rig, codes) = Read("  bypass: [engineer]\n  shelve: []\n");
        Assert.Empty(codes);
        Assert.Equal(PersonRole.Engineer, rig!.Permissions.Of(GuardedAct.Bypass));
        Assert.Equal(PersonRole.None, rig.Permissions.Of(GuardedAct.Shelve));
        Assert.Equal(PersonRole.Maintenance, rig.Permissions.Of(GuardedAct.OutOfService));
        var (plain, _) = RigFile.Read("rig.yaml", SmallPlant.Bytes(SmallPlant.Rig));
        Assert.NotEqual(ProtectionItems.Checksum(plain!), ProtectionItems.Checksum(rig));
    }

    [Theory]
    [InlineData("  bypas: [engineer]\n")]
    [InlineData("  bypass: [enginer]\n")]
    [InlineData("  bypass: engineer\n")]
    public void A_mistake_is_told(string more) => Assert.Contains("RIG-PERMISSION", Read(more).Codes);
}
