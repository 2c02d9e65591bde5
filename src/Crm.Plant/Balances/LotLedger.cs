using System.Collections.Immutable;
using Crm.Plant.Lots;
using Crm.Plant.Records;

namespace Crm.Plant.Balances;

/// <summary>Books the lots of a batch from its events: each lot once, portions added before the assay is applied.</summary>
internal static class LotLedger
{
    private const string LotReference = "lot:";

    public static ImmutableArray<LotLine> Book(ImmutableArray<BatchEvent> events, List<string> doubts)
    {
        var consumed = Lots(events, BatchEventKind.LotConsumed, LotKind.Feed, doubts);
        var produced = Lots(events, BatchEventKind.LotProduced, LotKind.Intermediate, doubts);
        var lines = ImmutableArray.CreateBuilder<LotLine>();
        lines.AddRange(consumed.Where(lot => MadeHere(lot, produced) is null).Select(lot => Line(lot, LotSide.In)));
        foreach (var lot in produced)
        {
            var usedAgain = consumed.Where(other => MadeHere(other, produced) == lot).Select(other => other.Mass).ToList();
            lines.AddRange(Divide(lot, usedAgain));
        }

        lines.AddRange(Stocks(events, doubts));
        lines.AddRange(Samples(events, doubts));
        var madeFrom = LotTrace.MadeFrom(events);
        return [.. lines.Select(line => line.Side is LotSide.Out or LotSide.Within && madeFrom.TryGetValue(line.Id, out var from) ? line with { MadeFrom = from } : line)];
    }

    /// <summary>What stood in the plant at the start came in with it, what stays for the next batch leaves this one.</summary>
    private static IEnumerable<LotLine> Stocks(ImmutableArray<BatchEvent> events, List<string> doubts)
    {
        bool Opens(BatchEvent happened) => EventData.Word(happened, "side", "") == Procedure.ProcedureInterpreter.OpeningSide;
        foreach (var side in events.Where(e => e.Kind == BatchEventKind.StockTaken).GroupBy(Opens))
        {
            foreach (var lot in Lots([.. side], BatchEventKind.StockTaken, LotKind.Intermediate, doubts)) yield return Line(lot, side.Key ? LotSide.In : LotSide.Out);
        }
    }

    /// <summary>The lot of this batch that a weigh-in took, by its id or as <c>lot:name</c>; null for feed from outside.</summary>
    private static Weighed? MadeHere(Weighed consumed, IReadOnlyList<Weighed> produced)
    {
        string id = Bare(consumed.Id), material = Bare(consumed.Material);
        return produced.FirstOrDefault(lot => lot.Id == id) ?? produced.FirstOrDefault(lot => consumed.Material.StartsWith(LotReference, StringComparison.Ordinal) && (lot.Id == material || lot.Material == material));
    }

    /// <summary>What was used again is within the batch; a rest larger than the weighing can explain stays as a lot out.</summary>
    private static IEnumerable<LotLine> Divide(Weighed lot, List<Measured> usedAgain)
    {
        if (usedAgain.Count == 0) return [Line(lot, LotSide.Out)];
        var used = Measured.Sum(usedAgain);
        var rest = lot.Mass - used;
        double explained = Math.Max(rest.Expanded, 0.005 * lot.Mass.Value);
        return rest.Value <= explained
            ? [Line(lot, LotSide.Within)]
            : [Line(lot with { Mass = used }, LotSide.Within), Line(lot with { Mass = rest }, LotSide.Out)];
    }

    private static List<Weighed> Lots(ImmutableArray<BatchEvent> events, BatchEventKind kind, LotKind otherwise, List<string> doubts)
    {
        var lots = new List<Weighed>();
        foreach (var happened in events.Where(e => e.Kind == kind))
        {
            if (EventData.Mass(happened) is not { } mass)
            {
                doubts.Add($"Lot {happened.Subject} was booked without a mass; it is in no balance.");
                continue;
            }

            var portion = new Weighed(
                happened.Subject, EventData.Word(happened, "material", happened.Subject), EventData.Kind(happened, otherwise), mass, EventData.MassFractions(happened));
            int known = lots.FindIndex(lot => lot.Id == portion.Id);
            if (known < 0) lots.Add(portion);
            else lots[known] = lots[known].With(portion);
        }

        return lots;
    }

    private static IEnumerable<LotLine> Samples(ImmutableArray<BatchEvent> events, List<string> doubts)
    {
        var results = events.Where(e => e.Kind == BatchEventKind.LabResult).ToList();
        foreach (string sample in results.Select(SampleName).Distinct(StringComparer.Ordinal))
        {
            // A corrected result replaces the earlier one: the sample was taken once.
            var last = results.Last(e => SampleName(e) == sample);
            if (EventData.Mass(last) is { } mass)
            {
                string place = EventData.Word(last, "place", "");
                yield return Line(new Weighed(sample, place, LotKind.Intermediate, mass, EventData.MassFractions(last)), LotSide.Sample);
            }
        }

        var answered = results.Select(SampleName).ToHashSet(StringComparer.Ordinal);
        foreach (string name in events.Where(e => e.Kind == BatchEventKind.Sample).Select(SampleName).Distinct(StringComparer.Ordinal))
        {
            if (!answered.Contains(name)) doubts.Add($"Sample {name} was taken, but no result came; what it held is missing from the balances.");
        }
    }

    private static string SampleName(BatchEvent happened) => EventData.Word(happened, "sample", happened.Subject);

    private static string Bare(string name) => name.StartsWith(LotReference, StringComparison.Ordinal) ? name[LotReference.Length..] : name;

    private static LotLine Line(Weighed lot, LotSide side) => new(
        lot.Id, lot.Material, lot.Kind, side, lot.Mass, lot.MassFractions,
        lot.MassFractions.ToImmutableSortedDictionary(part => part.Key, part => part.Value * lot.Mass, StringComparer.Ordinal));

    private sealed record Weighed(string Id, string Material, LotKind Kind, Measured Mass, ImmutableSortedDictionary<string, Measured> MassFractions)
    {
        /// <summary>
        /// One more portion of the same lot: weighings are independent, but the assay is one and the same, so its uncertainty does not
        /// shrink with the number of portions. Different assays of one lot are averaged by mass with the larger uncertainty.
        /// </summary>
        public Weighed With(Weighed portion)
        {
            var fractions = MassFractions.ToBuilder();
            foreach (var (analyte, found) in portion.MassFractions)
            {
                fractions[analyte] = fractions.TryGetValue(analyte, out var before) ? Averaged(before, Mass.Value, found, portion.Mass.Value) : found;
            }

            return this with { Mass = Mass + portion.Mass, MassFractions = fractions.ToImmutable() };
        }

        private static Measured Averaged(Measured a, double massA, Measured b, double massB) =>
            a == b || massA + massB == 0 ? a : new((a.Value * massA + b.Value * massB) / (massA + massB), Math.Max(a.U, b.U));
    }
}
