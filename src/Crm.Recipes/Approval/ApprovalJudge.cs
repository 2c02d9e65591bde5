using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Approval;

/// <summary>What state a recipe is in by its approvals, and what stands against running it on the rig. Pure: the time is an argument.</summary>
public static class ApprovalJudge
{
    /// <summary>The state of one content. A signature counts for exactly the content, grade, rig and bounds it was given for, and only together with that of another person.</summary>
    public static RecipeStanding Of(ImmutableArray<ApprovalEntry> entries, ApprovedThing thing)
    {
        int retired = Last(entries, e => e.Act == ApprovalAct.Retired && e.Thing.Recipe == thing.Recipe && e.Thing.Rig == thing.Rig);
        RecipeStanding standing = retired < 0 ? RecipeStanding.Unknown
            : new RecipeStanding(RecipeState.Retired, $"retired by {Signed(entries[retired])}: {entries[retired].Reason}", ApprovalTerms.None, retired);
        for (int i = retired + 1; i < entries.Length; i++)
            if (entries[i].Thing.Is(thing)) standing = Completed(entries, retired + 1, i) ?? standing;
        if (Waiting(entries, retired + 1, thing, standing) is { } proposed)
            standing = standing with { Proposed = proposed, Words = standing.State == RecipeState.Draft ? $"put forward as {Word(proposed.Act)} by {Signed(proposed)}; {Missing(proposed)}" : standing.Words };
        return standing.State == RecipeState.Draft ? Changed(entries, retired + 1, thing, standing) : standing;
    }

    /// <summary>Everything that stands against a START on the rig itself; empty when nothing does.</summary>
    /// <param name="now">By the controller's clock, in its own time zone: shifts and days are local.</param>
    /// <param name="shift">Length of a shift; the first begins at midnight.</param>
    public static ImmutableArray<string> AgainstStart(ImmutableArray<ApprovalEntry> entries, RecipeStanding standing, ControlRecipe recipe, DateTimeOffset now, TimeSpan shift)
    {
        if (standing.State == RecipeState.Approved) return [];
        if (standing.State != RecipeState.Experimental) return [$"recipe {recipe.Id} {recipe.Version} is {(standing.State == RecipeState.Draft ? "a draft" : "retired")}: {standing.Words}"];
        var against = ImmutableArray.CreateBuilder<string>();
        if (standing.Terms.Until is { } until && DateOnly.FromDateTime(now.DateTime) > until) against.Add($"the approval as experimental ended on {until:yyyy-MM-dd}");
        int used = entries.Skip(standing.Since + 1).Count(e => e.Act == ApprovalAct.Started && e.Thing.Content == recipe.ContentHash);
        if (standing.Terms.Batches is { } most && used >= most) against.Add(string.Create(CultureInfo.InvariantCulture, $"{used} of {most} experimental batches have been started"));
        if (standing.Countersigned is { } signed && Shift(signed.ToOffset(now.Offset), shift) != Shift(now, shift))
            against.Add($"the technician on shift has not signed for this trial: last signed {signed.ToOffset(now.Offset):yyyy-MM-dd HH:mm}, and a shift has changed since");
        foreach ((string name, string range) in standing.Terms.Limits) against.AddRange(AgainstValue(recipe, name, range));
        return against.ToImmutable();
    }

