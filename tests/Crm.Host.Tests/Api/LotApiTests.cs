using System.Net.Http.Json;
using Crm.Contracts;
using Crm.Host.Access;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>A weighing that names a lot which must not go in: refused with the reason, the attempts counted, accepted only by signature and role (S88-24).</summary>
public sealed class LotApiTests(FillingRig served) : IClassFixture<FillingRig>
{
    private const string Rig = "/api/v1/rigs/lithium-pilot";

    [Fact]
    public async Task A_wrong_lot_is_refused_in_words_and_an_unknown_one_takes_a_signature()
    {
        using var technician = await served.Account("tom", Roles.Technician);
        using var engineer = await served.Account("eva", Roles.Engineer);
        await served.Until(c => c.Look("").Prompts.Any(p => p.Prompt.Material == "black_mass"), "weigh-in of black mass");
        var open = await Prompt(technician);
        await Refused(technician, new { id = "w1", prompt = open.Id, mass = open.Asked, lot = "SA-2026-114" }, "lot SA-2026-114 is sulfuric_acid, not black_mass");
        await Refused(technician, new { id = "w2", prompt = open.Id, mass = open.Asked, lot = "BM-OLD" }, "lot BM-OLD is not among the lots of black_mass on this rig");
        var again = await Prompt(technician);
        Assert.Equal((2, "lot BM-OLD is not among the lots of black_mass on this rig"), (again.Attempts, again.Refused));
        Assert.Equal(["accept"], again.Choices);
        Assert.Equal(["BM-2026-031"], again.Others);
        // Nothing has moved on the twin while it was refused.
        double before = await served.Rig.Ask(c => c.Look("").Lots.Sum(l => l.Mass.Value));
        Assert.Equal(0, before);

        await Refused(engineer, new { id = "w3", prompt = open.Id, mass = open.Asked, lot = "BM-OLD", choice = "accept", note = "label torn, analysed" }, "is the signature");
        await Refused(technician, new { id = "w4", prompt = open.Id, mass = open.Asked, lot = "BM-OLD", choice = "accept", note = "label torn, analysed", password = ServedRig.Password }, "accepting refused material is for researcher, engineer");
        var (bad, _) = await ServedRig.Send(engineer, Rig + "/prompts/answer", new { id = "w5", prompt = open.Id, mass = open.Asked, choice = "perhaps" });
        Assert.Equal(400, bad);
        var (status, _) = await ServedRig.Send(engineer, Rig + "/prompts/answer", new { id = "w6", prompt = open.Id, mass = open.Asked, lot = "BM-OLD", choice = "accept", note = "label torn, analysed", password = ServedRig.Password });
        Assert.Equal(200, status);
        var record = await served.Rig.Ask(c => c.Story.After(0, 2000));
        Assert.Contains(record, e => e is { Kind: "Answer", Cause: "eva" } && e.Text == "accepted although lot BM-OLD is not among the lots of black_mass on this rig: label torn, analysed");
        Assert.DoesNotContain(record, e => e.Text.Contains(ServedRig.Password, StringComparison.Ordinal));
    }

    private static async Task Refused(HttpClient person, object answer, string why)
    {
        var (status, body) = await ServedRig.Send(person, Rig + "/prompts/answer", answer);
        Assert.Equal(409, status);
        Assert.Contains(why, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task<PromptSeen> Prompt(HttpClient person) =>
        Assert.Single((await person.GetFromJsonAsync<Snapshot>(Rig + "/snapshot", TestContext.Current.CancellationToken))!.Situation.Prompts, p => p.Material == "black_mass");
}
