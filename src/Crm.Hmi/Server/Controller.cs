using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text.Json;
using Crm.Contracts;

namespace Crm.Hmi.Server;

/// <summary>The controller's API, asked under the session of the person who looks.</summary>
/// <param name="fingerprint">SHA-256 of the controller's certificate, hexadecimal; null trusts what this machine trusts.</param>
/// <param name="watch">Told whether it answers.</param>
public sealed class Controller(Uri address, string? fingerprint, HmiWatch watch) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(1), SslOptions = { RemoteCertificateValidationCallback = Trusts(fingerprint) } })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(10),
    };

    public Uri Stream(string pathAndQuery) => new UriBuilder(new Uri(address, pathAndQuery)) { Scheme = address.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;

    /// <summary>Whether it is the controller that was meant, for a stream beside the client.</summary>
    public RemoteCertificateValidationCallback Trust { get; } = Trusts(fingerprint);

    /// <summary>Asks it; whether it answers is noticed.</summary>
    /// <param name="gaveUp">Who asked does not wait any more: that is no silence of the controller.</param>
    public async Task<HttpResponseMessage> Send(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken gaveUp)
    {
        try
        {
            var answer = await Client.SendAsync(request, completion, gaveUp);
            watch.Answered();
            return answer;
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException && !gaveUp.IsCancellationRequested)
        {
            watch.Gone(gone);
            throw;
        }
    }

    public void Dispose() => Client.Dispose();

    /// <summary>Everything a page begins with; a controller that does not answer gives a page that says so.</summary>
    public async Task<View> Look(string token, string? rig, string title, CancellationToken stop)
    {
        try
        {
            var person = await Get<Person>(token, "/api/v1/sessions/me", stop);
            var rigs = await Get<RigName[]>(token, "/api/v1/rigs", stop) ?? [];
            string? name = rig ?? rigs.FirstOrDefault()?.Name;
            if (name is null) return new View(title, person, rigs, null, null, false);
            string path = "/api/v1/rigs/" + Uri.EscapeDataString(name);
            var description = Get<RigDescription>(token, path, stop);
            var snapshot = Get<Snapshot>(token, path + "/snapshot", stop);
            return new View(title, person, rigs, await description, await snapshot, false);
        }
        catch (HttpRequestException refused) when (refused.StatusCode == HttpStatusCode.Unauthorized)
        {
            return new View(title, null, [], null, null, true);
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException)
        {
            return new View(title, null, [], null, null, false);
        }
    }

    public async Task<(Session? Session, string Why)> SignIn(SignIn asked, CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sessions") { Content = JsonContent.Create(asked, options: Json) };
            using var answer = await Send(request, HttpCompletionOption.ResponseContentRead, stop);
            if (answer.IsSuccessStatusCode) return (await answer.Content.ReadFromJsonAsync<Session>(Json, stop), "");
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
            return (null, problem.TryGetProperty("detail", out var detail) ? detail.GetString() ?? "" : "refused");
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException or JsonException)
        {
            return (null, "the controller does not answer; try again when it runs");
        }
    }

    private static RemoteCertificateValidationCallback Trusts(string? fingerprint) => (_, certificate, _, errors) =>
        fingerprint is null ? errors == SslPolicyErrors.None : string.Equals(certificate?.GetCertHashString(HashAlgorithmName.SHA256), fingerprint, StringComparison.OrdinalIgnoreCase);

    private async Task<T?> Get<T>(string token, string path, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await Send(request, HttpCompletionOption.ResponseContentRead, stop);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<T>(Json, stop);
    }
}
