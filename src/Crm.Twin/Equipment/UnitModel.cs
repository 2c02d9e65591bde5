using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Twin.Faults;

namespace Crm.Twin.Equipment;

/// <summary>
/// The model behind one unit: what it holds, what its instruments would read if they were perfect, and how it steps. All mutable state
/// is copied by <see cref="Copy"/>.
/// </summary>
internal abstract class UnitModel
{
    private readonly EquipmentDefinition definition;
    private readonly string[] roles;
    private readonly double hallUa;

    protected UnitModel(EquipmentDefinition definition, RigDefinition rig, string[] roles)
    {
        this.definition = definition;
        this.roles = roles;
        Unit = definition.Unit;
        Rig = rig;
        Values = new double[roles.Length];
        GrossVolume = Option("volume", 50);
        hallUa = Option("loss_ua", double.NaN);
    }

    public string Unit { get; }

    protected RigDefinition Rig { get; }

    public double GrossVolume { get; }

    /// <summary>What the unit holds.</summary>
    public Mixture Holdup { get; private set; } = new();

    /// <summary>True values by role; the sensors read these.</summary>
    public double[] Values { get; private set; }

    /// <summary>Litres that came in or went out since the last step; a unit with flow is stepped finely.</summary>
    public double Moved { get; set; }

    /// <summary>Whether solids go along when slurry is drawn off.</summary>
    public virtual bool Suspends => false;

    /// <summary>Largest flow it takes, L/h.</summary>
    public virtual double Admits(string port) => Holdup.Volume < GrossVolume ? double.MaxValue : 0;

    /// <summary>Slot of a role; a second or third instrument on the same quantity has <c>_b</c> or <c>_c</c> behind it.</summary>
    public int Slot(string role)
    {
        int slot = Array.IndexOf(roles, role);
        return slot < 0 && IsTwin(role) ? Array.IndexOf(roles, role[..^2]) : slot;
    }

    private static bool IsTwin(string role) => role.EndsWith("_b", StringComparison.Ordinal) || role.EndsWith("_c", StringComparison.Ordinal);

    /// <summary>Advances by <paramref name="dt"/> seconds (called every second).</summary>
    public abstract void Step(Works works, double dt);

    /// <summary>Takes the whole parcel. <paramref name="port"/> is the role of the pump that drove it.</summary>
    public virtual void Accept(Works works, Mixture parcel, string port, double dt)
    {
        Moved += parcel.Volume;
        Receive(parcel);
    }

    /// <summary>J/K of wall that always has the temperature of <see cref="Holdup"/>.</summary>
    protected virtual double WallHeat => 0;

    /// <summary>J/K of contents and wall.</summary>
    protected double Capacity => Holdup.HeatCapacity + WallHeat;

    /// <summary>Heat of contents and wall, J against the standard temperature.</summary>
    public double Sensible => Capacity * (Holdup.Temperature - PhysicalConstants.StandardTemperature);

    /// <summary>The same with jacket, muffle, stages, bed and whatever else of the unit is warm.</summary>
    public virtual double HeatHeld => Sensible;

    /// <summary>Mixes a parcel with contents and wall.</summary>
    protected void Receive(Mixture parcel) => parcel.MoveTo(Holdup, 1, 1, 1, WallHeat);

    /// <summary>Gives contents and wall heat from outside, J.</summary>
    public void Warm(Works works, HeatFlow flow, double heat)
    {
        double capacity = Capacity;
        if (heat == 0 || capacity <= 1e-9) return;
        Holdup.Temperature += heat / capacity;
        works.Heat.Book(flow, heat);
    }

    /// <summary>Temperature after the contents have reacted: their heat before, what reactions gave, less what gases took along at the temperature they came off.</summary>
    /// <param name="before"><see cref="Sensible"/> before.</param>
    /// <param name="given">J, booked by the caller.</param>
    public void Close(Works works, double before, double given, double[] gas)
    {
        double gone = Gas.Enthalpy(gas, Holdup.Temperature);
        works.Heat.Book(HeatFlow.Vent, -gone);
        Hold(before + given - gone);
    }

    /// <summary>Gives contents and wall the temperature at which they hold that heat, J.</summary>
    protected void Hold(double heat)
    {
        double capacity = Capacity;
        if (capacity > 1e-9) Holdup.Temperature = PhysicalConstants.StandardTemperature + heat / capacity;
    }

    /// <summary>Lets something of the unit drift to the hall's temperature: by the unit's <c>loss_ua</c>, or where there is none as fast as any amount of it does.</summary>
    /// <param name="wall">J/K that go along.</param>
    /// <param name="share">Of the unit's surface.</param>
    /// <param name="seconds">To 1/e when nothing is declared.</param>
    protected void Drift(Works works, Mixture m, double wall, double share, double seconds, double dt)
    {
        double capacity = m.HeatCapacity + wall;
        double rate = double.IsNaN(hallUa) ? 1 / seconds : hallUa * share / Math.Max(capacity, 1e-9);
        double change = (works.Ambient - m.Temperature) * (1 - Math.Exp(-dt * rate));
        m.Temperature += change;
        works.Heat.Book(HeatFlow.Hall, capacity * change);
    }

    /// <summary>Everything that a person takes out when the unit is emptied.</summary>
    public virtual void Drain(Mixture into) => Holdup.MoveTo(into, 1, 1);

    /// <summary>A copy of everything that stands in the unit.</summary>
    public virtual Mixture Standing() => Holdup.Copy();

    /// <summary>Solids put in by hand.</summary>
    public virtual void Charge(Mixture material) => Receive(material);

    /// <summary>Solids and sorbed matter apart from <see cref="Holdup"/>.</summary>
    public virtual void AddHidden(double[] kg)
    {
    }

    public virtual double HiddenCharge => 0;

    /// <summary>A fault of the equipment itself; a model that knows none of that kind ignores it.</summary>
    public virtual void Suffer(FaultKind kind, double size)
    {
    }

    public UnitModel Copy()
    {
        UnitModel copy = (UnitModel)MemberwiseClone();
        copy.Holdup = Holdup.Copy();
        copy.Values = (double[])Values.Clone();
        copy.CopyState();
        return copy;
    }

    /// <summary>Copies reference-typed state of a subclass after a memberwise clone.</summary>
    protected virtual void CopyState()
    {
    }

    protected double Option(string name, double otherwise) => definition.Numbers.GetValueOrDefault(name, otherwise);

    protected string? Named(string name) => definition.Names.GetValueOrDefault(name);

    protected ImmutableArray<string> Listed(string name) => definition.Lists.TryGetValue(name, out ImmutableArray<string> list) ? list : [];

    /// <summary>Ordinal of this unit's output by role, or -1.</summary>
    protected int Output(string role) => Rig.Output(Unit, role);

    /// <summary>Draws litres from the liquor (with solids when suspended) into a new parcel.</summary>
    public Mixture Draw(double litres)
    {
        Mixture parcel = new() { Temperature = Holdup.Temperature };
        double liquor = Holdup.LiquorVolume + Holdup.OrganicVolume, all = Suspends ? Holdup.Volume : liquor;
        if (all <= 1e-9 || litres <= 0) return parcel;
        double part = all - litres < 0.02 ? 1 : litres / all;
        Holdup.MoveTo(parcel, part, Suspends ? part : 0.02 * part);
        Moved += litres;
        return parcel;
    }

    /// <summary>Litres that a pump can reach.</summary>
    public double Reachable => Suspends ? Holdup.Volume : Holdup.LiquorVolume + Holdup.OrganicVolume;
}
