using System.Text.Json;
using Xunit;

namespace Crm.Hmi.Tests;

/// <summary>The HMI's own log, a JSON object a line with its fields apart: its start, a controller that is gone said once, its end; never a one-time link.</summary>
public sealed class HmiLogTests
{
    [Fact]
    public async Task A_line_for_start_and_end_and_one_for_a_controller_that_is_gone()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        string folder = Directory.CreateTempSubdirectory("crm-hmi-log-").FullName;
        string home = folder + "-home";
        await using (var hmi = new Program("hmi", "hmi", "--port", "0", "--api", "http://127.0.0.1:9", "--data", folder) { Home = Directory.CreateDirectory(home).FullName })
        {
            string address = (await hmi.Start(@"HMI at (http://127\.0\.0\.1:\d+)/")).Groups[1].Value;
            using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
            for (int i = 0; i < 3; i++)
            {
                using var asked = new HttpRequestMessage(HttpMethod.Get, address + "/sign-in/0123456789abcdef0123456789abcdef");
                (await client.SendAsync(asked, stop)).Dispose();
            }

            using (var health = await client.GetAsync(address + "/health", stop))
                Assert.Equal("503 the controller does not answer\n", $"{(int)health.StatusCode} {await health.Content.ReadAsStringAsync(stop)}");
            await hmi.Terminate();
            Assert.DoesNotContain("encrypt", hmi.Output, StringComparison.Ordinal);
        }

        // A service has no business in the home folder of who runs it; .NET itself may keep its own there.
        Assert.Empty(Directory.EnumerateFiles(home, "*.xml", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }));
        Directory.Delete(home, recursive: true);

        string text = await File.ReadAllTextAsync(Assert.Single(Directory.EnumerateFiles(Path.Combine(folder, "log"), "hmi-*.jsonl")), stop);
        JsonElement[] lines = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
        Assert.Collection(
            lines.Select(l => l.GetProperty("MessageTemplate").GetString()!),
            l => Assert.StartsWith("HMI on port", l, StringComparison.Ordinal),
            l => Assert.StartsWith("The controller does not answer", l, StringComparison.Ordinal),
            l => Assert.StartsWith("Stopping", l, StringComparison.Ordinal));
        Assert.Equal("http://127.0.0.1:9", lines[0].GetProperty("Properties").GetProperty("Controller").GetString());
        Assert.Equal(4, lines[^1].GetProperty("Properties").GetProperty("Requests").GetInt32());
        Assert.DoesNotContain("0123456789abcdef", text, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
