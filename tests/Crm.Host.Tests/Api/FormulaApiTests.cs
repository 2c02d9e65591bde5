using System.Net.Http.Json;
using Crm.Contracts;
using Crm.Host.Access;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>A change of the formula of a running batch over the service: proposed by one person, seen by all, reviewed by another.</summary>
public sealed class FormulaApiTests(FillingRig served) : IClassFixture<FillingRig>
{
    private const string Rig = "/api/v1/rigs/lithium-pilot";

    [Fact]
    public async Task One_proposes_another_accepts_and_everybody_sees_it()
    {
        using var technician = served.As(Roles.Technician);
        using var engineer = served.As(Roles.Engineer);
        Assert.Contains(await Adjustable(engineer), f => f is { Name: "leach_time", Value: 120 });

        var (refused, why) = await ServedRig.Send(technician, Rig + "/batch/formula", new { id = "f0", values = new { charge = "2 kg" }, reason = "less is there" });
        Assert.Equal(409, refused);
        Assert.Contains("does not declare charge adjustable", why.GetProperty("detail").GetString(), StringComparison.Ordinal);

        var (status, _) = await ServedRig.Send(technician, Rig + "/batch/formula", new { id = "f1", values = new { leach_time = "1.5 h" }, reason = "fine material" });
        Assert.Equal(200, status);
        RevisionSeen seen = (await Seen(engineer)).Revision!;
        Assert.Equal(["leach_time 120 to 90 min"], seen.Changes);
        Assert.Equal("fine material", seen.Reason);

        (status, why) = await ServedRig.Send(technician, Rig + "/batch/formula/review", new { id = "f2", accept = true });
        Assert.Equal(409, status);
        Assert.Contains("another person", why.GetProperty("detail").GetString(), StringComparison.Ordinal);
        (status, _) = await ServedRig.Send(engineer, Rig + "/batch/formula/review", new { id = "f3", accept = true });
        Assert.Equal(200, status);
        Assert.Null((await Seen(engineer)).Revision);
        Assert.Contains(await Adjustable(technician), f => f is { Name: "leach_time", Value: 90 });
    }

    private static async Task<IReadOnlyList<FormulaInfo>> Adjustable(HttpClient client) => (await Seen(client)).Adjustable;

    private static async Task<Situation> Seen(HttpClient client) =>
        (await client.GetFromJsonAsync<BatchDetail>(Rig + "/batches/B1", TestContext.Current.CancellationToken))!.Situation;
}
