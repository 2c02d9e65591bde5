namespace Crm.Plant.Loops;

/// <summary>Controller output (percent) to actuator value and back.</summary>
public static class SplitRange
{
    /// <summary>How far a leg is driven along its travel, 0 to 1.</summary>
    public static double Fraction(in SplitLeg leg, double percent) => Share(percent, leg.From, leg.To);

    /// <summary>Actuator value of a leg, in the output's unit.</summary>
    public static double Value(in SplitLeg leg, double percent)
    {
        double stroke = Stroke(leg, percent);
        return stroke < leg.Least ? leg.AtFrom : leg.AtFrom + stroke * (leg.AtTo - leg.AtFrom);
    }

    /// <summary>The leg asks for less than its actuator can do, and gets nothing.</summary>
    public static bool IsBelowLeast(in SplitLeg leg, double percent) => leg.Least > 0 && Stroke(leg, percent) is var stroke && stroke > 0 && stroke < leg.Least;

    /// <summary>Controller output that an actuator value stands for, percent.</summary>
    public static double Back(in SplitLeg leg, double value) => leg.From + Travel(leg, value) * (leg.To - leg.From);

    /// <summary>Controller output that the actuators as they stand come closest to: that of the leg furthest from its rest; 0 when all rest.</summary>
    public static double Standing(LoopDefinition loop, double[] outputs)
    {
        double furthest = 0;
        double percent = 0;
        foreach (SplitLeg leg in loop.Legs)
        {
            double share = Travel(leg, outputs[leg.Output]);
            if (share <= furthest) continue;
            furthest = share;
            percent = Back(leg, outputs[leg.Output]);
        }

        return Math.Clamp(percent, loop.OutputLow, loop.OutputHigh);
    }

    /// <summary>Share of the actuator's stroke, 0 to 1, before its least stroke is taken into account.</summary>
    public static double Stroke(in SplitLeg leg, double percent)
    {
        double travel = Fraction(leg, percent);
        return leg.Curve is { } curve ? curve.Value(100 * travel) / 100 : travel;
    }

    private static double Travel(in SplitLeg leg, double value)
    {
        double stroke = Share(value, leg.AtFrom, leg.AtTo);
        return leg.Curve is { } curve ? curve.Inverse(100 * stroke) / 100 : stroke;
    }

    private static double Share(double x, double from, double to)
    {
        if (from == to) return 0;
        double share = (x - from) / (to - from);
        return share > 0 ? Math.Min(share, 1) : 0;
    }
}
