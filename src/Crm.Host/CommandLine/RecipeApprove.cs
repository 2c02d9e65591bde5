using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Crm.Host.Access;
using Crm.Host.Approvals;
using Crm.Host.Runs;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Recipes.Approval;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Procedures;

namespace Crm.Host.CommandLine;

/// <summary><c>crm recipe approve</c>: a person's signature under the state of a recipe.</summary>
internal static class RecipeApprove
{
    /// <summary>Where <c>crm serve</c> keeps accounts and records when nothing is said.</summary>
    public static string DefaultData => Service.ServeSettings.DataFolder;

    public static Command Create()
    {
        var recipe = new Argument<string>("FILE") { Description = "recipe or formula file" };
        var by = new Option<string>("--as") { Description = "account that signs; its password is asked for, or read from standard input when that is no terminal", HelpName = "NAME", Required = true };
        var state = new Option<string>("--state") { Description = "experimental, approved or retired", Required = true };
        state.AcceptOnlyFromAmong("experimental", "approved", "retired");
        var reason = new Option<string>("--reason") { Description = "why, in words", HelpName = "TEXT", Required = true };
        var limit = new Option<string[]>("--limit") { Description = "experimental: name=low..high unit, a narrower range of a formula value; may be repeated", HelpName = "NAME=RANGE", DefaultValueFactory = _ => [] };
        var batches = new Option<int?>("--batches") { Description = "experimental: how many batches may be started" };
        var until = new Option<string?>("--until") { Description = "experimental: last day, yyyy-MM-dd", HelpName = "DATE" };
        var data = new Option<string>("--data") { Description = "folder of accounts and approvals, that of crm serve", DefaultValueFactory = _ => DefaultData };
        var command = new Command("approve", CrmCommand.WithExamples(
            "Signs the state of a recipe for its rig. Two persons sign: approved needs two who are engineer or researcher, an engineer among them; experimental one of these and the technician or operator on shift, "
            + "who signs again after each change of shift; one engineer retires. The second person signs what the first put forward: without --limit, --batches, --until. "
            + "Exit code 0 signed, 1 refused, 2 invalid input.",
            "crm recipe approve recipes/bench/neutralise-soda-liquor.yaml --as anna --state experimental --limit soda=0.5..1kg --batches 3 --reason \"first trial of the new electrode\"",
            "crm recipe approve recipes/bench/neutralise-soda-liquor.yaml --as bert --state experimental --reason \"read, and I am on shift\"",
            "crm recipe approve recipes/bench/neutralise-soda-liquor.yaml --as anna --state approved --reason \"three trials in grade\""));
        command.Arguments.Add(recipe);
        foreach (Option option in new Option[] { by, state, reason, limit, batches, until, data }) command.Options.Add(option);
        command.SetAction(p => Sign(
            p.GetValue(recipe)!, p.GetValue(data)!, p.GetValue(by)!, Enum.Parse<ApprovalAct>(p.GetValue(state)!, ignoreCase: true), p.GetValue(reason)!,
            Terms(p.GetValue(limit)!, p.GetValue(batches), p.GetValue(until))));
        return command;
    }

    private static ApprovalTerms Terms(string[] limits, int? batches, string? until)
    {
        if (batches is < 1) throw new UsageException($"--batches {batches}: expected 1 or more");
        var ranges = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string written in limits)
        {
            int at = written.IndexOf('=');
            if (at <= 0 || at == written.Length - 1) throw new UsageException($"--limit {written}: expected name=low..high unit, for example --limit charge=2..2.5kg");
            ranges[written[..at].Trim()] = written[(at + 1)..].Trim();
        }

