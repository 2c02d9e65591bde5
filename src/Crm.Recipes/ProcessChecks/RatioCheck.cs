using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.ProcessChecks;

/// <summary>Liquid to solid of a leach, and organic to aqueous of an extraction, against what equipment can do.</summary>
internal static class RatioCheck
{
    /// <summary>L/kg. Below the least a slurry is a paste; below the thin end stirring and pumping are hard; above the most the water has to be boiled off again.</summary>
    private const double Least = 1.5, Thick = 2.5, Most = 60;

    /// <summary>O/A: outside, the wrong phase becomes continuous, whatever the stirrer does.</summary>
    private const double LeastOrganic = 0.1, MostOrganic = 10;

    public static IEnumerable<ProcessFinding> Of(Course course) => LiquidToSolid(course).Concat(OrganicToAqueous(course));

    private static IEnumerable<ProcessFinding> LiquidToSolid(Course course)
    {
        HashSet<string> told = new(StringComparer.Ordinal);
        foreach (Moment moment in course.Moments.Where(m => m.Operation is "dose" or "leach" or "react" or "heat" or "dose_to_ph"))
        {
            Vessel vessel = moment.Before;
            double solids = vessel.SolidKilograms;
            if (!vessel.IsKnown || solids < 0.05 || !(vessel.Litres > 0) || !told.Add(vessel.Name)) continue;
            double ratio = (vessel.Litres - Substances.Litres(vessel.Holds.Where(h => Substances.IsSolid(h.Key)).ToDictionary(h => h.Key, h => h.Value / solids), solids)) / solids;
            if (ratio >= Thick && ratio <= Most) continue;
            yield return new ProcessFinding(
                moment.Node.Id, "", DiagnosticCodes.LiquidToSolid, ratio >= Least,
                $"{vessel.Name} has {Say.N(ratio)} L of liquor to a kg of solids: {FillCheck.Sum(vessel)} with {Say.N(solids)} kg of solids",
                ratio < Thick ? "a leach is stirred and pumped at 3 to 20 L/kg: more water or less charge" : "a leach is run at 3 to 20 L/kg: less water, which has to be boiled off again, or more charge");
        }
    }

    private static IEnumerable<ProcessFinding> OrganicToAqueous(Course course)
    {
        foreach (Moment moment in course.Moments)
        {
            if (moment.OrganicRatio is not { } ratio || (ratio >= LeastOrganic && ratio <= MostOrganic)) continue;
            yield return new ProcessFinding(
                moment.Node.Id, "ratio", DiagnosticCodes.OrganicToAqueous, IsAdvice: false,
                $"organic to aqueous is {Say.N(ratio)}: the phases are {Say.Percent(ratio / (1 + ratio))} organic",
                "mixers hold a steady dispersion at 0.1 to 10, the usual is 0.5 to 2; beyond, recycle the scarce phase within the stage");
        }
    }
}
