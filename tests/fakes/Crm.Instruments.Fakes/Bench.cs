using System.Globalization;

namespace Crm.Instruments.Fakes;

/// <summary>The devices and the words by which whoever started the process changes them. One line in, one line out.</summary>
internal sealed class Bench(IReadOnlyList<FakeDevice> devices, IReadOnlyList<IEndpoint> endpoints, BenchPlant? plant)
{
    public string Place => string.Join(' ', endpoints.Select(e => e.Place));

    public string Obey(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            lock (devices) return Do(words);
        }
        catch (Exception wrong) when (wrong is FormatException or IndexOutOfRangeException or OverflowException or ArgumentException)
        {
            return "error " + wrong.Message;
        }
    }

    /// <summary>Lets time pass in every device.</summary>
    public IReadOnlyList<string> Advance(TimeSpan by)
    {
        lock (devices)
        {
            plant?.Advance(by);
            return [.. devices.Select(d => d.Advance(by)).OfType<string>()];
        }
    }

    private string Do(string[] words)
    {
        switch (words[0])
        {
            case "place": return "ok " + Place;
            case "advance": return "ok " + string.Join(' ', Advance(TimeSpan.FromMilliseconds(Number(words[1]))));
            case "hang-up":
                foreach (IEndpoint endpoint in endpoints) endpoint.HangUp();
                return "ok";
        }

        if (plant?.Obey(words) is { } done) return done;

        FakeDevice device = devices.First(d => d.Unit == (byte)Number(words[1]));
        switch (words[0])
        {
            case "fault":
                if (!WireFault.Kinds.Contains(words[2])) throw new ArgumentException("no such fault");
                device.Fault = new WireFault(words[2], words.Length > 4 ? (int)Number(words[4]) : 0, words.Length > 3 ? (int)Number(words[3]) : -1);
                return "ok";
            case "set": return device.Set(words[2], Number(words[3])) ? "ok" : "error no such value";
            case "holding" or "input":
                return device.Peek(words[0] == "input", (ushort)Number(words[2])) is { } value ? FormattableString.Invariant($"ok {value}") : "error no such register";
            case "restart":
                device.Restart();
                return "ok";
            case "writes":
                string writes = string.Join(' ', device.Writes);
                device.Writes.Clear();
                return "ok " + writes;
            case "silence": return FormattableString.Invariant($"ok {((GuardedDevice)device).Silence.TotalMilliseconds:0}");
            case "requests": return FormattableString.Invariant($"ok {device.Requests}");
            default: return "error unknown word " + words[0];
        }
    }

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);
}