        DateOnly? day = null;
        if (until is not null) day = DateOnly.TryParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly last) ? last : throw new UsageException($"--until {until}: expected a day, for example --until 2026-12-01");
        return new ApprovalTerms(ranges.ToImmutable(), batches, day);
    }

    private static int Sign(string file, string data, string by, ApprovalAct act, string reason, ApprovalTerms terms)
    {
        if (reason.Trim().Length < 3) throw new UsageException("--reason: say why, in words");
        if (act != ApprovalAct.Experimental && !terms.Is(ApprovalTerms.None)) throw new UsageException("--limit, --batches and --until go with --state experimental");
        var (rig, recipe, problems) = Load(file);
        if (rig is null || recipe is null)
        {
            foreach (Diagnostic problem in problems) Console.Error.WriteLine(problem);
            return ExitCodes.InvalidInput;
        }

        foreach ((string name, string range) in terms.Limits)
            if (ApprovalJudge.WhyNoLimit(recipe, name, range) is { } wrong) throw new UsageException($"--limit {name}={range}: {wrong}");
        var store = new ApprovalStore(data);
        RecipeStanding standing = store.Of(recipe, rig);
        if (act == ApprovalAct.Experimental && terms.Is(ApprovalTerms.None)) terms = RecipeSigning.ToSign(standing) ?? throw new UsageException("an experimental approval is bounded: say --batches or --until, and --limit for the values that must stay within a narrower range");
        if (act == ApprovalAct.Experimental && terms is { Batches: null, Until: null }) throw new UsageException("an experimental approval ends: say --batches or --until");
        var gatehouse = new Gatehouse(new AccessFile(Path.Combine(data, "accounts.json")), TimeProvider.System);
        if (gatehouse.People.FirstOrDefault(p => p.Name == by) is not { } person)
            return Refused(gatehouse.HasAccounts ? $"there is no account {by} in {data}" : $"there are no accounts in {data}: crm serve --data {data} makes the first one (docs/service.md)");
        ImmutableArray<string> roles = [.. person.Roles];
        if (RecipeSigning.Judge(recipe, standing, by, roles, act, reason, terms).Why is { } why) return Refused(why);
        Console.Error.WriteLine($"{by} signs {recipe.Id} {recipe.Version}, content {recipe.ContentHash[..12]}, on {rig.Name} {rig.Version} as {act.ToString().ToLowerInvariant()}{(terms.Words.Length > 0 ? ": " + terms.Words : "")}");
        if (gatehouse.WhyNotSigned(by, Secret.Read($"password of {by}: ")) is { } unsigned) return Refused(unsigned);
        if (RecipeSigning.Sign(store, data, recipe, rig, Files(file), by, roles, act, reason, terms, TimeProvider.System.GetUtcNow()) is { } failed) return Refused(failed);
        standing = store.Of(recipe, rig);
        Console.Out.WriteLine($"{recipe.Id} {recipe.Version} on {rig.Name}: {standing.Word}; {standing.Words}");
        if (standing.Proposed is { } still && standing.State != RecipeState.Draft) Console.Out.WriteLine($"waiting besides: {still.Act.ToString().ToLowerInvariant()}, put forward by {still.By}");
        if (standing.Proposed is not null) Console.Out.WriteLine($"next: another person signs with crm recipe approve {file} --as NAME --state {act.ToString().ToLowerInvariant()} --reason TEXT");
        return ExitCodes.Good;
    }

    private static int Refused(string why)
    {
        Console.Error.WriteLine("crm: refused: " + why);
        return ExitCodes.Problems;
    }

    /// <summary>A recipe with the rig that it is for.</summary>
    public static (RigDefinition? Rig, ControlRecipe? Recipe, ImmutableArray<Diagnostic> Problems) Load(string file)
    {
        var (name, problems) = RecipeFile.RigOf(file);
        if (name is null) return (null, null, problems);
        var (rig, found) = RigFiles.RigNamed(name, file);
        if (rig is null) return (null, null, found);
        var (recipe, mistakes) = RigFiles.Recipe(file, rig);
        return (rig, recipe, mistakes);
    }

    /// <summary>The recipe and every file it names, in the order they are read.</summary>
    private static List<(string Path, byte[] Bytes)> Files(string file)
    {
        var files = new List<(string Path, byte[] Bytes)>();
        RecipeDiff.Outline(file, path =>
        {
            byte[]? bytes = RecipeDiff.Disk(path);
            if (bytes is not null && files.All(f => f.Path != path)) files.Add((path, bytes));
            return bytes;
        });
        return files;
    }
}
