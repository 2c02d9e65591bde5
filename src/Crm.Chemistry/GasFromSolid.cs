namespace Crm.Chemistry;

/// <summary>Upper bound of the gas that a solid gives when it dissolves completely.</summary>
public static class GasFromSolid
{
    /// <summary>Normal m3.</summary>
    /// <param name="solid">kg.</param>
    /// <param name="atoms">Element, atoms per formula unit, mol of gas per mol of that element.</param>
    /// <param name="molarVolume">L/mol.</param>
    public static double Volume(double solid, IReadOnlyList<(string Element, double Atoms, double Gas)> atoms, double molarVolume = PhysicalConstants.NormalMolarVolume)
    {
        double mass = atoms.Sum(a => a.Atoms * MolarMass.Of(a.Element));     // g/mol
        return solid / mass * atoms.Sum(a => a.Atoms * a.Gas) * molarVolume;
    }

    /// <summary>Air that dilutes a gas to a limit, in the gas's unit.</summary>
    /// <param name="limit">Volume fraction of gas in the mixture.</param>
    public static double DilutionAir(double gas, double limit) => gas * (1 / limit - 1);
}
