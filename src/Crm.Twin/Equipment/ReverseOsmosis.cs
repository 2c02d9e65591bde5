using Crm.Chemistry;
using Crm.Chemistry.Properties;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;

namespace Crm.Twin.Equipment;

/// <summary>
/// Reverse osmosis, simplified solution-diffusion: the recovery falls as the osmotic pressure of the concentrate nears the pump's, and all
/// ions pass in the same small proportion so that both streams stay neutral.
/// </summary>
internal sealed class ReverseOsmosis : UnitModel
{
    public static readonly string[] Roles = ["feed_flow", "permeate_flow", "permeate_conductivity", "pressure"];

    private readonly double rejection, recovery, highest;
    private readonly int pump;
    private readonly string? permeateTo, concentrateTo;
    private double feedLitres, permeateLitres;

    public ReverseOsmosis(EquipmentDefinition definition, RigDefinition rig)
        : base(definition, rig, Roles)
    {
        rejection = Option("rejection", 0.985);
        recovery = Option("recovery", 0.75);
        highest = Option("pressure", 60);
        pump = Output("feed_pump") >= 0 ? Output("feed_pump") : Output("hp_pump");
        permeateTo = Named("permeate");
        concentrateTo = Named("concentrate");
    }

    public override double Admits(string port) => double.MaxValue;

    public override void Accept(Works works, Mixture parcel, string port, double dt)
    {
        feedLitres += parcel.Volume;
        Mixture permeate = new() { Temperature = parcel.Temperature };
        double osmotic = Osmotic(parcel);
        double taken = Math.Clamp(1 - 1.15 * osmotic / highest, 0, recovery);       // concentrate's osmotic pressure stays below the pump's
        double passing = taken * (1 - rejection);
        for (int i = 0; i < Aqueous.Count; i++)
        {
            double moved = parcel.Aq[i] * (i is Aqueous.H2O or Aqueous.H2O2 ? taken : passing);
            parcel.Aq[i] -= moved;
            permeate.Aq[i] += moved;
        }
        permeateLitres += permeate.LiquorVolume;
        if (permeate.LiquorVolume > 1e-6) Values[2] = Solution.Conductivity(permeate, 7);
        if (permeateTo is not null) works.Send(permeateTo, permeate, port, dt);
        else permeate.MoveTo(parcel, 1, 1);
        if (concentrateTo is not null) works.Send(concentrateTo, parcel, port, dt);
        else parcel.MoveTo(Holdup, 1, 1);
    }

    public override void Step(Works works, double dt)
    {
        Values[0] = feedLitres / dt * 3600;
        Values[1] = permeateLitres / dt * 3600;
        Values[3] = 1 + (feedLitres > 0 ? highest * works.PinShare(pump) : 0);
        if (feedLitres > 0) works.Use(700 * works.PinShare(pump));
        feedLitres = permeateLitres = 0;
        Moved = 0;
    }

    /// <summary>bar, as the sodium chloride brine with as many ions per kg of water.</summary>
    private static double Osmotic(Mixture m)
    {
        double ions = 0;
        for (int i = Aqueous.Li; i < Aqueous.Count; i++) ions += Math.Max(0, m.Aq[i]);
        double fraction = SodiumChlorideBrine.FractionOfIons(ions / Math.Max(m.Water, 1e-6));
        return 1e-5 * SodiumChlorideBrine.OsmoticPressure(fraction, m.Temperature);
    }
}
