namespace Crm.Plant.UnitOperations;

/// <summary>Does a metered flow come as its pump was told? Names what is likely wrong: blocked, worn, running on, or running faster than it was told.</summary>
public readonly record struct FlowWatch(Lasting None, Lasting Weak, Lasting RunsOn, Lasting Fast)
{
    public static readonly FlowWatch Fresh = default;

    /// <summary>Shares of the asked flow.</summary>
    private const double NoneShare = 0.2;
    private const double WeakShare = 0.7;
    private const double FastShare = 1.5;

    /// <summary>Share of the full flow that a stopped pump may show, and a running one above what it was told (noise of the meter).</summary>
    private const double StoppedShare = 0.1;

    /// <summary>Share of the full flow below which nothing is judged.</summary>
    private const double LeastAsked = 0.02;

    private static readonly TimeSpan NoneTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WeakTime = TimeSpan.FromSeconds(240);
    private static readonly TimeSpan RunOnTime = TimeSpan.FromSeconds(45);

    /// <param name="measured">L/h.</param>
    /// <param name="asked">L/h the pump was told in the scan before.</param>
    /// <param name="full">L/h at 100 %.</param>
    /// <param name="pump">What a person calls it.</param>
    public FlowWatch Next(double measured, double asked, double full, TimeSpan elapsed, string pump, out string? fault)
    {
        bool runs = asked > LeastAsked * full;
        FlowWatch next = new(
            None.Next(runs && measured < NoneShare * asked, elapsed),
            Weak.Next(runs && measured < WeakShare * asked, elapsed),
            RunsOn.Next(asked <= 0 && measured > StoppedShare * full, elapsed),
            Fast.Next(runs && measured > FastShare * asked && measured - asked > StoppedShare * full, elapsed));
        string figures = $"{measured.F("0.0")} L/h, {asked.F("0.0")} L/h asked";
        fault = next.None.For >= NoneTime ? $"{pump}: {figures}: line blocked or pump does not run"
            : next.Weak.For >= WeakTime ? $"{pump}: {figures}: pump worn"
            : next.RunsOn.For >= RunOnTime || next.Fast.For >= WeakTime ? $"{pump}: {figures}: relay stuck, it runs on"
            : null;
        return next;
    }
}
