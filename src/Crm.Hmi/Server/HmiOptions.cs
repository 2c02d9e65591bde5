using System.Globalization;

namespace Crm.Hmi.Server;

/// <param name="Api">Address of the controller.</param>
/// <param name="Port">On the loopback address; 0 takes a free one.</param>
/// <param name="WithParent">Ends when standard input ends, that is when whoever started it is gone.</param>
public sealed record HmiOptions(Uri Api, int Port, bool WithParent)
{
    public static HmiOptions Parse(string[] words)
    {
        string Of(string name, string otherwise) => Array.IndexOf(words, name) is >= 0 and var at && at + 1 < words.Length ? words[at + 1] : otherwise;
        return new HmiOptions(new Uri(Of("--api", "http://127.0.0.1:8420")), int.Parse(Of("--port", "8421"), CultureInfo.InvariantCulture), words.Contains("--with-parent"));
    }
}
