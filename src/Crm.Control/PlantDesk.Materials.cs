using System.Collections.Immutable;
using System.Globalization;
using Crm.Actors;
using Crm.Plant.Materials;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;

namespace Crm.Control;

/// <summary>Material: judged before it moves, kept from what was really done, told to the record and across batches.</summary>
public sealed partial class PlantDesk
{
    private void HandleMaterial(DeskMessage message, ActorContext<DeskMessage> context)
    {
        switch (message)
        {
            case Ordered { Order: AskToCharge ask } asked:
                Judge(asked.Batch, ask, context);
                break;
            case Ordered { Order: ChargeEnded ended } done:
                EndMovement(done.Batch, Owner(done.Batch, ended.Step), context);
                break;
            case Materialised told:
                Take(told.Batch, told.Happened, context);
                break;
            case DayIs day:
                memory.Materials = memory.Materials with { Today = day.Day };
                break;
        }
    }

    private void Judge(int batch, AskToCharge ask, ActorContext<DeskMessage> context)
    {
        if (memory.Frame is not { } frame) return;
        if (memory.Materials.Judge(rig, Owner(batch), ask.Movement, frame.Image) is { } refusal)
        {
            context.Tell(batches(batch).Actor, new ChargeRefused(ask.Step, memory.Materials.Instead(rig, ask.Movement, refusal)));
            return;
        }

        Movement allowed = ask.Movement with { Lots = memory.Materials.LotsOf(ask.Movement) };
        memory.Moving = memory.Moving.SetItem(Owner(batch, ask.Step), (allowed, frame.Image));
        context.Tell(batches(batch).Actor, new ChargeAllowed(ask.Step, string.Join(' ', allowed.Lots)));
    }

    /// <summary>What went along a line, by the levels at both ends.</summary>
    private void EndMovement(int batch, string owner, ActorContext<DeskMessage> context)
    {
        if (memory.Frame is not { } frame || !memory.Moving.TryGetValue(owner, out var moving)) return;
        memory.Moving = memory.Moving.Remove(owner);
        if (moving.Movement.From.Length == 0) return;
        double fell = -Rise(moving.Movement.From, moving.Begun, frame.Image), rose = Rise(moving.Movement.To, moving.Begun, frame.Image);
        // The level of a service tank moves by what the service does itself: there the recipe's volume tells.
        bool told = rig.Units[rig.Unit(moving.Movement.To)].IsService && moving.Movement.Litres > 0;
        double litres = told ? moving.Movement.Litres : rig.Units[rig.Unit(moving.Movement.From)].IsService || double.IsNaN(fell) ? rose : fell;
        if (moving.Movement.Through.Length > 0) PassThrough(batch, moving.Movement, moving.Begun, litres, frame.Image);

        if (double.IsNaN(litres) || litres <= VesselStatus.Film) return;
        memory.Materials = memory.Materials.Moved(rig, Owner(batch), moving.Movement, litres, frame.Image);
        Keep(batch, moving.Movement.To, BatchEvent.NoData);
        if (!rig.Units[rig.Unit(moving.Movement.From)].IsService) Keep(batch, moving.Movement.From, BatchEvent.NoData);
        TellPools(context);
    }

    private void PassThrough(int batch, Movement movement, Image begun, double litres, Image ended)
    {
        if (movement.Feeds.IsEmpty)
        {
            memory.Materials = memory.Materials.Filtered(rig, Owner(batch), movement, litres, ended);
            Keep(batch, movement.Through, BatchEvent.NoData);
            return;
        }

        foreach (string outlet in rig.Units[rig.Unit(movement.Through)].Outlets.Where(o => o != movement.To))
        {
            memory.Materials = memory.Materials.Extracted(rig, Owner(batch), movement, outlet, Rise(outlet, begun, ended), ended);
            Keep(batch, outlet, BatchEvent.NoData);
        }
    }

