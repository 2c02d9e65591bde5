namespace Crm.Plant.Lots;

/// <summary>A measured amount with one standard uncertainty, both in the same unit. Arithmetic takes its operands as independent.</summary>
public readonly record struct Measured(double Value, double U)
{
    public static readonly Measured Zero = new(0, 0);

    /// <summary>Coverage factor of every interval shown or judged: about 95 % (GUM 6.2).</summary>
    public const double Coverage = 2;

    /// <summary>Expanded uncertainty.</summary>
    public double Expanded => Coverage * U;

    public static Measured operator +(Measured a, Measured b) => new(a.Value + b.Value, double.Hypot(a.U, b.U));

    public static Measured operator -(Measured a, Measured b) => new(a.Value - b.Value, double.Hypot(a.U, b.U));

    public static Measured operator *(Measured a, Measured b) => new(a.Value * b.Value, double.Hypot(a.U * b.Value, b.U * a.Value));

    /// <summary>A quotient; NaN where the divisor is zero.</summary>
    public static Measured operator /(Measured a, Measured b)
    {
        if (b.Value == 0) return new(double.NaN, double.NaN);
        double ratio = a.Value / b.Value;
        return new(ratio, double.Hypot(a.U, ratio * b.U) / Math.Abs(b.Value));
    }

    public static Measured Sum(IEnumerable<Measured> parts) => parts.Aggregate(Zero, (sum, part) => sum + part);
}
