using System.Net;
using Xunit;

namespace Crm.Hmi.Tests;

/// <summary>SEC-02, SEC-30: browser to HMI and HMI to controller, encrypted, as two programs are started with certificates of their own.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private readonly string data = Directory.CreateTempSubdirectory("crm-tls-").FullName;
    private Program controller = null!;
    private string api = "", fingerprint = "", token = "";

    public async ValueTask InitializeAsync()
    {
        controller = new Program("crm serve", "serve", "--data", Path.Combine(data, "serve"), "--port", "0", "--tls", "generate");
        token = (await controller.Start("One-time sign-in token of the first administrator: (\\w+)")).Groups[1].Value;
        api = (await controller.Heard(@"API at (https://127\.0\.0\.1:\d+)/", TimeSpan.FromSeconds(5)))!.Groups[1].Value;
        fingerprint = (await controller.Heard("SHA-256 ([0-9A-F]{64})", TimeSpan.FromSeconds(5)))!.Groups[1].Value;
    }

    public async ValueTask DisposeAsync()
    {
        await controller.Terminate();
        await controller.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task The_controller_that_was_meant_is_taken_and_another_is_not()
    {
        await using var stranger = new Program("crm hmi", "hmi", "--api", api, "--api-fingerprint", new string('0', 64), "--port", "0");
        string plain = (await stranger.Start(@"HMI at (http://127\.0\.0\.1:\d+)/")).Groups[1].Value;
        using var refused = await Get(new Uri($"{plain}/sign-in/{token}"), "");
        Assert.Contains("does not answer", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await stranger.Terminate();

        await using var hmi = new Program("crm hmi", "hmi", "--api", api, "--api-fingerprint", fingerprint, "--port", "0", "--tls", "generate", "--data", Path.Combine(data, "hmi"));
        string address = (await hmi.Start(@"HMI at (https://127\.0\.0\.1:\d+)/")).Groups[1].Value;
        string known = (await hmi.Heard("SHA-256 ([0-9A-F]{64})", TimeSpan.FromSeconds(5)))!.Groups[1].Value;
        Assert.NotEqual(fingerprint, known);
        using var entered = await Get(new Uri($"{address}/sign-in/{token}"), known);
        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
        Assert.Contains("secure", Assert.Single(entered.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        await hmi.Terminate();
    }

    private static async Task<HttpResponseMessage> Get(Uri address, string fingerprint)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, ServerCertificateCustomValidationCallback = (_, seen, _, _) => seen?.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256) == fingerprint };
        using var client = new HttpClient(handler);
        return await client.GetAsync(address, TestContext.Current.CancellationToken);
    }
}
