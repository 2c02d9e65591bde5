using System.Runtime.InteropServices;

namespace Crm.Plant.Outputs;

/// <summary>Who asked: a unit controller's demand is weaker than a person's, and protection is stronger than both.</summary>
public readonly record struct Owner(string Name)
{
    public override string ToString() => Name;
}

/// <summary>
/// A lease on one output or loop. It answers the image of scan <paramref name="AnswersScan"/>, takes effect at the next scan, and
/// lapses by the output's own rule when it is not renewed.
/// </summary>
/// <param name="Target">Ordinal of the output, or of the loop when <paramref name="IsLoop"/>.</param>
/// <param name="Value">Output value in its unit, or loop setpoint in the unit of its process value.</param>
/// <param name="Keep">True: leave the output where it is (renews the lease, ignores <paramref name="Value"/>).</param>
/// <param name="AtOnce">
/// True for moves towards safe (holding, stopping, aborting): no rate limit, and the first one takes the output back from manual, for
/// no mode stands in the way of STOP and ABORT (S88-08).
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Demand(int Target, bool IsLoop, double Value, bool Keep, long AnswersScan, bool AtOnce = false)
{
    /// <summary>Slower than the output's own rate, in its unit per second, and also when at once; 0: as the rest says.</summary>
    public double PerSecond { get; init; }

    public static Demand Output(int ordinal, double value, long scan) => new(ordinal, false, value, false, scan);

    public static Demand KeepOutput(int ordinal, long scan) => new(ordinal, false, 0, true, scan);

    public static Demand Loop(int ordinal, double setpoint, long scan) => new(ordinal, true, setpoint, false, scan);
}

/// <summary>The values for every output of one scan, by output ordinal, and the plant time until which they hold.</summary>
public sealed record OutputPlan(long Scan, TimeSpan At, TimeSpan ValidUntil, double[] Values);
