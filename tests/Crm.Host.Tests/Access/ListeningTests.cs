using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Crm.Host.Access;
using Crm.Host.CommandLine;
using Xunit;

namespace Crm.Host.Tests.Access;

/// <summary>SEC-02, SEC-30: nothing listens in the clear beyond this machine unless a person says so; certificates given or made.</summary>
public sealed class ListeningTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("crm-tls-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.168.1.20")]
    [InlineData("::")]
    public void Beyond_this_machine_it_must_be_encrypted_or_said(string address)
    {
        var refused = Assert.Throws<UsageException>(() => Of(address, null));
        Assert.Contains("--tls generate", refused.Message, StringComparison.Ordinal);
        Assert.Equal("http", Of(address, null, plain: true).Scheme);
        Assert.Equal("https", Of(address, TlsCertificate.Generate).Scheme);
    }

    [Theory]
    [InlineData("127.0.0.1", "http://127.0.0.1:8420")]
    [InlineData("::1", "http://[::1]:8420")]
    public void On_this_machine_plain_is_enough(string address, string url) => Assert.Equal(url, Of(address, null).Url(8420));

    [Fact]
    public void A_made_certificate_names_the_machine_and_is_kept_for_its_owner_alone()
    {
        var made = Of("0.0.0.0", TlsCertificate.Generate).Tls!;
        Assert.True(made.Certificate.MatchesHostname("localhost") && made.Certificate.MatchesHostname(Dns.GetHostName()) && made.Certificate.MatchesHostname("127.0.0.1"));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(made.File));
        Assert.Equal(made.Fingerprint, Of("0.0.0.0", TlsCertificate.Generate).Tls!.Fingerprint);
        Assert.Equal(64, made.Fingerprint.Length);
    }

    [Fact]
    public void A_made_certificate_is_made_anew_before_it_ends()
    {
        string first = Of("127.0.0.1", TlsCertificate.Generate).Tls!.Fingerprint;
        var later = new LaterClock(TimeSpan.FromDays(720));
        Assert.NotEqual(first, Listening.Of("127.0.0.1", TlsCertificate.Generate, false, folder, later).Tls!.Fingerprint);
    }

    [Fact]
    public void A_certificate_may_be_given_as_PEM_or_PFX()
    {
        var made = Of("127.0.0.1", TlsCertificate.Generate).Tls!;
        string pfx = Path.Combine(folder, "rig.pfx");
        File.WriteAllBytes(pfx, made.Certificate.Export(X509ContentType.Pfx));
        Assert.Equal(made.Fingerprint, Of("0.0.0.0", pfx).Tls!.Fingerprint);
        Assert.Equal(made.Fingerprint, Of("0.0.0.0", made.File).Tls!.Fingerprint);
    }

    [Theory]
    [InlineData("missing.pem", null, "no such file")]
    [InlineData("text.pem", "not a certificate", "cannot be used")]
    [InlineData("text.pfx", "not a certificate", "cannot be used")]
    public void A_file_that_is_no_certificate_is_said(string name, string? content, string why)
    {
        string path = Path.Combine(folder, name);
        if (content is not null) File.WriteAllText(path, content);
        Assert.Contains(why, Assert.Throws<UsageException>(() => Of("0.0.0.0", path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_has_ended_or_has_no_key_is_refused()
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=old", key, HashAlgorithmName.SHA256);
        using var old = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(-1));
        string path = Path.Combine(folder, "old.pem");
        File.WriteAllText(path, old.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        Assert.Contains("has ended", Assert.Throws<UsageException>(() => Of("0.0.0.0", path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, old.ExportCertificatePem());
        Assert.Contains("cannot be used", Assert.Throws<UsageException>(() => Of("0.0.0.0", path)).Message, StringComparison.Ordinal);
    }

    private Listening Of(string address, string? tls, bool plain = false) => Listening.Of(address, tls, plain, folder, TimeProvider.System);

    private sealed class LaterClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
