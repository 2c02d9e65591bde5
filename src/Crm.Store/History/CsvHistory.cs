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

    /// <summary>Beyond it a double does not hold every whole number with room for the decimals' rounding.</summary>
    private const double MostOnGrid = 1e12;

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
        if (at.Ticks % TimeSpan.TicksPerMillisecond == 0) OnGrid(at.Ticks / TimeSpan.TicksPerMillisecond, 3, trim: true);
        else Number(at.TotalSeconds, "0.###");
        Put(text.Name);
        if (!reading.IsBad) Number(reading.Value, text);
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

    /// <summary>Most values stand on the grid of their instrument, but for the last bits of a double; for them digits are digits of a whole number, several times faster.</summary>
    private void Number(double value, ChannelText text)
    {
        double scaled = value * text.Scale, whole = Math.Round(scaled);
        if (Math.Abs(whole) < MostOnGrid && Math.Abs(scaled - whole) < 0.01) OnGrid((long)whole, text.Decimals, trim: false);
        else Number(value, text.Format);
    }

    /// <param name="whole">In units of the last decimal.</param>
    /// <param name="trim">Without trailing zeros.</param>
    private void OnGrid(long whole, int decimals, bool trim)
    {
        Span<byte> digits = stackalloc byte[24];
        int at = digits.Length;
        ulong left = (ulong)Math.Abs(whole);
        for (int place = 0; place <= decimals || left > 0; place++)
        {
            if (place == decimals && decimals > 0 && !(trim && at == digits.Length)) digits[--at] = (byte)'.';
            byte digit = (byte)('0' + left % 10);
            left /= 10;
            if (!trim || place >= decimals || digit != '0' || at < digits.Length) digits[--at] = digit;
        }

        if (whole < 0) digits[--at] = (byte)'-';
        Put(digits[at..]);
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

        public int Decimals { get; } = channel.KeptDecimals;

        public double Scale { get; } = Math.Pow(10, channel.KeptDecimals);

        public int Length => Name.Length + Unit.Length;
    }
}
