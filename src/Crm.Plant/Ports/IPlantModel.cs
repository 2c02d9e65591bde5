using System.Collections.Immutable;

namespace Crm.Plant.Ports;

/// <summary>A fault to be put into the simulated plant: <paramref name="Id"/> is one the model declares, <c>leach.peroxide_pump:fail</c>.</summary>
/// <param name="At">Plant time at which it begins.</param>
public sealed record PlantFault(string Id, TimeSpan At);

/// <summary>
/// A simulated plant behind simulated buses. Time is handed in; the only chance is the seed it was built with. All mutable state is
/// reached by <see cref="Fork"/>, which gives an independent copy.
/// </summary>
public interface IPlantModel
{
    /// <summary>Integrates the physics to <paramref name="now"/> with the pins as they stand; never backwards.</summary>
    void AdvanceTo(TimeSpan now);

    /// <summary>The bus the rig file calls <paramref name="name"/>, on simulated devices.</summary>
    IBus Bus(string name);

    /// <summary>What the device at the end of the wire really does: the place where safety is asserted.</summary>
    double Pin(int output);

    /// <exception cref="ArgumentException">The model has no such fault; the message lists those it has.</exception>
    void Inject(PlantFault fault);

    /// <summary>What a person does with their hands.</summary>
    IRigHands Hands { get; }

    /// <summary>The hidden truth, kg of each element by place (units, tanks, lots, samples, reagent stores, air). Only checks; never shown as a measurement.</summary>
    PlantTruth Truth();

    IPlantModel Fork();
}

/// <summary>Element masses by place, and the same summed over everything at the start: the difference is the model's own error.</summary>
/// <param name="Places">kg by place, then element.</param>
/// <param name="Initial">kg by element in everything the model held at time zero.</param>
public sealed record PlantTruth(
    ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>> Places,
    ImmutableSortedDictionary<string, double> Initial,
    double ChargeImbalanceMol)
{
    /// <summary>Heat of everything at those places with its walls; null for a model that keeps no account of it.</summary>
    public HeatTruth? Heat { get; init; }
}

/// <summary>What the model's own account of heat says, J against 25 degC.</summary>
/// <param name="Flows">By what gave it or took it away, positive into the plant, since <paramref name="Initial"/>.</param>
public sealed record HeatTruth(double Initial, double Held, ImmutableSortedDictionary<string, double> Flows)
{
    /// <summary>Held and not accounted for: the model's own error.</summary>
    public double Imbalance => Held - Initial - Flows.Values.Sum();

    /// <summary>All that came and went.</summary>
    public double Turned => Flows.Values.Sum(Math.Abs);

    /// <summary>Of what came, went and is held.</summary>
    public double RelativeError => Imbalance / Math.Max(Turned + Math.Abs(Held), 1);
}

/// <summary>Truth about a portion of material: what a perfect scale and laboratory would say.</summary>
/// <param name="Mass">kg.</param>
/// <param name="MassFractions">kg/kg by analyte: elements, and the species <c>SO4</c>, <c>CO3</c>, <c>H2O</c> (moisture and water of crystallisation, as loss on drying finds it) and <c>assay</c> (mass fraction of the main compound).</param>
public sealed record Portion(double Mass, ImmutableSortedDictionary<string, double> MassFractions);

/// <summary>The manual work at a rig. On hardware a person does it; on the twin the unattended technician does, through this.</summary>
public interface IRigHands
{
    /// <summary>Puts solids from a feed material into a unit.</summary>
    /// <returns>What went in.</returns>
    Portion Charge(string place, string material, double kg);

    /// <summary>
    /// Lots in reach of whoever draws: those that are not yet in the drum (or the bin of a feed material) are poured in; where none of the named is in it, it is
    /// changed for them. A lot that is not on the shelf changes nothing.
    /// </summary>
    /// <param name="place">Unit that the drum doses into.</param>
    void Supply(string place, string material, ImmutableArray<string> lots);

    /// <summary>Takes the cake or crystals out of a filter or dryer as a named lot.</summary>
    Portion Discharge(string place, string lot);

    /// <summary>Takes all the liquor out of a tank as a named lot.</summary>
    Portion Book(string place, string lot);

    /// <summary>Looks at everything that stands in a place, organic and hidden corners too, and leaves it there.</summary>
    Portion Look(string place);

    /// <summary>Takes a sample; it leaves the plant.</summary>
    Portion Sample(string place, double kg);
}
