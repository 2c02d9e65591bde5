namespace Crm.Instruments.Fakes;

/// <summary>What goes wrong with the answers of a device.</summary>
/// <param name="Left">Answers it still applies to; -1 for all.</param>
internal sealed record WireFault(string Kind, int Argument, int Left)
{
    public static readonly WireFault None = new("none", 0, -1);

    public static readonly string[] Kinds =
        ["none", "silence", "deaf", "wrong-address", "wrong-check-sum", "truncated", "late", "late-own", "exception", "garbage", "duplicate", "foreign"];
}

/// <summary>Bytes on the wire for one answer: <paramref name="Frame"/> at once; held until the next request (late: of anyone, late-own: of the same device) when <paramref name="IsHeld"/>.</summary>
internal readonly record struct Answer(byte[] Frame, bool IsHeld)
{
    public static readonly Answer Nothing = new([], false);
}
