using Crm.Chemistry.Hazards;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.ProcessChecks;

/// <summary>Temperatures against the flash point of organics, contents against the material of the vessel.</summary>
internal static class EquipmentCheck
{
    /// <summary>K that a mixture of solvents is kept below its flash point (EN 1127-1: 15 K for mixtures).</summary>
    private const double FlashMargin = 15;

    private const double Room = 20;

    public static IEnumerable<ProcessFinding> Of(Course course) => Flash(course).Concat(Attack(course));

    private static IEnumerable<ProcessFinding> Flash(Course course)
    {
        HashSet<string> told = new(StringComparer.Ordinal);
        foreach (Moment moment in course.Moments)
        {
            bool extracts = moment.Operation == "extract";
            if (!extracts && !(moment.After.Share("organic") > 0.01)) continue;
            double celsius = (extracts ? moment.Before.Celsius : moment.After.Celsius) ?? Room;
            double flash = extracts && course.Equipment(moment.Phase!.Unit)?.Numbers.TryGetValue("flash_point", out double own) == true ? own : FlashPoints.Lowest;
            string where = extracts ? moment.From : moment.After.Name;
            if (celsius <= flash - FlashMargin || !told.Add(where)) continue;
            yield return new ProcessFinding(
                moment.Node.Id, extracts ? "aqueous" : "temperature", DiagnosticCodes.FlashPoint, IsAdvice: false,
                $"the liquor from {where} is at {Say.N(celsius)} degC, the organic flashes at {Say.N(flash)} degC: {Say.N(flash - FlashMargin)} degC is the most",
                $"cool {where} below {Say.N(flash - FlashMargin)} degC before it meets the organic");
        }
    }

    private static IEnumerable<ProcessFinding> Attack(Course course)
    {
        HashSet<(string, string)> told = [];
        foreach (Moment moment in course.Moments)
        {
            Vessel vessel = moment.After;
            if (course.Unit(vessel.Name) is not { MadeOf.Length: > 0 } unit) continue;
            double celsius = vessel.Celsius ?? Room;
            foreach (MaterialAttack attack in ConstructionMaterials.Attacks.Where(a => a.Material == unit.MadeOf && celsius >= a.Above && Medium(a.Medium, vessel)))
            {
                double share = vessel.ShareOf(attack.Species);
                if (share < attack.Least || !told.Add((unit.Name, attack.Species))) continue;
                yield return new ProcessFinding(
                    moment.Node.Id, "", DiagnosticCodes.MaterialAttack, IsAdvice: false,
                    $"{unit.Name} is made of {unit.MadeOf} and would hold {Amount(share)} {attack.Species}{(attack.Medium.Length > 0 ? $" in {attack.Medium} liquor" : "")} at {Say.N(celsius)} degC: {attack.Why}",
                    attack.Remedy);
            }
        }
    }

    private static bool Medium(string medium, Vessel vessel) => medium switch
    {
        "acid" => vessel.FreeAcid > 0 && vessel.Ph is null or < 6,
        "alkaline" => vessel.Share("caustic") > 0,
        _ => true,
    };

    private static string Amount(double share) => share < 0.01 ? $"{Say.N(share * 1e6)} mg/kg" : Say.Percent(share);
}
