namespace Crm.Host.Tests;

/// <summary>A machine's clock that somebody sets: the wall clock jumps, the steady one does not.</summary>
/// <param name="runs">Both go on with the machine's own; else they stand until time passes.</param>
internal sealed class JumpingClock(bool runs = false) : TimeProvider
{
    private static readonly DateTimeOffset start = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private readonly long began = System.GetTimestamp();
    private long passed, ahead;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref passed) + (runs ? System.GetElapsedTime(began).Ticks : 0);

    public override DateTimeOffset GetUtcNow() => start + TimeSpan.FromTicks(GetTimestamp() + Volatile.Read(ref ahead));

    /// <summary>Time goes by.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref passed, time.Ticks);

    /// <summary>The wall clock is set forward, or back.</summary>
    public void Jump(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);
}
