using System.Net;
using Crm.Host.CommandLine;

namespace Crm.Host.Access;

/// <summary>Where a server of ours listens, and whether what it says is encrypted.</summary>
public sealed record Listening(IPAddress Address, TlsCertificate? Tls)
{
    public static readonly Listening OnThisMachine = new(IPAddress.Loopback, null);

    public string Scheme => Tls is null ? "http" : "https";

    /// <summary>The address for a person or program on this machine or, where it is one address of it, elsewhere.</summary>
    public string Host => Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback.ToString()
        : Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{Address}]" : Address.ToString();

    public string Url(int port) => $"{Scheme}://{Host}:{port.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    /// <param name="address">Loopback unless told otherwise.</param>
    /// <param name="plain">Somebody before it encrypts, and the person says so.</param>
    /// <param name="listenFrom">Where the address was said, for messages; so the certificate.</param>
    /// <exception cref="UsageException">Passwords would cross a network in the clear, or the address is none.</exception>
    public static Listening Of(string address, string? tls, bool plain, string folder, TimeProvider clock, string listenFrom = "--listen", string tlsFrom = "--tls")
    {
        if (!IPAddress.TryParse(address, out var at)) throw new UsageException($"{listenFrom} {address}: expected an address of this machine, for example 192.168.1.20, or 0.0.0.0 for all");
        var certificate = TlsCertificate.Obtain(tls, folder, clock, tlsFrom);
        if (certificate is null && !IPAddress.IsLoopback(at) && !plain)
            throw new UsageException($"{listenFrom} {address}: other machines could reach it, and passwords would cross the network in the clear. Add --tls {TlsCertificate.Generate}, or --tls with a certificate; or --plain when something before it encrypts");
        return new Listening(at, certificate);
    }
}
