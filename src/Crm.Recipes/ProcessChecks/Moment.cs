using System.Collections.Immutable;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;

namespace Crm.Recipes.ProcessChecks;

/// <summary>What a step puts into a vessel.</summary>
/// <param name="Name">Reagent, material or place.</param>
/// <param name="Shares">kg/kg of what it holds; empty: not known.</param>
/// <param name="Kilograms">null: not known before the batch.</param>
/// <param name="Metered">By a dosing pump.</param>
internal sealed record Incoming(string Name, ImmutableSortedDictionary<string, double> Shares, double? Kilograms, bool Metered)
{
    public ReagentDefinition? Reagent { get; init; }

    /// <summary>kg/h at most; null: not known.</summary>
    public double? Rate { get; init; }

    /// <summary>Hours that it takes at that rate, or that a person takes; null: not known.</summary>
    public double? Hours { get; init; }

    /// <summary>Multiple of the stoichiometric amount, where it is told so.</summary>
    public double? Multiple { get; init; }

    /// <summary>Acid that dissolves what it meets, base that neutralises: mol of protons per kg as bought.</summary>
    public double ProtonsPerKilogram => Reagent is { } r && Substances.KilogramsPerMol(r.Species) is { } mass ? Substances.Protons(r.Species) * r.MassFraction / mass : 0;
}

/// <summary>One step of the recipe with the vessel it works on, before and after.</summary>
internal sealed record Moment(ProcedureNode Node, Vessel Before, Vessel After)
{
    public Incoming? Comes { get; init; }

    /// <summary>pH that a dose goes for.</summary>
    public double? Target { get; init; }

    /// <summary>Filters: the vessel that is filtered.</summary>
    public string From { get; init; } = "";

    /// <summary>Extraction: organic over aqueous.</summary>
    public double? OrganicRatio { get; init; }

    public PhaseNode? Phase => Node as PhaseNode;

    public string Operation => Phase?.Operation ?? "";
}

/// <summary>What the checker has to say of one place of a recipe.</summary>
/// <param name="Step">Id of the step; empty: the head of the recipe.</param>
/// <param name="Key">Key of the step, or of the head, that is at fault.</param>
/// <param name="IsAdvice">Worth a look; the recipe may be right all the same.</param>
internal sealed record ProcessFinding(string Step, string Key, string Code, bool IsAdvice, string Message, string Remedy);
