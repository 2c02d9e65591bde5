namespace Crm.Plant.Loops;

/// <summary>Controller output (percent) to actuator value and back.</summary>
public static class SplitRange
{
    /// <summary>How far a leg is driven from its rest, 0 to 1.</summary>
    public static double Fraction(in SplitLeg leg, double percent) => Share(percent, leg.From, leg.To);

    /// <summary>Actuator value of a leg, in the output's unit.</summary>
    public static double Value(in SplitLeg leg, double percent) => leg.AtFrom + Fraction(leg, percent) * (leg.AtTo - leg.AtFrom);

    /// <summary>Controller output that an actuator value stands for, percent.</summary>
    public static double Back(in SplitLeg leg, double value) => leg.From + Share(value, leg.AtFrom, leg.AtTo) * (leg.To - leg.From);

    /// <summary>Controller output that the actuators as they stand come closest to: that of the leg furthest from its rest; 0 when all rest.</summary>
    public static double Standing(LoopDefinition loop, double[] outputs)
    {
        double furthest = 0;
        double percent = 0;
        foreach (SplitLeg leg in loop.Legs)
        {
            double share = Share(outputs[leg.Output], leg.AtFrom, leg.AtTo);
            if (share <= furthest) continue;
            furthest = share;
            percent = Back(leg, outputs[leg.Output]);
        }

        return Math.Clamp(percent, loop.OutputLow, loop.OutputHigh);
    }

    private static double Share(double x, double from, double to)
    {
        if (from == to) return 0;
        double share = (x - from) / (to - from);
        return share > 0 ? Math.Min(share, 1) : 0;
    }
}
