using Crm.Chemistry.Hazards;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.ProcessChecks;

/// <summary>What mother liquors keep of the product, and salts that come out where nobody wants them.</summary>
internal static class SolubilityCheck
{
    /// <summary>
    /// An excess of the other ion keeps less in solution than pure water does: only so much of the pure solubility is held against a recipe. And other salts hold more: so much over it is told.
    /// </summary>
    private const double CommonIon = 0.5, OtherSalts = 1.2;

    /// <summary>kg of water in a litre of strong liquor; density of crystals, kg/L; litres that a kg of salt takes in solution.</summary>
    private const double WaterPerLitre = 0.95, CrystalDensity = 2.3, SaltVolume = 0.3;

    /// <summary>Sulfates that a liquor of one metal is boiled down with; atoms of the metal in one.</summary>
    private static readonly (string Salt, string Element, int Atoms)[] sulfates = [("MnSO4", "Mn", 1), ("K2SO4", "K", 2)];

    public static IEnumerable<ProcessFinding> Of(Course course) => Yield(course).Concat(Salts(course));

    private static IEnumerable<ProcessFinding> Yield(Course course)
    {
        ProductDefinition product = course.Recipe.Product;
        string salt = product.Formula.Split('.')[0];
        double charged = course.Charged.GetValueOrDefault(product.MainElement);
        if (!course.ChargeIsKnown || !(charged > 0) || Substances.KilogramsPerMol(salt) is not { } mass) yield break;
        double atoms = Substances.Elements(salt, mass).FirstOrDefault(e => e.Key == product.MainElement).Value;
        if (!(atoms > 0)) yield break;
        double most = charged / atoms * mass, left = most;
        List<string> sums = [];
        foreach (Moment moment in course.Moments.Where(m => m is { Operation: "filter", From.Length: > 0 } && IsProductCake(course, m)))
        {
            if (Onset.Salt(salt, moment.Before.Celsius ?? 20) is not { } soluble) continue;
            double share = CommonIon * soluble / 100, water = Math.Max(0, (moment.Before.Litres - left / CrystalDensity) / (1 + share * (SaltVolume - 1 / CrystalDensity)));
            double lost = Math.Min(left, water * share);
            left -= lost;
            sums.Add($"{Say.N(water)} kg of water in {moment.From} at {Say.N(moment.Before.Celsius ?? 20)} degC keep {Say.N(lost)} kg {salt}");
        }

        if (sums.Count == 0 || left / most >= product.LeastRecovery) yield break;
        yield return new ProcessFinding(
            "", "recovery", DiagnosticCodes.YieldSolubility, IsAdvice: false,
            $"{string.Join(", ", sums)} of the {Say.N(most)} kg that the charge gives at most (half of its solubility in pure water reckoned): {Say.Percent(left / most)} at best, {Say.Percent(product.LeastRecovery)} are claimed",
            "crystallise from less water or at a better temperature, return the mother liquor, or claim less");
    }

    /// <summary>The cake of this filtration is product or what product is made of.</summary>
    private static bool IsProductCake(Course course, Moment filter)
    {
        int at = course.Moments.IndexOf(filter);
        PromptNode? taken = course.Moments.Skip(at + 1).Select(m => m.Node).OfType<PromptNode>().FirstOrDefault(p => p.Kind == PromptKind.Discharge && p.Place == filter.Phase!.Unit);
        if (taken is null) return false;
        bool goesOn = taken.LotKind == LotKind.Intermediate && course.Moments.Skip(at + 1).Select(m => m.Node).OfType<PromptNode>().Any(p => p.Kind == PromptKind.WeighIn && p.Material == "lot:" + taken.Material);
        return taken.LotKind == LotKind.Product || goesOn;
    }

    private static IEnumerable<ProcessFinding> Salts(Course course)
    {
        for (int i = 0; i < course.Moments.Length; i++)
        {
            Moment moment = course.Moments[i];
            if (moment.Operation != "evaporate" || !IsPumpedOn(course, i)) continue;
            Vessel vessel = moment.After;
            double celsius = Coldest(course, i), water = vessel.Litres * WaterPerLitre;
            if (!vessel.IsKnown || !(water > 0)) continue;
            foreach (var (salt, mol) in Dissolved(vessel))
            {
                if (Onset.Salt(salt, celsius) is not { } soluble || Substances.KilogramsPerMol(salt) is not { } mass) continue;
                double holds = 100 * mol * mass / water;
                if (holds <= soluble * OtherSalts) continue;
                yield return new ProcessFinding(
                    moment.Node.Id, "to", DiagnosticCodes.SaltSolubility, IsAdvice: true,
                    $"{Say.N(mol * mass)} kg {salt} in {Say.N(vessel.Litres)} L are {Say.N(holds)} g in 100 g of water, {Say.N(soluble)} g dissolve at {Say.N(celsius)} degC{course.Case}",
                    $"it comes out in {vessel.Name} and in the pump: boil down to {Say.N(vessel.Litres * holds / soluble)} L or more, or filter it off hot");
            }
        }
    }

    /// <summary>Salts of a neutral sulfate liquor: what no other metal answers for is sodium's.</summary>
    private static IEnumerable<(string Salt, double Mol)> Dissolved(Vessel vessel)
    {
        foreach (var (salt, element, atoms) in sulfates)
            if (vessel.Dissolved.GetValueOrDefault(element) is > 0 and var mol) yield return (salt, mol / atoms);
        if (vessel.Ph is not >= 6.5) yield break;
        double sulfate = vessel.Dissolved.GetValueOrDefault("S"), others = new[] { "Li", "K" }.Sum(e => vessel.Dissolved.GetValueOrDefault(e)) + 2 * new[] { "Mn", "Mg", "Ca", "Zn", "Ni", "Co" }.Sum(e => vessel.Dissolved.GetValueOrDefault(e));
        if (sulfate - others / 2 is > 0 and var sodium) yield return ("Na2SO4", sodium);
    }

    /// <summary>The liquor goes on by a pump: no filter and no shovel takes a salt out of the vessel.</summary>
    private static bool IsPumpedOn(Course course, int from)
    {
        string vessel = course.Moments[from].After.Name;
        foreach (Moment later in course.Moments.Skip(from + 1))
        {
            if (later.Operation == "filter" && later.From == vessel) return false;
            if (later.Node is PromptNode { Kind: PromptKind.Discharge } taken && taken.Place == vessel) return false;
            if (later.Operation == "transfer" && later.From == vessel) return true;
        }

        return false;
    }

    /// <summary>Temperature that the liquor has when it is pumped on.</summary>
    private static double Coldest(Course course, int from)
    {
        string vessel = course.Moments[from].After.Name;
        return course.Moments.Skip(from).TakeWhile(m => !(m.Operation == "transfer" && m.From == vessel)).Where(m => m.After.Name == vessel && m.After.Celsius is not null).Select(m => m.After.Celsius!.Value).DefaultIfEmpty(100).Min();
    }
}
