using Crm.Host.Runs;
using Crm.Plant.Phases;
using Crm.Plant.Rigs;
using Crm.Plant.UnitOperations;

namespace Crm.Scenarios.Tests;

/// <summary>Every unit of every rig, with every operation that may run on it: how long it may be held at most and what follows is declared, and something follows (S88-23).</summary>
public sealed class LongestHoldTests
{
    public static TheoryData<string> RigFolders => [.. Directory.GetDirectories(Path.Combine(PilotFiles.Root, "hardware")).Where(d => File.Exists(Path.Combine(d, "rig.yaml"))).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(RigFolders))]
    public void Longest_hold_and_what_follows_are_declared_for_every_operation(string folder)
    {
        RigDefinition rig = RigFiles.Rig(Path.Combine(PilotFiles.Root, "hardware", folder, "rig.yaml")).Value!;
        foreach (UnitDefinition unit in rig.Units.Where(u => !u.IsService && u.States.Rows.Length > 0))
        {
            string[] operations = [.. UnitOperationCatalogue.Descriptions.Where(d => d.Classes.IsEmpty || d.Classes.Contains(unit.Class)).Select(d => d.Name)];
            Assert.NotEmpty(operations);
            string where = $"{rig.Name} {unit.Name} ({unit.Class}): {string.Join(", ", operations)}";
            Assert.True(unit.States.LongestHold > TimeSpan.Zero && unit.States.LongestHold <= TimeSpan.FromDays(2), where);
            Assert.True(unit.States.AfterLongestHold is PhaseCommand.Stop or PhaseCommand.Abort, where);
            Assert.True(unit.States.TransientLimit > TimeSpan.Zero && unit.States.TransientLimit <= unit.States.LongestHold, where);
        }
    }
}
