using System.Net.Http.Json;
using System.Text.Json;
using Crm.Store.Journal;

namespace Crm.Instruments.Tests;

/// <summary>A disk that fills while a batch runs, and has room again.</summary>
internal sealed partial class ServedBench
{
    public int ServiceId => service!.Id;

    /// <summary>A batch runs, and pump or heater with it.</summary>
    public async Task Drive()
    {
        isCalm = true;
        await BeginBatch();
        await WorkFor(TimeSpan.FromSeconds(60), () => Driven() is not (false, false));
        Assert.True(Driven() is not (false, false), $"nothing is driven\n{Said}");
    }

    /// <summary>Until pump and heater are off at the registers of the other process.</summary>
    public async Task Off() => await Until(() => Task.FromResult(Driven() is (false, false)), "pump and heater off");

    public async Task Shows(string property, Func<string, bool> isSo) =>
        await Until(async () => isSo((await Situation()).GetProperty(property).GetString()!), property + "\n" + Said);

    /// <summary>Status and text of an answer.</summary>
    public async Task<(int Status, string Text)> Say(string path, object? body = null)
    {
        using HttpResponseMessage answer = body is null ? await client.GetAsync(new Uri(Address + path)) : await client.PostAsJsonAsync(Address + path, body);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A command to the rig under an id of its own.</summary>
    public async Task<(int Status, string Text)> Command(string path, string reason = "") => await Say(Rig + path, new { id = Id(), reason });

    public async Task<(int Status, string Text)> TakeManual(string output, double value) => await Say(Rig + $"/outputs/{output}/manual", new { id = Id(), value, seenAt = DateTimeOffset.UtcNow });

    public async Task<(int Status, string Text)> SignInAgain() => await Say("/api/v1/sessions", new { name = "anna", password = Password });

    /// <summary>A remark that must be on record from now on.</summary>
    public async Task Remark(string text) => await Post("/remarks", text, new { id = Id(), reason = text });

    /// <summary>Restarted by the person, it runs.</summary>
    public async Task GoOn() => await BeginBatch();

    /// <summary>The service is started and ends by itself.</summary>
    public async Task<(int Exit, string Said)> StartInVain()
    {
        using var attempt = new System.Diagnostics.Process { StartInfo = CommandLine() };
        attempt.Start();
        Task<string> said = attempt.StandardError.ReadToEndAsync();
        await attempt.StandardOutput.ReadToEndAsync();
        await attempt.WaitForExitAsync(new CancellationTokenSource(patience).Token);
        return (attempt.ExitCode, await said);
    }

    /// <summary>Everything that was told as accepted is on record once more, in an unbroken chain.</summary>
    public bool IsWhole() => ReadRecord().IsOpen || JournalVerification.Verify(Journal).IsUntouched;

    /// <summary>The command a person proves the record with.</summary>
    public async Task<(int Exit, string Said)> VerifyLog()
    {
        using var verify = new System.Diagnostics.Process { StartInfo = new("dotnet", [Repository.Crm, "verify-log", data]) { RedirectStandardOutput = true, RedirectStandardError = true } };
        verify.Start();
        string text = await verify.StandardOutput.ReadToEndAsync() + await verify.StandardError.ReadToEndAsync();
        await verify.WaitForExitAsync();
        return (verify.ExitCode, text);
    }
}
