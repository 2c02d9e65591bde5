using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Crm.Host.CommandLine;

namespace Crm.Host.Access;

/// <summary>The certificate of a server of ours: given as a file, or made for this machine and kept in the data folder (SEC-30).</summary>
/// <param name="File">The HMI reads it from there.</param>
public sealed record TlsCertificate(X509Certificate2 Certificate, string File)
{
    /// <summary>The word that asks for one to be made.</summary>
    public const string Generate = Recipes.Services.ServiceFile.Generate;

    /// <summary>Password of a PFX file; on a command line everybody on the machine could read it.</summary>
    public const string PasswordVariable = "CRM_TLS_PASSWORD";

    private const string FileName = "tls.pem", PfxExtension = ".pfx", OtherPfxExtension = ".p12";

    private static readonly TimeSpan lives = TimeSpan.FromDays(2 * 365), renewed = TimeSpan.FromDays(30);

    /// <summary>SHA-256 of the certificate, by which a browser's warning and the HMI know it.</summary>
    public string Fingerprint => Certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <param name="asked">Null for none; <see cref="Generate"/>; a PEM file with certificate and key, or a PFX file.</param>
    /// <param name="folder">Where a made one is kept, readable by its owner only.</param>
    /// <param name="from">Where it was asked for, for messages.</param>
    /// <exception cref="UsageException">The file cannot be used.</exception>
    public static TlsCertificate? Obtain(string? asked, string folder, TimeProvider clock, string from = "--tls")
    {
        if (asked is null) return null;
        if (asked != Generate) return Read(asked, clock, from);
        string path = Path.Combine(folder, FileName);
        if (System.IO.File.Exists(path) && Read(path, null, from) is { } kept && kept.Certificate.NotAfter.ToUniversalTime() - clock.GetUtcNow().UtcDateTime > renewed) return kept;
        Directory.CreateDirectory(folder);
        Write(path, Make(clock.GetUtcNow()));
        return Read(path, clock, from);
    }

    /// <exception cref="UsageException">Not there, not understood, without a key, or past its last day.</exception>
    private static TlsCertificate Read(string path, TimeProvider? clock, string from)
    {
        if (!System.IO.File.Exists(path)) throw new UsageException($"{from} {path}: no such file; give a PEM file with certificate and key, a PFX file, or: --tls {Generate}");
        try
        {
            bool isPfx = Path.GetExtension(path) is PfxExtension or OtherPfxExtension;
            var certificate = isPfx
                ? X509CertificateLoader.LoadPkcs12FromFile(path, Environment.GetEnvironmentVariable(PasswordVariable))
                : X509Certificate2.CreateFromPemFile(path);
            if (!certificate.HasPrivateKey) throw new UsageException($"{from} {path}: it has no private key");
            if (clock is not null && certificate.NotAfter.ToUniversalTime() < clock.GetUtcNow().UtcDateTime) throw new UsageException($"{from} {path}: the certificate has ended on {certificate.NotAfter:yyyy-MM-dd}");
            return new TlsCertificate(certificate, Path.GetFullPath(path));
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{from} {path}: cannot be used: {wrong.Message}; a PEM file has certificate and key in it, the password of a PFX file is in {PasswordVariable}");
        }
    }

    private static X509Certificate2 Make(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string host = Dns.GetHostName();
        var request = new CertificateRequest($"CN={host}, O=Crm", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (string name in (string[])[.. new[] { host, "localhost" }.Distinct(StringComparer.OrdinalIgnoreCase)]) names.AddDnsName(name);
        foreach (var address in Addresses()) names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        return request.CreateSelfSigned(now - TimeSpan.FromHours(1), now + lives);
    }

    /// <summary>What this machine answers to; without the zone of a link-local address, which no certificate can name.</summary>
    private static IEnumerable<IPAddress> Addresses() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address)
        .Where(a => a.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && !a.IsIPv6LinkLocal)
        .Prepend(IPAddress.IPv6Loopback).Prepend(IPAddress.Loopback).Distinct();

    private static void Write(string path, X509Certificate2 made)
    {
        using var key = made.GetECDsaPrivateKey()!;
        string beside = path + ".new";
        System.IO.File.Delete(beside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(new FileStream(beside, options)))
        {
            writer.WriteLine(made.ExportCertificatePem());
            writer.WriteLine(key.ExportPkcs8PrivateKeyPem());
        }

        System.IO.File.Move(beside, path, overwrite: true);
    }
}
