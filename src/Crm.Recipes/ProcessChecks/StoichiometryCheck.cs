using Crm.Chemistry.Hazards;
using Crm.Plant.Procedure;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.ProcessChecks;

/// <summary>Amounts of reagents against what reacts: the recipe's own stoichiometry, and what acid the minerals of the charge take by the rows of the chemistry.</summary>
internal static class StoichiometryCheck
{
    /// <summary>Multiples of the stoichiometric amount that no shipped recipe comes near: complexing acids are given up to fivefold.</summary>
    private const double FarBelow = 0.5, Below = 0.8, Above = 6, FarAbove = 9;

    /// <summary>Acid over what all minerals could take: selective leaches take less, weak liquors more.</summary>
    private const double LeastAcid = 0.4, MostAcid = 5;

    public static IEnumerable<ProcessFinding> Of(Course course) => course.Moments.Where(m => m.Comes?.Reagent is not null).SelectMany(m => Multiple(course, m).Concat(Acid(course, m)));

    private static IEnumerable<ProcessFinding> Multiple(Course course, Moment moment)
    {
        Incoming comes = moment.Comes!;
        double? multiple = comes.Multiple ?? OfBlock(course, comes);
        bool stated = comes.Multiple is not null;
        if (multiple is not { } times || (times >= Below && times <= Above) || (!stated && times < Above)) yield break;
        bool far = times < FarBelow || times > FarAbove;
        string amount = comes.Kilograms is { } kilograms ? $"{Say.N(kilograms)} kg {Say.Words(comes.Name)}" : Say.Words(comes.Name);
        string demand = comes.Kilograms is { } all && times > 0 ? $", the charge asks for {Say.N(all / times)} kg" : "";
        yield return new ProcessFinding(
            moment.Node.Id, "amount", DiagnosticCodes.Stoichiometric, !far,
            $"{amount} is {Say.N(times)} times what the stoichiometry of the recipe asks for{demand}",
            times < 1 ? "what it should react with stays as it is: dose nearer to 1, or correct 'stoichiometry'" : "the rest stays in the liquor and has to be neutralised or washed out: dose nearer to 1, or correct 'stoichiometry'");
    }

    /// <summary>An amount in kg of a reagent that the recipe has a stoichiometry for, and doses nowhere in multiples of it: there its other doses are for something else.</summary>
    private static double? OfBlock(Course course, Incoming comes)
    {
        if (comes.Kilograms is not > 0 || !course.ChargeIsKnown || course.Moments.Any(m => m.Comes is { Multiple: not null } other && other.Name == comes.Name) || Substances.KilogramsPerMol(comes.Reagent!.Species) is not { } mass) return null;
        StoichiometricDemand? demand = course.Recipe.Demands.FirstOrDefault(d => d.Reagent == comes.Name && d.Sample is null);
        double mol = demand?.MolPerMol.Sum(m => m.Value * course.Charged.GetValueOrDefault(m.Key)) ?? 0;
        return mol > 0 ? comes.Kilograms * comes.Reagent.MassFraction / mass / mol : null;
    }

    /// <summary>The acid of a leach against the protons that its minerals take.</summary>
    private static IEnumerable<ProcessFinding> Acid(Course course, Moment moment)
    {
        Incoming comes = moment.Comes!;
        double given = comes.ProtonsPerKilogram * (comes.Kilograms ?? 0);
        if (!(given > 0) || !moment.Before.IsKnown) yield break;
        var takes = moment.Before.Holds.Select(h => (h.Key, Mol: Protons(h.Key, h.Value))).Where(t => t.Mol > 0).OrderByDescending(t => t.Mol).ToArray();
        double sum = takes.Sum(t => t.Mol);
        // A trace in a liquor is no leach.
        if (sum * 0.049 < 0.01 * moment.Before.Kilograms || moment.Before.SolidKilograms < 0.01 * moment.Before.Kilograms) yield break;
        double share = (given + Math.Max(0, moment.Before.FreeAcid)) / sum;
        if (share >= LeastAcid && share <= MostAcid) yield break;
        string minerals = string.Join(" + ", takes.Take(4).Select(t => $"{Say.N(t.Mol)} {t.Key}")) + (takes.Length > 4 ? " + others" : "");
        yield return new ProcessFinding(
            moment.Node.Id, "amount", DiagnosticCodes.AcidDemand, IsAdvice: true,
            $"{Say.N(comes.Kilograms ?? 0)} kg {Say.Words(comes.Name)} give {Say.N(given)} mol of protons, the minerals in {moment.Before.Name} take {Say.N(sum)} mol ({minerals}): {Say.N(share)} times",
            share < 1 ? "too little to leach them all: dose more, or say in a remark which of them shall stay" : "much acid is left to be neutralised: dose less, or correct 'stoichiometry'");
    }

    private static double Protons(string mineral, double kilograms) =>
        AcidTaken.Of(mineral) is { } taken && Substances.KilogramsPerMol(mineral) is { } mass ? kilograms / mass * taken.Protons : 0;
}
