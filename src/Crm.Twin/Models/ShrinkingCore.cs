using Crm.Chemistry.Numerics;

namespace Crm.Twin.Models;

public enum ShrinkingCoreControl
{
    /// <summary>The reaction at the surface of the unreacted core.</summary>
    Reaction,

    /// <summary>Diffusion through the layer that the reaction leaves behind.</summary>
    ProductLayer,
}

/// <summary>Shrinking-core laws in a constant environment: Levenspiel, Chemical Reaction Engineering, chapter 25; spheres of one size.</summary>
public static class ShrinkingCore
{
    /// <summary>Surface of the unreacted core relative to the fresh particle.</summary>
    public static double Surface(double unreacted) => Math.Pow(unreacted, 2.0 / 3);

    /// <summary>Time to reach a conversion over the time to finish.</summary>
    public static double TimeOverTau(ShrinkingCoreControl control, double conversion)
    {
        double core = Math.Cbrt(1 - conversion), gone = conversion / (1 + core * (1 + core));      // 1 - r/R without cancelling
        return control == ShrinkingCoreControl.Reaction ? gone : gone * gone * (3 - 2 * gone);
    }

    /// <summary>Conversion after a time relative to the time to finish; complete from 1 on.</summary>
    public static double Conversion(ShrinkingCoreControl control, double timeOverTau)
    {
        if (timeOverTau >= 1) return 1;
        double gone = control == ShrinkingCoreControl.Reaction
            ? timeOverTau
            : Bracket.Root(g => g * g * (3 - 2 * g) - timeOverTau, 0, 1, "conversion of the shrinking core");
        return gone * (3 - gone * (3 - gone));          // 1 - (1 - gone)^3
    }
}
