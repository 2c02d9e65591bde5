namespace Crm.Chemistry.Numerics;

/// <summary>Elementary functions where the obvious formula loses its digits.</summary>
public static class Precise
{
    /// <summary>exp(x) - 1 to full precision near zero (Kahan); the framework's own subtracts 1.</summary>
    public static double ExpM1(double x)
    {
        double u = Math.Exp(x);
        if (u == 1) return x;
        return Math.Abs(x) < 1 ? (u - 1) * x / Math.Log(u) : u - 1;
    }
}
