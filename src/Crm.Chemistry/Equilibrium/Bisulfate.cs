namespace Crm.Chemistry.Equilibrium;

/// <summary>Free hydrogen ion of a sulfuric liquor in which HSO4- is the only acid; ideal concentrations, mol/L.</summary>
public static class Bisulfate
{
    /// <summary>
    /// Solves hydrogen = h + sulfate h / (dissociation + h): the positive root of a quadratic, written so that nothing cancels.
    /// </summary>
    /// <param name="hydrogen">H+ and HSO4- together.</param>
    /// <param name="sulfate">SO4-2 and HSO4- together.</param>
    public static double FreeHydrogen(double hydrogen, double sulfate, double dissociation)
    {
        double b = dissociation + sulfate - hydrogen, root = Math.Sqrt(b * b + 4 * dissociation * hydrogen);
        return b > 0 ? 2 * dissociation * hydrogen / (b + root) : 0.5 * (root - b);
    }

    /// <summary>HSO4- at a free hydrogen ion concentration.</summary>
    public static double Bound(double h, double sulfate, double dissociation) => sulfate * h / (dissociation + h);
}
