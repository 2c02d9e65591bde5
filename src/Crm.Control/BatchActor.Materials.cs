using System.Collections.Immutable;
using System.Globalization;
using Crm.Actors;
using Crm.Plant.Records;
using Crm.Plant.UnitOperations;

namespace Crm.Control;

/// <summary>Lots by name, and what is divided between batches.</summary>
internal sealed partial class BatchActor
{
    private readonly List<BatchEvent> told = [];

    /// <summary>A dose or charge names the stock lot it drew from.</summary>
    private BatchEvent WithLot(BatchEvent happened)
    {
        if (happened.Kind is not (BatchEventKind.Dose or BatchEventKind.LotConsumed)) return happened;
        string step = happened.Kind == BatchEventKind.Dose ? happened.Subject : happened.Data.GetValueOrDefault("step", "");
        if (!memory.Lots.TryGetValue(step, out string? lot)) return happened;
        bool named = happened.Data.TryGetValue("lot", out string? before) && before != happened.Data.GetValueOrDefault("material", "");
        return named ? happened : happened with { Data = happened.Data.SetItem("lot", lot) };
    }

    /// <summary>
    /// What is taken out of a pool belongs to all whose liquor went in: each gets an entry over its share of the mass, in its own record.
    /// </summary>
    private IEnumerable<BatchEvent> Shared(BatchEvent happened)
    {
        if (happened.Kind != BatchEventKind.LotProduced || !memory.Pools.TryGetValue(happened.Data.GetValueOrDefault("place", ""), out var shares) || shares.Count < 2)
            return [happened];
        return shares.Where(s => s.Value > 0).Select(s => Share(happened, s.Key, s.Value));
    }

    private static BatchEvent Share(BatchEvent happened, string batch, double share)
    {
        ImmutableSortedDictionary<string, string> data = happened.Data.SetItem("share", share.ToString("0.####", CultureInfo.InvariantCulture));
        foreach (string key in (string[])["mass_kg", "mass_u_kg"])
            if (data.TryGetValue(key, out string? text) && double.TryParse(text, CultureInfo.InvariantCulture, out double kilograms)) data = data.SetItem(key, (kilograms * share).ToString("G9", CultureInfo.InvariantCulture));
        string percent = string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#}");
        return happened with { Batch = batch, Data = data, Text = $"{happened.Text}; {percent} % of it are batch {batch}'s" };
    }

    private static bool TellsOfMaterial(BatchEvent happened) => happened.Kind is BatchEventKind.Dose or BatchEventKind.LotConsumed or BatchEventKind.LotProduced
        || (happened.Kind == BatchEventKind.StockTaken && happened.Data.GetValueOrDefault("side") == Plant.Procedure.ProcedureInterpreter.OpeningSide)
        || (happened.Kind == BatchEventKind.Note && happened.Data.ContainsKey(CleanOperation.CleanedKey));

    private void TellOfMaterial(ActorContext<BatchMessage> context)
    {
        foreach (BatchEvent happened in told) context.Tell(desk, new Materialised(memory.Number, happened));
        told.Clear();
    }
}
