using System.Collections.Immutable;
using Crm.Twin.Checks.Models;

namespace Crm.Twin.Checks;

/// <summary>The models a case may name: each reads its inputs and calls the physics that the equipment uses. One file per field in Models/.</summary>
public static class CaseModels
{
    public static ImmutableSortedDictionary<string, Func<CaseInputs, CaseOutputs>> All { get; } =
        new[] { LeachCases.All, ExtractionCases.All, EquilibriumCases.All, CrystallisationCases.All, PropertyCases.All, MembraneCases.All, EvaporationCases.All, IonExchangeCases.All, PlantCases.All }
            .SelectMany(group => group)
            .ToImmutableSortedDictionary(m => m.Name, m => m.Run, StringComparer.Ordinal);
}
