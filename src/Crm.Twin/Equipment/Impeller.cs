namespace Crm.Twin.Equipment;

/// <summary>What an impeller does to the liquor around it. Of what its motor draws the rest, most of it in a vessel of this size, warms the hall in motor and gearbox.</summary>
internal static class Impeller
{
    private const double PowerNumber = 1.3;         // pitched blades, turbulent [G]
    private const double Diameter = 1.0 / 3;        // of the vessel's, which is as wide as it is high [G]
    private const double Covered = 0.3;             // fill at which the impeller is all in liquor [G]

    /// <summary>W: power number times density, speed cubed and diameter to the fifth.</summary>
    /// <param name="litres">Of the vessel.</param>
    /// <param name="held">kg in it.</param>
    public static double Watts(double rpm, double litres, double held)
    {
        if (rpm <= 0 || held <= 0) return 0;
        double turns = rpm / 60, wide = Diameter * Math.Cbrt(4e-3 * litres / Math.PI), density = 1000 * Math.Min(1, held / (Covered * litres));
        return PowerNumber * density * turns * turns * turns * wide * wide * wide * wide * wide;
    }
}
