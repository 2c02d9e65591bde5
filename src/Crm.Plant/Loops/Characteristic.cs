using System.Collections.Immutable;

namespace Crm.Plant.Loops;

/// <summary>One point of a <see cref="Characteristic"/>.</summary>
public readonly record struct CharacteristicPoint(double X, double Y);

/// <summary>
/// A rising curve of straight pieces, held beyond its ends: what a valve passes at an opening, or the reagent a sample took to a pH
/// (titration curve, PID-22). Invertible.
/// </summary>
public sealed class Characteristic
{
    private readonly ImmutableArray<CharacteristicPoint> points;

    /// <exception cref="ArgumentException">Fewer than two points, or one of them does not rise.</exception>
    public Characteristic(ImmutableArray<CharacteristicPoint> points)
    {
        if (WhyNot(points) is { } why) throw new ArgumentException(why, nameof(points));
        this.points = points;
    }

    public ImmutableArray<CharacteristicPoint> Points => points;

    /// <summary>Why points do not make a curve; null when they do.</summary>
    public static string? WhyNot(ImmutableArray<CharacteristicPoint> points)
    {
        if (points.Length < 2) return "a curve needs two points or more";
        for (int i = 1; i < points.Length; i++)
        {
            if (!(points[i].X > points[i - 1].X)) return "the first numbers of a curve must rise";
            if (!(points[i].Y > points[i - 1].Y)) return "the second numbers of a curve must rise";
        }

        return null;
    }

    /// <summary>Value at <paramref name="x"/>; beyond the ends the last piece goes on, so that an error never vanishes there.</summary>
    public double Extended(double x)
    {
        int i = 1;
        while (i < points.Length - 1 && x > points[i].X) i++;
        return Along(x, points[i - 1].X, points[i].X, points[i - 1].Y, points[i].Y);
    }

    public double Value(double x) => Extended(Math.Clamp(x, points[0].X, points[^1].X));

    /// <summary>Where the curve has the value <paramref name="y"/>.</summary>
    public double Inverse(double y)
    {
        y = Math.Clamp(y, points[0].Y, points[^1].Y);
        int i = 1;
        while (i < points.Length - 1 && y > points[i].Y) i++;
        return Along(y, points[i - 1].Y, points[i].Y, points[i - 1].X, points[i].X);
    }

    private static double Along(double x, double x0, double x1, double y0, double y1) => y0 + (x - x0) / (x1 - x0) * (y1 - y0);
}
