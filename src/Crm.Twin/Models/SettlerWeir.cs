using Crm.Chemistry;

namespace Crm.Twin.Models;

/// <summary>Overflow weir of a settler: flow = Cd sqrt(g) width head^1.5 (prommis/prommis src/prommis/solvent_extraction/settler_tank.py).</summary>
/// <param name="Height">m above the bottom.</param>
/// <param name="Width">m.</param>
public sealed record SettlerWeir(double Height, double Width, double DischargeCoefficient)
{
    /// <summary>m over the weir for a flow in m3/s.</summary>
    public double Crest(double flow) => Math.Pow(flow / (DischargeCoefficient * Math.Sqrt(PhysicalConstants.Gravity) * Width), 2.0 / 3);

    /// <summary>m3/s for a crest in m: the inverse of <see cref="Crest"/>.</summary>
    public double Flow(double crest) => crest <= 0 ? 0 : DischargeCoefficient * Math.Sqrt(PhysicalConstants.Gravity) * Width * Math.Pow(crest, 1.5);

    /// <summary>m of light phase above a heavy phase of that height.</summary>
    public double LightPhase(double flow, double heavyHeight) => Height + Crest(flow) - heavyHeight;
}
