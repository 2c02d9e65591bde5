using System.Collections.Immutable;
using System.Text.Json;
using Crm.Contracts;

namespace Crm.Host.Service;

/// <summary>
/// Frames of several scans as one message: the last value, lowest and highest of each tag, every event. Immutable; its bytes are made
/// once, by the first client that sends it.
/// </summary>
public sealed class FoldedFrame
{
    /// <summary>Events one folded frame carries at most; older ones are counted, and are in the record.</summary>
    public const int MostEvents = 200;

    private readonly Lazy<byte[]> bytes;

    public FoldedFrame(FrameMessage message)
    {
        Message = message;
        bytes = new Lazy<byte[]>(() => JsonSerializer.SerializeToUtf8Bytes(Message, ApiJson.Options));
    }

    public FrameMessage Message { get; }

    public ReadOnlyMemory<byte> Bytes => bytes.Value;

    /// <summary>One frame for a client that was too slow for both.</summary>
    public static FoldedFrame Fold(FoldedFrame earlier, FoldedFrame later)
    {
        var (a, b) = (earlier.Message, later.Message);
        long dropped = Math.Max(0, a.Events.Count + b.Events.Count - MostEvents);
        return new FoldedFrame(b with
        {
            Spreads = Widen(a, b),
            Events = [.. a.Events.Concat(b.Events).Skip((int)dropped)],
            EventsDropped = a.EventsDropped + b.EventsDropped + dropped,
        });
    }

    private static ImmutableArray<Spread> Widen(FrameMessage a, FrameMessage b)
    {
        var widest = ImmutableArray.CreateBuilder<Spread>();
        for (int tag = 0; tag < b.Values.Count; tag++)
        {
            if (b.Values[tag] is not { } last) continue;
            var (low, high) = Range(b, tag, last, last);
            if (a.Values[tag] is { } before) (low, high) = Range(a, tag, Math.Min(low, before), Math.Max(high, before));
            if (low < last || high > last) widest.Add(new Spread(tag, low, high));
        }

        return widest.ToImmutable();
    }

    private static (double Low, double High) Range(FrameMessage frame, int tag, double low, double high)
    {
        foreach (var spread in frame.Spreads)
        {
            if (spread.Tag == tag) return (Math.Min(low, spread.Low), Math.Max(high, spread.High));
        }

        return (low, high);
    }
}
