using Crm.Plant.Rigs;
using Crm.Plant.Twins;

namespace Crm.Twin.Equipment;

/// <summary>Vapour compressor: the machine alone. What it does for a boiling vessel is <see cref="Recompression"/>, which asks here whether it turns.</summary>
internal sealed class Compressor : UnitModel
{
    public static readonly string[] Roles = ["running", "speed"];

    private const double RunUp = 5;             // s [G]
    private const double Least = 0.5;           // of its speed, below which it holds no pressure [G]

    private readonly int motor;
    private double speed;

    public Compressor(EquipmentDefinition definition, RigDefinition rig)
        : base(definition, rig, Roles) => motor = Output("motor");

    /// <summary>Whether it holds the pressure between vapour and jacket.</summary>
    public bool Compresses => speed >= Least;

    public override void Step(Works works, double dt)
    {
        speed += (works.PinShare(motor) - speed) * (1 - Math.Exp(-dt / RunUp));
        Values[0] = Compresses ? 1 : 0;
        Values[1] = 100 * speed;
    }
}
