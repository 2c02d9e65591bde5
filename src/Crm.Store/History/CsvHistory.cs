using System.Globalization;
using System.Text;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Store.History;

/// <summary>
/// Writes <c>history.csv</c> while the batch runs: columns time_s, tag (or output), value, unit, quality; a gap is a row without a value. Rows are
/// put together as bytes, so that a run at 20 000 scans/s is not slowed by it.
/// </summary>
public sealed class CsvHistory : IHistorySink, IDisposable
{
    private const int LongestRow = 512;

    private readonly Stream stream;
    private readonly byte[] buffer = new byte[1 << 16];
    private readonly ChannelText[] channels;
    private int filled;

    /// <param name="stream">Taken over; closed on <see cref="Dispose"/>.</param>
    public CsvHistory(Stream stream, RigDefinition rig)
    {
        this.stream = stream;
        channels = [.. HistoryChannel.Of(rig).Select(channel => new ChannelText(channel))];
        Put(Encoding.UTF8.GetBytes(HistoryFormat.Columns + "\n"));
    }

    /// <summary>Everything written so far.</summary>
    public void CopyTo(Stream other)
    {
        Flush();
        stream.Position = 0;
        stream.CopyTo(other);
    }

    /// <summary>Begins with what another one has written.</summary>
    public void Begin(Stream written)
    {
        filled = 0;
        stream.SetLength(0);
        written.CopyTo(stream);
    }

    public void Keep(TimeSpan at, int channel, in Reading reading)
    {
        var text = channels[channel];
        if (buffer.Length - filled < LongestRow + text.Length) Drain();
        Number(at.TotalSeconds, "0.###");
        Put(text.Name);
        if (!reading.IsBad) Number(reading.Value, text.Format);
        Put(text.Unit);
        if (reading.Quality == Quality.Good) Put(ChannelText.Good);
        else Put(Encoding.UTF8.GetBytes(HistoryFormat.QualityWord(reading.Quality, reading.Reason) + "\n"));
    }

    public void Flush()
    {
        Drain();
        stream.Flush();
    }

    public void Dispose()
    {
        Flush();
        stream.Dispose();
    }

    private void Number(double value, string format)
    {
        int start = filled;
        if (!value.TryFormat(buffer.AsSpan(filled), out int written, format, CultureInfo.InvariantCulture)) throw new InvalidOperationException("a number longer than a row");
        filled += written;

        // A value that rounds to nothing has no sign.
        if (buffer[start] == '-' && buffer.AsSpan(start + 1, written - 1).IndexOfAnyInRange((byte)'1', (byte)'9') < 0)
        {
            buffer.AsSpan(start + 1, written - 1).CopyTo(buffer.AsSpan(start));
            filled--;
        }
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(buffer.AsSpan(filled));
        filled += bytes.Length;
    }

    private void Drain()
    {
        stream.Write(buffer, 0, filled);
        filled = 0;
    }

    /// <summary>The constant parts of a channel's rows, with their commas.</summary>
    private sealed class ChannelText(HistoryChannel channel)
    {
        public static readonly byte[] Good = "good\n"u8.ToArray();

        public byte[] Name { get; } = Encoding.UTF8.GetBytes("," + HistoryFormat.Quoted(channel.Name) + ",");

        public byte[] Unit { get; } = Encoding.UTF8.GetBytes("," + HistoryFormat.Quoted(channel.Unit) + ",");

        public string Format { get; } = "F" + channel.KeptDecimals.ToString(CultureInfo.InvariantCulture);

        public int Length => Name.Length + Unit.Length;
    }
}
