using System.Globalization;
using System.Net;

namespace Crm.Hmi.Server;

/// <param name="Api">Address of the controller.</param>
/// <param name="Port">0 takes a free one.</param>
/// <param name="WithParent">Ends when standard input ends, that is when whoever started it is gone.</param>
/// <param name="Listen">The loopback address unless told otherwise.</param>
/// <param name="Tls">PEM or PFX file of the certificate; null speaks plainly.</param>
/// <param name="Fingerprint">SHA-256 of the controller's certificate, hexadecimal; null trusts what this machine trusts.</param>
/// <param name="Data">Folder whose <c>log</c> keeps the log; null keeps none.</param>
public sealed record HmiOptions(Uri Api, int Port, bool WithParent, IPAddress Listen, string? Tls, string? Fingerprint, string? Data = null)
{
    /// <summary>Password of a PFX file.</summary>
    public const string PasswordVariable = "CRM_TLS_PASSWORD";

    public static HmiOptions Parse(string[] words)
    {
        string? Of(string name) => Array.IndexOf(words, name) is >= 0 and var at && at + 1 < words.Length ? words[at + 1] : null;
        return new HmiOptions(
            new Uri(Of("--api") ?? "http://127.0.0.1:8420"), int.Parse(Of("--port") ?? "8421", CultureInfo.InvariantCulture), words.Contains("--with-parent"),
            IPAddress.Parse(Of("--listen") ?? "127.0.0.1"), Of("--tls"), Of("--api-fingerprint")?.Replace(":", "", StringComparison.Ordinal), Of("--data"));
    }
}
