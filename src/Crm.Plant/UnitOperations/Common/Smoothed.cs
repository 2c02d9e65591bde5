namespace Crm.Plant.UnitOperations;

/// <summary>First-order smoothing of a noisy reading. NaN until the first value.</summary>
public readonly record struct Smoothed(double Value)
{
    public static readonly Smoothed Unset = new(double.NaN);

    public bool IsSet => !double.IsNaN(Value);

    /// <param name="constant">Time constant.</param>
    public Smoothed Next(double raw, TimeSpan elapsed, TimeSpan constant) =>
        IsSet ? new(Value + ((raw - Value) * (1 - Math.Exp(-elapsed / constant)))) : new(raw);
}

/// <summary>How long something has been true without a break.</summary>
public readonly record struct Lasting(TimeSpan For)
{
    public Lasting Next(bool isTrue, TimeSpan elapsed) => isTrue ? new(For + elapsed) : default;
}
