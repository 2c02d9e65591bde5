using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Crm.Plant.Records;

namespace Crm.Store.Journal;

/// <summary>One event as it stands in the journal.</summary>
/// <param name="Sequence">From 1, without gaps; the order of everything.</param>
/// <param name="Stamp">UTC, round-trip format; empty when the journal was opened without a clock (twin).</param>
/// <param name="Hash">SHA-256 over the entry before it and this entry's canonical bytes.</param>
public sealed record JournalEntry(long Sequence, string Stamp, BatchEvent Event, ImmutableArray<byte> Hash);

/// <summary>An entry in the very words and numbers of the file; what the chain covers.</summary>
internal sealed record JournalRow(long Sequence, string Stamp, long Ticks, long Scan, string Kind, string Subject, string Text, string Cause, string Data, string Batch);

/// <summary>Last entry of a journal. Kept elsewhere (in a report, on paper) it also proves that the end was not cut off.</summary>
/// <param name="Hash">Lower-case hex.</param>
public sealed record JournalHead(long Sequence, string Hash);

/// <summary>The chain: every entry's hash covers the one before, so that no row can be changed, dropped, added or moved unseen.</summary>
internal static class JournalChain
{
    public static readonly ImmutableArray<byte> Root = [.. SHA256.HashData("crm journal 1"u8)];

    public static ImmutableArray<byte> Next(ReadOnlySpan<byte> previous, JournalRow row)
    {
        var bytes = new MemoryStream(256);
        bytes.Write(previous);
        Number(bytes, row.Sequence);
        Text(bytes, row.Stamp);
        Number(bytes, row.Ticks);
        Number(bytes, row.Scan);
        Text(bytes, row.Kind);
        Text(bytes, row.Subject);
        Text(bytes, row.Text);
        Text(bytes, row.Cause);
        Text(bytes, row.Data);
        // Rows from before there were several batches have none, and their hashes stay what they were.
        if (row.Batch.Length > 0) Text(bytes, row.Batch);
        return [.. SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length))];
    }

    private static void Number(MemoryStream to, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        to.Write(bytes);
    }

    /// <summary>Length first, so that no two different rows have the same bytes.</summary>
    private static void Text(MemoryStream to, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Number(to, bytes.Length);
        to.Write(bytes);
    }
}
