using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Crm.Contracts;
using Crm.Host.Access;
using Crm.Host.Api;
using Crm.Host.Approvals;
using Crm.Host.Checkpoints;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Host.Service;
using Crm.Host.Workshop;
using Crm.Plant.Protection;
using Crm.Plant.Records;
using Crm.Store.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>The lithium rig served on a free port of the loopback address, from the start of its twin, with a person of every role.</summary>
public class ServedRig : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("crm-api-").FullName;
    private WebApplication app = null!;
    private Gatehouse gatehouse = null!;

    protected virtual string? From => null;

    /// <summary>Recipe file, below the recipes folder.</summary>
    protected virtual string Recipe => "lithium/black-mass-to-carbonate.yaml";

    /// <summary>What is behind the wires: the twin.</summary>
    protected virtual IRunningRig Compose(RunInputs inputs, SqliteJournal journal) => new TwinRig(inputs, 1, journal);

    /// <summary>The machine's clock.</summary>
    protected virtual TimeProvider Clock => TimeProvider.System;

    /// <summary>Before the first scan.</summary>
    protected virtual void Prepare(RigCore core)
    {
    }

    public RigService Rig { get; private set; } = null!;

    public RigCore Core { get; private set; } = null!;

    public WebApplication App => app;

    public Uri Address { get; private set; } = null!;

    public string JournalPath => Path.Combine(folder, "journal.db");

    public async ValueTask InitializeAsync()
    {
        string recipe = Path.Combine(Root(), "recipes", Recipe);
        var (inputs, problems) = RunInputs.Load(new RunOptions(recipe, null, new Dictionary<string, string>(), 1, null, [], null, true, false));
        Assert.Empty(problems);
        var journal = SqliteJournal.Open(JournalPath, Clock == TimeProvider.System ? null : Clock);
        Core = new RigCore(Compose(inputs!, journal), journal, journal);
        Prepare(Core);
        if (From is { } checkpoint) Assert.Null(Moment.Parse(checkpoint).Reach(Core, () => false));
        var approvals = new ApprovalStore(folder);
        Rig = new RigService(Core, Clock, NullLogger.Instance) { RecipeFile = recipe, Record = new Crm.Host.Records.RecordBook(JournalPath), Approvals = approvals, Place = RecipePlace.Of(inputs!, null, folder, approvals), DryRuns = new DryRuns(Path.Combine(folder, "dry-runs")) };
        gatehouse = new Gatehouse(new AccessFile(Path.Combine(folder, "accounts.json")), Clock);
        app = ApiServer.Build(new Rigs([Rig]), gatehouse, 0);
        Rig.Start(60);
        await app.StartAsync();
        Address = new Uri($"http://127.0.0.1:{ApiServer.Port(app)}");
    }

    /// <summary>The same rig from its start, that nobody ever speaks to.</summary>
    public RigCore Untouched()
    {
        var (inputs, _) = RunInputs.Load(new RunOptions(Path.Combine(Root(), "recipes", Recipe), null, new Dictionary<string, string>(), 1, null, [], null, true, false));
        var journal = SqliteJournal.Open(Path.Combine(folder, "untouched.db"));
        return new RigCore(Compose(inputs!, journal), journal, journal);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await app.DisposeAsync();
        Rig.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A client of a person with these roles; none is nobody.</summary>
    public HttpClient As(params string[] roles)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (roles.Length > 0) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(roles));
        return client;
    }

    public const string Password = "leaching at three o'clock";

    /// <summary>A client of a person with an account: one who can sign.</summary>
    public async Task<HttpClient> Account(string name, string role)
    {
        using var administrator = As(Roles.Administrator);
        using var made = await administrator.PostAsJsonAsync("/api/v1/accounts", new { name, password = Password, roles = new[] { role } }, TestContext.Current.CancellationToken);
        Assert.Equal(204, (int)made.StatusCode);
        var person = As();
        using var answer = await person.PostAsJsonAsync("/api/v1/sessions", new { name, password = Password }, TestContext.Current.CancellationToken);
        var session = await answer.Content.ReadFromJsonAsync<Session>(TestContext.Current.CancellationToken);
        person.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session!.Token);
        return person;
    }

    public string TokenOf(params string[] roles) => gatehouse.SignIn(new SignIn { Link = gatehouse.NewLink(string.Join('+', roles), roles) }).Session!.Token;

    /// <summary>What is true of the plant within a wall time; asks between scans.</summary>
    public async Task Until(Func<RigCore, bool> holds, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await Rig.Ask(holds))
        {
            Assert.False(limit.IsCancellationRequested, what);
            await Task.Yield();
        }
    }

    public static async Task<(int Status, JsonElement Body)> Send(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        string text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length > 0 ? JsonDocument.Parse(text).RootElement.Clone() : default);
    }

    internal static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Crm.sln"))) at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("Crm.sln not found above the test assembly");
    }
}

/// <summary>The same on a record whose last batch ran with another protection.</summary>
public sealed class ChangedProtectionRig : ServedRig
{
    public const string Was = "0123456789abcdef";

    protected override void Prepare(RigCore core) => core.Plant.Recall(
        [new BatchEvent(TimeSpan.Zero, 1, BatchEventKind.Command, ProtectionChange.Subject, "as commissioned", "anna", ProtectionChange.Facts(Was))], TimeSpan.FromHours(1));
}

/// <summary>The same while water runs into the leach reactor.</summary>
public sealed class FillingRig : ServedRig
{
    protected override string? From => "leach/water+30s";
}
