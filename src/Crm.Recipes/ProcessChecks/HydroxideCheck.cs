using Crm.Chemistry.Hazards;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.ProcessChecks;

/// <summary>A pH that brings down what is to be recovered, into a cake that is thrown away.</summary>
internal static class HydroxideCheck
{
    /// <summary>The onset is an ideal one: so much beyond it must the pH go to be told.</summary>
    private const double Margin = 0.3;

    public static IEnumerable<ProcessFinding> Of(Course course)
    {
        string[] kept = [course.Recipe.Product.MainElement, .. course.Recipe.Product.Also];
        for (int i = 0; i < course.Moments.Length; i++)
        {
            Moment moment = course.Moments[i];
            if (moment.Target is not { } target || moment.Comes is not { ProtonsPerKilogram: < 0 } || CakeOf(course, i) is not { LotKind: LotKind.Residue or LotKind.Salt } cake) continue;
            foreach (string element in kept.Where(e => moment.Before.MolPerLitre(e) > 1e-4))
            {
                double dissolved = moment.Before.MolPerLitre(element);
                if (Lowest(element, dissolved) is not var (hydroxide, onset) || target < onset + Margin) continue;
                yield return new ProcessFinding(
                    moment.Node.Id, "target", DiagnosticCodes.HydroxideOnset, course.Formula.Words.Length > 0,
                    $"{hydroxide} comes out above pH {Say.N(onset)} ({Say.N(dissolved)} mol/L {element}), the target is pH {Say.N(target)}{course.Case}: {element} goes into '{cake.Material}', a {cake.LotKind.ToString().ToLowerInvariant()}",
                    $"stay below pH {Say.N(onset)} as long as the cake is not kept");
            }
        }
    }

    private static (string Hydroxide, double Ph)? Lowest(string element, double dissolved)
    {
        // Iron is oxidised before it is taken out: the ferrous hydroxide is the one that loses what shall stay.
        var onsets = Onset.Hydroxide(element, dissolved).OrderBy(o => o.Ph).ToArray();
        return onsets.Length == 0 ? null : onsets[^1];
    }

    /// <summary>What becomes of the cake of the next filtration of the vessel.</summary>
    private static PromptNode? CakeOf(Course course, int from)
    {
        string vessel = course.Moments[from].After.Name;
        string? filter = null;
        foreach (Moment later in course.Moments.Skip(from + 1))
        {
            if (filter is null && later.Operation == "filter" && later.From == vessel) filter = later.Phase!.Unit;
            if (filter is not null && later.Node is PromptNode { Kind: PromptKind.Discharge } taken && taken.Place == filter) return taken;
        }

        return null;
    }
}
