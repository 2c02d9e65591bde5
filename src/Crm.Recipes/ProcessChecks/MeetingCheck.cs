using Crm.Chemistry.Hazards;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.ProcessChecks;

/// <summary>What comes onto what: the pairs of <c>chemistry/hazard-pairs.csv</c>.</summary>
internal static class MeetingCheck
{
    public static IEnumerable<ProcessFinding> Of(Course course) =>
        course.Moments.Where(m => m.Comes is { Shares.IsEmpty: false } && !m.Before.IsEmpty).SelectMany(moment => HazardPairs.All.Where(pair => Meet(pair, moment)).Select(pair => Finding(pair, moment)));

    private static bool Meet(HazardPair pair, Moment moment)
    {
        Incoming comes = moment.Comes!;
        if (pair.Metered && comes.Metered) return false;
        if (comes.Kilograms is <= 0 || Of(pair.Comes, comes) < pair.Least || Lies(moment).Share(pair.Present) < pair.Lies) return false;
        return pair.Needs.Length == 0 || Lies(moment).Share(pair.Needs) > 0 || Of(pair.Needs, comes) > 0.02;
    }

    /// <summary>The arsenic of a leach is in solution: it counts as the acid it is there.</summary>
    private static Vessel Lies(Moment moment) => moment.Before.Dissolved.GetValueOrDefault("As") is > 0 and var mol
        ? moment.Before with { Holds = moment.Before.Holds.Plus("H3AsO3", mol * 0.126) }
        : moment.Before;

    private static double Of(string of, Incoming comes) => comes.Shares.Where(s => HazardPairs.IsOf(s.Key, s.Value, of)).Sum(s => s.Value);

    private static ProcessFinding Finding(HazardPair pair, Moment moment)
    {
        string lies = string.Join(", ", Lies(moment).Holds.Where(h => HazardPairs.IsOf(h.Key, h.Value / moment.Before.Kilograms, pair.Present)).OrderByDescending(h => h.Value).Take(3).Select(h => $"{Say.N(h.Value)} kg {h.Key}"));
        if (lies.Length == 0) lies = pair.Present;
        return new ProcessFinding(
            moment.Node.Id, moment.Operation switch { "" => "material", "dose" or "dose_to_ph" or "precipitate" or "crystallise_react" => "reagent", "extract" => "organic", _ => "from" },
            DiagnosticCodes.HazardPair, IsAdvice: false,
            $"{Say.Words(moment.Comes!.Name)} ({pair.Comes}) comes onto {pair.Present} in {moment.Before.Name} ({lies}): {pair.Gives}; {pair.Why}",
            pair.Remedy);
    }
}
