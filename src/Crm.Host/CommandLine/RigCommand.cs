using System.CommandLine;
using Crm.Host.Runs;

namespace Crm.Host.CommandLine;

/// <summary><c>crm rig check DIR</c>: the rig file, its twin file, and that the one fits the other.</summary>
public static class RigCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "rig folder, for example hardware/lithium-pilot" };
        var check = new Command("check", CrmCommand.WithExamples(
            "Checks a rig file and its twin: every output's fail, lapse, trip and phase-state cells, every tag, condition and address. Exit code 0 clean, 1 problems.",
            "crm rig check hardware/lithium-pilot"));
        check.Arguments.Add(folder);
        check.SetAction(parsed => Check(parsed.GetValue(folder)!));
        return new Command("rig", "Work with rigs.") { check, MatrixCommand.Create() };
    }

    private static int Check(string folder)
    {
        string path = Directory.Exists(folder) ? Path.Combine(folder, "rig.yaml") : folder;
        var (rig, problems) = RigFiles.Rig(path);
        string twin = Path.Combine(Path.GetDirectoryName(path) ?? "", "twin.yaml");
        if (rig is not null && File.Exists(twin)) problems = problems.AddRange(RigFiles.Twin(twin).Diagnostics);
        foreach (var problem in problems) Console.Out.WriteLine(problem);
        if (rig is null || !problems.IsEmpty) return ExitCodes.Problems;
        Console.Out.WriteLine(
            $"{rig.Name} {rig.Version}: {rig.Units.Length} units, {rig.Tags.Length} tags, {rig.Outputs.Length} outputs, {rig.Loops.Length} loops, "
            + $"{rig.Trips.Length} trips, {rig.Permissives.Length} permissives, {rig.Alarms.Length} alarms, {rig.Duties.Length} duties. Nothing wrong.");
        return ExitCodes.Good;
    }
}
