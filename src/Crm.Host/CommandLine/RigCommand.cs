using System.CommandLine;
using Crm.Host.Runs;
using Crm.Plant.Alarms;
using Crm.Plant.Loops;

namespace Crm.Host.CommandLine;

/// <summary><c>crm rig check DIR</c>: the rig file, its twin file, and that the one fits the other.</summary>
public static class RigCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "rig folder, for example hardware/lithium-pilot" };
        var check = new Command("check", CrmCommand.WithExamples(
            "Checks a rig file and its twin: every output's fail, lapse, trip and phase-state cells, every tag, condition and address. Exit code 0 clean, 1 problems.",
            "crm rig check hardware/lithium-pilot",
            "crm rig check hardware/bench-kit --live",
            "crm rig check hardware/bench-kit --live --at field=/dev/ttyUSB0 --at analysis=192.168.7.20:502"));
        var live = new Option<bool>("--live") { Description = "also ask every instrument who it is and what it reads; writes nothing" };
        var at = new Option<string[]>("--at") { Description = "bus=host:port or bus=device: look there instead of where the rig file says; may be repeated", DefaultValueFactory = _ => [] };
        check.Arguments.Add(folder);
        check.Options.Add(live);
        check.Options.Add(at);
        check.SetAction(parsed => Check(parsed.GetValue(folder)!, parsed.GetValue(live), parsed.GetValue(at)!));
        return new Command("rig", "Work with rigs.") { check, Alarms(), MatrixCommand.Create(), Diff() };
    }

    private static Command Alarms()
    {
        var folder = new Argument<string>("DIR") { Description = "rig folder, for example hardware/lithium-pilot" };
        var format = new Option<string>("--format") { Description = "text, csv or json", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "csv", "json");
        var alarms = new Command("alarms", CrmCommand.WithExamples(
            "Prints the master alarm list: what each alarm looks at, its delays, cause, consequence, response and time to respond.",
            "crm rig alarms hardware/lithium-pilot",
            "crm rig alarms hardware/lithium-pilot --format csv > alarms.csv"));
        alarms.Arguments.Add(folder);
        alarms.Options.Add(format);
        alarms.SetAction(parsed => List(parsed.GetValue(folder)!, parsed.GetValue(format)!));
        return alarms;
    }

    private static Command Diff()
    {
        var old = new Argument<string>("OLD") { Description = "rig folder or rig.yaml as it was" };
        var now = new Argument<string>("NEW") { Description = "rig folder or rig.yaml as it is" };
        var diff = new Command("diff", CrmCommand.WithExamples(
            "Says in process words what differs between two rig files in protection and alarms: what a person accepts after a change. Exit code 0 nothing differs, 1 something does, 2 a file cannot be read.",
            "crm rig diff /backup/lithium-pilot hardware/lithium-pilot"));
        diff.Arguments.Add(old);
        diff.Arguments.Add(now);
        diff.SetAction(parsed => Compare(parsed.GetValue(old)!, parsed.GetValue(now)!));
        return diff;
    }

    private static int Compare(string old, string now)
    {
        var (before, problems) = RigFiles.Rig(RigFile(old));
        var (after, more) = RigFiles.Rig(RigFile(now));
        foreach (var problem in problems.AddRange(more)) Console.Error.WriteLine(problem);
        if (before is null || after is null) return ExitCodes.InvalidInput;
        string found = RigDiff.Of(before, after);
        Console.Out.Write(found.Length > 0 ? found : "protection and alarms are the same\n");
        return found.Length > 0 ? ExitCodes.Problems : ExitCodes.Good;
    }

    private static int List(string folder, string format)
    {
        var (rig, problems) = RigFiles.Rig(RigFile(folder));
        foreach (var problem in problems) Console.Error.WriteLine(problem);
        if (rig is null) return ExitCodes.Problems;
        Console.Out.Write(MasterAlarmList.Write(rig, format));
        return ExitCodes.Good;
    }

    private static string RigFile(string folder) => Directory.Exists(folder) ? Path.Combine(folder, "rig.yaml") : folder;

    private static int Check(string folder, bool live, string[] at)
    {
        string path = RigFile(folder);
        var (rig, problems) = RigFiles.Rig(path);
        string twin = Path.Combine(Path.GetDirectoryName(path) ?? "", "twin.yaml");
        if (rig is not null && File.Exists(twin)) problems = problems.AddRange(RigFiles.Twin(twin).Diagnostics);
        foreach (var problem in problems) Console.Out.WriteLine(problem);
        if (rig is null || !problems.IsEmpty) return ExitCodes.Problems;
        foreach (string slow in SamplingRule.Check(rig)) Console.Out.WriteLine($"{path}: warning LOOP-SAMPLING: {slow}");
        Console.Out.WriteLine(
            $"{rig.Name} {rig.Version}: {rig.Units.Length} units, {rig.Tags.Length} tags, {rig.Outputs.Length} outputs, {rig.Loops.Length} loops, "
            + $"{rig.Trips.Length} trips, {rig.Permissives.Length} permissives, {rig.Alarms.Count(a => !a.IsGenerated)} alarms and {rig.Alarms.Count(a => a.IsGenerated)} of instruments, buses and what is set aside, {rig.Duties.Length} duties. Nothing wrong.");
        foreach (string advice in AlarmPlan.Advice(rig)) Console.Out.WriteLine($"{path}: warning ALARM-PRIORITY: {advice}");
        foreach (string unheard in TripsHeard.Unheard(rig)) Console.Out.WriteLine($"{path}: warning TRIP-UNHEARD: {unheard}");
        if (!live && at.Length > 0) throw new UsageException("--at needs --live");
        return !live || LiveCheck.Run(rig, OptionWords.Settings(at), Console.Out) ? ExitCodes.Good : ExitCodes.Problems;
    }
}
