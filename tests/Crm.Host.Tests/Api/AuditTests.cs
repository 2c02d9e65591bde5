using System.Net.Http.Json;
using Crm.Host.Access;
using Crm.Host.Api;
using Crm.Plant.Records;
using Crm.Store.Journal;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>SEC-11: who came in, who was refused, who was made an account is on the record, chained with everything else.</summary>
public sealed class AuditTests(ServedRig served) : IClassFixture<ServedRig>
{
    [Fact]
    public async Task Sign_ins_accounts_and_refusals_are_on_the_record()
    {
        using var anna = await served.Account("anna", Roles.Researcher);
        using var stranger = served.As();
        await ServedRig.Send(stranger, "/api/v1/sessions", new { name = "anna\r\nroot", password = "wrong" });
        await ServedRig.Send(stranger, "/api/v1/sessions", new { link = "guessed" });
        await ServedRig.Send(anna, "/api/v1/accounts", new { name = "eve", password = ServedRig.Password, roles = new[] { Roles.Administrator } });
        await ServedRig.Send(anna, "/api/v1/rigs/lithium-pilot/commands/start", new { id = "x" });
        using (await anna.DeleteAsync("/api/v1/sessions/me", TestContext.Current.CancellationToken)) { }

        var record = await served.Rig.Ask(core => core.Story.After(0, 500));
        string[] said = [.. record.Select(e => $"{e.Kind} {e.Subject} {e.Cause}: {e.Text}")];
        foreach (string expected in (string[])[
            "Note sign-in administrator: account anna as researcher made", "Note sign-in anna: signed in by password",
            "CommandRefused sign-in anna??root: sign-in by password refused: name or password is wrong", "CommandRefused sign-in nobody: sign-in by link refused",
            "CommandRefused sign-in anna: POST /api/v1/accounts refused: ManageAccounts is not granted", "Note sign-in anna: signed out"])
            Assert.Contains(said, s => s.StartsWith(expected, StringComparison.Ordinal));
        Assert.True(JournalVerification.Verify(served.JournalPath).IsUntouched);
    }

    /// <summary>What an administrator does to accounts acts at once, on streams too, and is on record.</summary>
    [Fact]
    public async Task An_account_that_is_closed_has_no_session_and_no_stream_any_more()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using var administrator = served.As(Roles.Administrator);
        using var berta = await served.Account("berta", Roles.Operator);
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", berta.DefaultRequestHeaders.Authorization!.ToString());
        await socket.ConnectAsync(new UriBuilder(served.Address) { Scheme = "ws", Path = "/api/v1/rigs/lithium-pilot/stream" }.Uri, stop);
        byte[] buffer = new byte[1 << 20];
        Assert.NotEqual(System.Net.WebSockets.WebSocketMessageType.Close, (await socket.ReceiveAsync(buffer, stop)).MessageType);

        Assert.Equal(204, (await ServedRig.Send(administrator, "/api/v1/accounts/berta/roles", new { roles = new[] { Roles.Maintenance } })).Status);
        Assert.Equal(409, (await ServedRig.Send(administrator, "/api/v1/accounts/nobody-of-this-name/close", new { })).Status);
        Assert.Equal(403, (await ServedRig.Send(berta, "/api/v1/accounts/berta/roles", new { roles = new[] { Roles.Administrator } })).Status);
        Assert.Equal(409, (await ServedRig.Send(berta, "/api/v1/sessions/me/password", new { password = "another battery staple", present = "a wrong one" })).Status);
        Assert.Equal(204, (await ServedRig.Send(administrator, "/api/v1/accounts/berta/close", new { })).Status);
        Assert.Equal(401, (await ServedRig.Send(berta, "/api/v1/rigs/lithium-pilot/batch/hold", new { id = "h" })).Status);
        while ((await socket.ReceiveAsync(buffer, stop)).MessageType != System.Net.WebSockets.WebSocketMessageType.Close) { }
        Assert.Equal(System.Net.WebSockets.WebSocketCloseStatus.PolicyViolation, socket.CloseStatus);

        var record = await served.Rig.Ask(core => core.Story.After(0, 500));
        string[] said = [.. record.Select(e => $"{e.Kind} {e.Subject} {e.Cause}: {e.Text}")];
        foreach (string expected in (string[])[
            "Note sign-in administrator: roles of berta, to maintenance, changed", "CommandRefused sign-in administrator: account nobody-of-this-name not closed: there is no account",
            "CommandRefused sign-in berta: own password not changed: the password is wrong", "Note sign-in administrator: account berta closed"])
            Assert.Contains(said, s => s.StartsWith(expected, StringComparison.Ordinal));
    }

    /// <summary>A stranger who knocks without end fills neither the record nor the list of what was refused at the plant.</summary>
    [Fact]
    public async Task A_flood_is_counted_and_not_recorded_singly()
    {
        var audit = new AuditTrail(new Rigs([served.Rig]), new StoppedClock());
        for (int i = 0; i < AuditTrail.MostAMinute + 50; i++) await audit.Refused("nobody", "sign-in by password refused");
        int recorded = await served.Rig.Ask(core => core.Story.After(0, 5000).Count(e => e.Kind == nameof(BatchEventKind.CommandRefused) && e.Text == "sign-in by password refused"));
        Assert.InRange(recorded, 1, AuditTrail.MostAMinute);
        Assert.DoesNotContain(await served.Rig.Ask(core => core.Story.Refusals), r => r.Text == "sign-in by password refused");
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);
    }
}
