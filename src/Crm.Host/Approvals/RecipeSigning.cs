using System.Collections.Immutable;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Recipes.Approval;

namespace Crm.Host.Approvals;

/// <summary>What may be signed for a recipe, by whom, and the signing itself: the same from the terminal and from the browser (decision 16).</summary>
public static class RecipeSigning
{
    public const int ShortestReason = 3;

    /// <summary>What a second person signs, or a technician of the next shift; null when nothing of the kind waits.</summary>
    public static ApprovalTerms? ToSign(RecipeStanding standing) =>
        standing.Proposed is { Act: ApprovalAct.Experimental } proposed ? proposed.Terms : standing.State == RecipeState.Experimental ? standing.Terms : null;

    /// <summary>Why somebody in these roles may not do it; null when they may.</summary>
    public static string? WhyNot(ApprovalAct act, ImmutableArray<string> roles) => act switch
    {
        ApprovalAct.Retired when !roles.Contains(ApprovalRoles.Engineer) => "may not retire a recipe: that is for engineer",
        ApprovalAct.Approved when !ApprovalRoles.Any(roles, ApprovalRoles.Authors) => "may not approve a recipe: that is for engineer and researcher",
        ApprovalAct.Experimental when !ApprovalRoles.Any(roles, ApprovalRoles.Authors) && !ApprovalRoles.Any(roles, ApprovalRoles.OnShift) => "may not sign a trial: that is for engineer and researcher, and for the technician or operator on shift",
        _ => null,
    };

    /// <summary>The bounds that the signature would carry, or why there can be none.</summary>
    public static (ApprovalTerms Terms, string? Why) Judge(ControlRecipe recipe, RecipeStanding standing, string by, ImmutableArray<string> roles, ApprovalAct act, string reason, ApprovalTerms terms)
    {
        if (reason.Trim().Length < ShortestReason) return (terms, "a reason is needed: say why, in words");
        if (act != ApprovalAct.Experimental && !terms.Is(ApprovalTerms.None)) return (terms, "bounds go with a trial (experimental)");
        foreach ((string name, string range) in terms.Limits)
            if (ApprovalJudge.WhyNoLimit(recipe, name, range) is { } wrong) return (terms, $"{name} {range}: {wrong}");
        if (act == ApprovalAct.Experimental && terms.Is(ApprovalTerms.None))
        {
            if (ToSign(standing) is not { } waiting) return (terms, "a trial is bounded: say how many batches or until which day, and a narrower range for what must stay within one");
            terms = waiting;
        }

        if (act == ApprovalAct.Experimental && terms is { Batches: null, Until: null }) return (terms, "a trial ends: say how many batches or until which day");
        if (WhyNot(act, roles) is { } why) return (terms, $"{by} {why}");
        return standing.Proposed is { } open && open.Act == act && open.By == by && open.Terms.Is(terms) ? (terms, $"{by} has put it forward already: another person signs") : (terms, null);
    }

    /// <summary>Keeps a copy of what is signed and adds the entry.</summary>
    /// <param name="files">The recipe and every file it names, the recipe first.</param>
    /// <returns>Null when it is signed, else why not.</returns>
    public static string? Sign(
        ApprovalStore store, string data, ControlRecipe recipe, RigDefinition rig, IReadOnlyList<(string Path, byte[] Bytes)> files, string by, ImmutableArray<string> roles, ApprovalAct act, string reason, ApprovalTerms terms, DateTimeOffset at)
    {
        ApprovedThing thing = ApprovalRoles.Thing(recipe, rig.Version);
        if (act != ApprovalAct.Retired) ApprovedCopy.Write(data, thing, files);
        return store.Add(new ApprovalEntry(at, by, roles, act, thing, terms, reason.Trim()));
    }
}
