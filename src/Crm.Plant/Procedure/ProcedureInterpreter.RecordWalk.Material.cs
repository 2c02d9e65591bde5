using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Lots;
using Crm.Plant.Quantities;
using Crm.Plant.Records;
using Crm.Plant.UnitOperations;

namespace Crm.Plant.Procedure;

/// <content>What the walk finds out about material.</content>
public sealed partial class ProcedureInterpreter
{
    /// <summary>What the record says of arguments, lots, samples and their results.</summary>
    private sealed partial class RecordWalk
    {
        private ImmutableSortedDictionary<string, Argument> Arguments(PhaseNode phase, BatchEvent started)
        {
            const string prefix = "argument.";
            var arguments = ImmutableSortedDictionary.CreateBuilder<string, Argument>(StringComparer.Ordinal);
            foreach ((string key, string text) in started.Data)
            {
                if (!key.StartsWith(prefix, StringComparison.Ordinal)) continue;
                string name = key[prefix.Length..];
                bool isNumber = operations.TryGetValue(phase.Operation, out UnitOperationDescription? operation)
                    && operation.Parameters.Any(p => p.Name == name && p.Kind == ParameterKind.Number);
                arguments[name] = isNumber ? Argument.Of(double.Parse(text, CultureInfo.InvariantCulture)) : Argument.Of(text);
            }

            return arguments.ToImmutable();
        }

        private void Material(BatchEvent happened)
        {
            switch (happened.Kind)
            {
                case BatchEventKind.LotConsumed or BatchEventKind.LotProduced:
                    Lot(happened);
                    break;
                case BatchEventKind.Answer when tree.Find(happened.Subject) is >= 0 and var prompt && active.TryGetValue(prompt, out Course? course):
                    course.Answered = true;
                    break;
                case BatchEventKind.Sample when tree.Find(happened.Subject) is >= 0 and var taken && tree[taken] is SampleNode sample:
                    state.Taken = state.Taken.SetItem(sample.Name, sample);
                    state.Samples = state.Samples.Add(new PendingSample(sample, happened.At, happened.At + sample.Turnaround, Number(happened, "density_kg_L") ?? double.NaN));
                    break;
                case BatchEventKind.LabResult:
                    Result(happened);
                    break;
            }
        }

        private void Lot(BatchEvent happened)
        {
            if (happened.Data.GetValueOrDefault("material", "") is not { } material || Number(happened, "mass_kg") is not { } mass) return;
            bool goesIn = happened.Kind == BatchEventKind.LotConsumed, wasMadeHere = material.StartsWith(LotPrefix, StringComparison.Ordinal);
            if (goesIn && wasMadeHere) return;
            Enum.TryParse(happened.Data.GetValueOrDefault("kind", ""), out LotKind kind);
            string name = wasMadeHere ? material[LotPrefix.Length..] : material;
            state.Lots = state.Lots.Add(new Lot(happened.Data.GetValueOrDefault("lot", name), name, kind, new Measured(mass, Number(happened, "mass_u_kg") ?? 0), AssayOf(happened)));
        }

        private void Result(BatchEvent happened)
        {
            string sample = happened.Data.GetValueOrDefault("sample", happened.Subject);
            if (state.Samples.Find(s => s.Sample.Name == sample) is { } pending)
            {
                state.Samples = state.Samples.Remove(pending);
                if (!double.IsNaN(pending.Density)) state.Densities = state.Densities.SetItem(sample, pending.Density);
            }

            Assay assay = AssayOf(happened);
            if (assay.MassFractions.TryGetValue("density", out Measured density)) state.Densities = state.Densities.SetItem(sample, density.Value);
            state.Results = state.Results.SetItem(sample, assay);
        }

        private static Assay AssayOf(BatchEvent happened)
        {
            const string prefix = "element.";
            var fractions = ImmutableSortedDictionary.CreateBuilder<string, Measured>(StringComparer.Ordinal);
            foreach (string key in happened.Data.Keys)
            {
                if (!key.StartsWith(prefix, StringComparison.Ordinal) || key.EndsWith(".u", StringComparison.Ordinal)) continue;
                if (Number(happened, key) is { } value) fractions[key[prefix.Length..]] = new Measured(value, Number(happened, key + ".u") ?? 0);
            }

            return Assay.Empty with { MassFractions = fractions.ToImmutable() };
        }
    }
}