    /// <summary>SHA-256 over a grade's name, version and limits.</summary>
    public static string Hash(Specification specification) => SourceFile.Hash(Encoding.UTF8.GetBytes(string.Join('\n',
        [specification.Name, specification.Version, .. specification.Limits.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Analyte} {l.Least:R} {l.Most:R} {l.Unit}"))])));

    /// <summary>A range for a formula value: within the recipe's own, with its unit.</summary>
    /// <returns>Null when it is one, else why not.</returns>
    public static string? WhyNoLimit(ControlRecipe recipe, string name, string range)
    {
        if (recipe.Formula.FirstOrDefault(p => p.Name == name) is not { } parameter) return $"the formula has no '{name}'";
        if (Range(range, parameter) is not (var low, var high)) return $"'{range}' is no range for {name}; expected low..high {parameter.Unit}, for example {parameter.Low:0.####}..{parameter.High:0.####} {parameter.Unit}".TrimEnd();
        return low >= parameter.Low && high <= parameter.High ? null : string.Create(CultureInfo.InvariantCulture, $"{name} {range} goes beyond the recipe's own {parameter.Low:0.####}..{parameter.High:0.####} {parameter.Unit}").TrimEnd();
    }

    private static IEnumerable<string> AgainstValue(ControlRecipe recipe, string name, string range)
    {
        if (recipe.Formula.FirstOrDefault(p => p.Name == name) is not { } parameter || Range(range, parameter) is not (var low, var high))
        {
            yield return $"the approval as experimental limits {name} to {range}, which cannot be judged";
            yield break;
        }

        string value = new Quantity(parameter.Value, Units.Of(parameter.Unit)).ToString();
        if (parameter.Value < low || parameter.Value > high) yield return $"{name} is {value}, and the approval as experimental allows {range}";
        else if (parameter.Adjustable && (parameter.Low < low || parameter.High > high))
            yield return $"{name} could be changed beyond {range} while the batch runs: the approval was signed after the recipe had been read; start the controller again";
    }

    /// <summary>The recipe with the ranges of its formula narrowed to the bounds of a trial, so that no later change leaves them.</summary>
    public static ControlRecipe Narrowed(ControlRecipe recipe, RecipeStanding standing) => standing.State != RecipeState.Experimental ? recipe : recipe with
    {
        Formula = [.. recipe.Formula.Select(p => standing.Terms.Limits.TryGetValue(p.Name, out string? range) && Range(range, p) is (var low, var high)
            ? p with { Low = Math.Max(p.Low, low), High = Math.Min(p.High, high) } : p)],
    };

    private static (double Low, double High)? Range(string text, FormulaParameter parameter)
    {
        if (QuantityText.ParseRange(text, out QuantityRange range, out _) != QuantityProblem.None) return null;
        Unit unit = Units.Of(parameter.Unit);
        if (range.Unit == Unit.One && !unit.TakesBareNumbers && unit != Unit.One) return null;
        double? low = range.Unit == Unit.One ? range.Low : new Quantity(range.Low, range.Unit).In(unit), high = range.Unit == Unit.One ? range.High : new Quantity(range.High, range.Unit).In(unit);
        return low is { } from && high is { } to && from <= to ? (from, to) : null;
    }

    /// <summary>The state that an entry completes together with an earlier one by another person; null when it completes none.</summary>
    private static RecipeStanding? Completed(ImmutableArray<ApprovalEntry> entries, int from, int at)
    {
        ApprovalEntry second = entries[at];
        if (second.Act is not (ApprovalAct.Approved or ApprovalAct.Experimental)) return null;
        int first = -1;
        for (int i = at - 1; i >= from && first < 0; i--)
            if (entries[i].Act == second.Act && entries[i].By != second.By && entries[i].Thing.Is(second.Thing) && entries[i].Terms.Is(second.Terms) && Fit(entries[i], second)) first = i;
        if (first < 0) return null;
        bool isTrial = second.Act == ApprovalAct.Experimental;
        string words = $"{Word(second.Act)} by {Signed(entries[first])} and {Signed(second)}" + (isTrial ? $", for {second.Terms.Words}" : "");
        // Batches count from the first time both had signed, not from the last countersignature of a shift.
        int since = isTrial ? FirstBoth(entries, from, second) : at;
        return new RecipeStanding(isTrial ? RecipeState.Experimental : RecipeState.Approved, words, isTrial ? second.Terms : ApprovalTerms.None, since) { Countersigned = isTrial ? OnShift(entries[first], second).At : null };
    }

    private static int FirstBoth(ImmutableArray<ApprovalEntry> entries, int from, ApprovalEntry trial)
    {
        int first = Enumerable.Range(from, entries.Length - from).First(i => entries[i].Act == trial.Act && entries[i].Thing.Is(trial.Thing) && entries[i].Terms.Is(trial.Terms));
        return first;
    }

    /// <summary>Production: two who answer for the process, an engineer among them. A trial: one who does, and one on shift.</summary>
    private static bool Fit(ApprovalEntry a, ApprovalEntry b) => a.Act == ApprovalAct.Approved
        ? ApprovalRoles.Any(a.Roles, ApprovalRoles.Authors) && ApprovalRoles.Any(b.Roles, ApprovalRoles.Authors) && (a.Roles.Contains(ApprovalRoles.Engineer) || b.Roles.Contains(ApprovalRoles.Engineer))
        : (ApprovalRoles.Any(a.Roles, ApprovalRoles.Authors) && ApprovalRoles.Any(b.Roles, ApprovalRoles.OnShift)) || (ApprovalRoles.Any(b.Roles, ApprovalRoles.Authors) && ApprovalRoles.Any(a.Roles, ApprovalRoles.OnShift));

    /// <summary>Of two who signed for a trial, the one on shift; the later when both could be.</summary>
    private static ApprovalEntry OnShift(ApprovalEntry first, ApprovalEntry second) =>
        ApprovalRoles.Any(second.Roles, ApprovalRoles.OnShift) ? second : first;

    /// <summary>The last signature that still waits for another person's.</summary>
    private static ApprovalEntry? Waiting(ImmutableArray<ApprovalEntry> entries, int from, ApprovedThing thing, RecipeStanding standing)
    {
        for (int i = entries.Length - 1; i >= from; i--)
        {
            if (!entries[i].Thing.Is(thing) || entries[i].Act is not (ApprovalAct.Approved or ApprovalAct.Experimental)) continue;
            bool isComplete = (standing.State, entries[i].Act) is (RecipeState.Approved, ApprovalAct.Approved) || (standing.State == RecipeState.Experimental && entries[i].Act == ApprovalAct.Experimental && entries[i].Terms.Is(standing.Terms));
            return isComplete ? null : entries[i];
        }

        return null;
    }

    private static string Missing(ApprovalEntry proposed) => proposed.Act == ApprovalAct.Approved
        ? $"another person who answers for the process ({string.Join(" or ", ApprovalRoles.Authors)}{(proposed.Roles.Contains(ApprovalRoles.Engineer) ? "" : ", an engineer now")}) has yet to sign"
        : ApprovalRoles.Any(proposed.Roles, ApprovalRoles.Authors) ? "the technician on shift has yet to sign" : $"{string.Join(" or ", ApprovalRoles.Authors)} has yet to sign";

    /// <summary>A draft whose earlier content was approved says so: that is the usual reason why it is one.</summary>
    private static RecipeStanding Changed(ImmutableArray<ApprovalEntry> entries, int from, ApprovedThing thing, RecipeStanding draft)
    {
        for (int i = entries.Length - 1; i >= from; i--)
        {
            ApprovalEntry entry = entries[i];
            if (entry.Thing.Recipe != thing.Recipe || entry.Thing.Rig != thing.Rig || entry.Thing.Is(thing) || Completed(entries, from, i) is null) continue;
            string what = entry.Thing.Content != thing.Content ? $"its content has changed since it was {Word(entry.Act)} ({entry.Thing.Content[..12]}, now {thing.Content[..12]}); see the difference with crm recipe diff FILE --approved"
                : entry.Thing.Specification != thing.Specification ? $"its specification has changed since it was {Word(entry.Act)}; see the difference with crm recipe diff FILE --approved"
                : $"it was {Word(entry.Act)} for {entry.Thing.Rig} {entry.Thing.RigVersion}, and the rig is {thing.RigVersion} now";
            return draft with { Earlier = entry.Thing, Words = draft.Proposed is null ? what : $"{what}; {draft.Words}" };
        }

        return draft;
    }

    private static int Last(ImmutableArray<ApprovalEntry> entries, Func<ApprovalEntry, bool> which)
    {
        for (int i = entries.Length - 1; i >= 0; i--)
            if (which(entries[i])) return i;
        return -1;
    }

    /// <summary>Number of the shift a time is in, counted from midnight; a shift divides the day.</summary>
    private static long Shift(DateTimeOffset time, TimeSpan length) => time.DateTime.Ticks / Math.Max(1, length.Ticks);

    private static string Word(ApprovalAct act) => act.ToString().ToLowerInvariant();

    private static string Signed(ApprovalEntry entry) => $"{entry.By} ({string.Join(", ", entry.Roles)}, {entry.At.UtcDateTime:yyyy-MM-dd})";
}