    private void EndMovements(int batch, ActorContext<DeskMessage> context)
    {
        string prefix = Owner(batch) + "/";
        foreach (string owner in memory.Moving.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal))) EndMovement(batch, owner, context);
        foreach (string pool in memory.Settling.Keys.Where(p => memory.Settling[p] == batch))
        {
            memory.Settling = memory.Settling.Remove(pool);
            memory.Materials = memory.Materials.Settled(pool);
            TellPools(context);
        }
    }

    private void Take(int batch, BatchEvent happened, ActorContext<DeskMessage> context)
    {
        string place = happened.Data.GetValueOrDefault("place", happened.Data.GetValueOrDefault("unit", ""));
        switch (happened.Kind)
        {
            case BatchEventKind.Dose or BatchEventKind.LotConsumed when double.TryParse(happened.Data.GetValueOrDefault("mass_kg"), CultureInfo.InvariantCulture, out double kilograms):
                string named = happened.Data.GetValueOrDefault("reagent", happened.Data.GetValueOrDefault("material", ""));
                string material = named[(named.IndexOf(':', StringComparison.Ordinal) + 1)..];
                string lot = happened.Data.GetValueOrDefault("lot", "");
                memory.Materials = memory.Materials.Charged(rig, Owner(batch), place, material, lot, kilograms);
                var drawn = BatchEvent.NoData.Add("lot", lot).Add("drawn_kg", kilograms.ToString("0.####", CultureInfo.InvariantCulture));
                Keep(batch, place, lot.Length > 0 ? drawn : BatchEvent.NoData);
                break;
            case BatchEventKind.StockTaken when rig.Unit(place) >= 0:
                memory.Materials = memory.Materials.TakenOver(rig, place, Owner(batch));
                Keep(batch, place, BatchEvent.NoData);
                break;
            case BatchEventKind.LotProduced when rig.Unit(place) >= 0:
                memory.Materials = memory.Materials.Produced(rig, place, happened.Data.GetValueOrDefault("lot", happened.Subject));
                if (MaterialBook.PlaceOf(rig, place) is var pool && pool != place) memory.Settling = memory.Settling.SetItem(pool, batch);
                Keep(batch, place, memory.Materials.LotFacts(happened.Data.GetValueOrDefault("lot", happened.Subject)).AddRange(PutOnShelf(batch, happened)));
                break;
            case BatchEventKind.Note when happened.Data.ContainsKey(CleanOperation.CleanedKey):
                memory.Materials = memory.Materials.Cleaned(happened);
                Keep(batch, happened.Data[CleanOperation.CleanedKey], BatchEvent.NoData);
                break;
        }
    }

    /// <summary>A lot that another batch of the campaign takes stands on the shelf from now on, before what was bought.</summary>
    /// <returns>Facts for the record.</returns>
    private ImmutableSortedDictionary<string, string> PutOnShelf(int batch, BatchEvent happened)
    {
        if (!memory.Promised.TryGetValue($"{Owner(batch)}/{happened.Data.GetValueOrDefault("material", "")}", out string? material)) return BatchEvent.NoData;
        if (!double.TryParse(happened.Data.GetValueOrDefault("mass_kg"), CultureInfo.InvariantCulture, out double kilograms)) return BatchEvent.NoData;
        memory.Materials = memory.Materials.Shelved(happened.Data.GetValueOrDefault("lot", happened.Subject), material, kilograms);
        return BatchEvent.NoData.Add(MaterialBook.ShelvedAs, material).Add("shelved_kg", kilograms.ToString("0.####", CultureInfo.InvariantCulture));
    }

    private void Keep(int batch, string unit, ImmutableSortedDictionary<string, string> more)
    {
        string place = MaterialBook.PlaceOf(rig, unit);
        // A column has neither level nor load cells: what is in it is known by the lots that are taken out.
        if (memory.Materials.Vessels.Find(place) is not { } status || (place == unit && status.Kilograms is null && more.IsEmpty && rig.Tag(unit, "level") < 0)) return;
        string of = status.From.Litres.Count > 1 ? $" ({string.Join(", ", status.From.Shares().Select(s => string.Create(CultureInfo.InvariantCulture, $"{100 * s.Value:0} % of {s.Key}")))})" : "";
        string made = more.TryGetValue("produced", out string? lot) ? $"; lot {lot} is made from {(more["made_from"].Length > 0 ? more["made_from"] : "no lot of the stock")}" : "";
        record.Keep(new BatchEvent(Now, memory.Frame?.Scan ?? 0, BatchEventKind.Material, place, $"{status}{of}{made}", "material", memory.Materials.Facts(place).AddRange(more)) { Batch = Owner(batch) });
    }

    private void TellPools(ActorContext<DeskMessage> context)
    {
        var shares = rig.Units.Where(u => u.Pool.Length > 0).ToImmutableSortedDictionary(u => u.Name, u => memory.Materials.SharesOf(rig, u.Name), StringComparer.Ordinal);
        if (shares.IsEmpty) return;
        for (int batch = 0; batch < batchCount(); batch++) context.Tell(batches(batch).Actor, new PoolsTold(shares));
    }

    /// <summary>L; not a number where no level tells.</summary>
    private double Rise(string unit, Image begun, Image ended)
    {
        int level = rig.Tag(unit, "level");
        return level < 0 || begun[level].IsBad || ended[level].IsBad ? double.NaN : ended[level].Value - begun[level].Value;
    }
}
