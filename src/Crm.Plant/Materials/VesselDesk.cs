using System.Collections.Immutable;
using Crm.Plant.Records;
using Crm.Plant.UnitOperations;

namespace Crm.Plant.Materials;

/// <summary>Status of every vessel of a rig, in the order of the rig file. Immutable: copying it is forking it.</summary>
public sealed record VesselDesk(ImmutableArray<VesselStatus> Vessels, CompatibilityTable Table)
{
    public static VesselDesk Of(IEnumerable<string> vessels, CompatibilityTable table) => new([.. vessels.Select(VesselStatus.New)], table);

    /// <summary>Null when the rig has no such vessel.</summary>
    public VesselStatus? Find(string vessel)
    {
        foreach (VesselStatus status in Vessels)
            if (status.Vessel == vessel) return status;
        return null;
    }

    public VesselDesk With(VesselStatus changed)
    {
        for (int i = 0; i < Vessels.Length; i++)
            if (Vessels[i].Vessel == changed.Vessel) return this with { Vessels = Vessels.SetItem(i, changed) };
        return this with { Vessels = Vessels.Add(changed) };
    }

    /// <summary>What the batch record says of a vessel's cleaning: <c>clean</c> notes its verified rinse.</summary>
    public VesselDesk Seen(BatchEvent happened) =>
        happened.Data.TryGetValue(CleanOperation.CleanedKey, out string? vessel) && Find(vessel) is { } status
            ? With(status.Drawn(0).Cleaned(verified: true))
            : this;

    /// <summary>A charge has gone in; refused (text) or done.</summary>
    public VesselDesk Charged(string vessel, Charge charge, double? working, DateOnly today, out string? refused)
    {
        VesselStatus status = Find(vessel) ?? VesselStatus.New(vessel);
        refused = ChargeCheck.WhyNot(status, charge, Table, working, today);
        return refused is null ? With(status.Filled(charge.Material, charge.Lot?.Id ?? "", charge.Litres, Table)) : this;
    }

    /// <summary>Liquor goes from one vessel to another; the receiver is judged like any charge.</summary>
    public VesselDesk Moved(string from, string to, double litres, double? working, DateOnly today, out string? refused)
    {
        VesselStatus source = Find(from) ?? VesselStatus.New(from);
        refused = source.Litres + VesselStatus.Film < litres ? $"{source}: {litres.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)} L cannot be drawn" : null;
        if (refused is not null) return this;
        VesselDesk after = Charged(to, new Charge(source.Contents, null, 0, litres, 0), working, today, out refused);
        return refused is null ? after.With(source.Drawn(source.Litres - litres)) : this;
    }
}
