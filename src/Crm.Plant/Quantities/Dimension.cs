namespace Crm.Plant.Quantities;

/// <summary>Exponents of the base quantities. Besides the SI ones: turns, pH, fraction of the lower explosive limit, switch and valve positions.</summary>
public readonly record struct Dimension(
    int Mass = 0,
    int Length = 0,
    int Time = 0,
    int Temperature = 0,
    int Amount = 0,
    int Current = 0,
    int Turn = 0,
    int Acidity = 0,
    int Explosive = 0,
    int Switch = 0,
    int Position = 0)
{
    public static readonly Dimension None;

    public static Dimension operator *(Dimension a, Dimension b) => Combine(a, b, 1);

    public static Dimension operator /(Dimension a, Dimension b) => Combine(a, b, -1);

    private static Dimension Combine(Dimension a, Dimension b, int sign) => new(
        a.Mass + sign * b.Mass,
        a.Length + sign * b.Length,
        a.Time + sign * b.Time,
        a.Temperature + sign * b.Temperature,
        a.Amount + sign * b.Amount,
        a.Current + sign * b.Current,
        a.Turn + sign * b.Turn,
        a.Acidity + sign * b.Acidity,
        a.Explosive + sign * b.Explosive,
        a.Switch + sign * b.Switch,
        a.Position + sign * b.Position);
}
