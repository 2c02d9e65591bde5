using System.Net.Http.Json;
using Crm.Contracts;
using Crm.Host.Access;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>The material book over the API and the first-out of a row that is forgotten by a person (SAF-06).</summary>
public sealed class MaterialApiTests(FillingRig served) : IClassFixture<FillingRig>
{
    private const string Rig = "/api/v1/rigs/lithium-pilot";

    [Fact]
    public async Task The_book_says_what_is_where_whose_of_which_lots_and_what_is_left()
    {
        using var technician = served.As(Roles.Technician);
        await served.Until(c => c.Plant.Materials.Vessels.Find("leach")!.Litres > 5, "water booked into the leach");
        var seen = await Materials(technician);
        var leach = Assert.Single(seen.Places, p => p.Place == "leach");
        Assert.Equal(("Leach reactor", "liquor", false, "dirty", "recycled_water"), (leach.Label, leach.Kind, leach.Empty, leach.State, leach.Contents));
        Assert.InRange(leach.Litres!.Value, 5, 20);
        Assert.Equal(35, leach.Working);
        Assert.Equal("B1", Assert.Single(leach.Shares).Batch);
        Assert.Empty(leach.Heel);
        var filter = Assert.Single(seen.Places, p => p.Place == "filter1");
        Assert.Equal(("cake", true, "clean", (double?)null), (filter.Kind, filter.Empty, filter.State, filter.Litres));
        Assert.Contains(seen.Places, p => p.Kind == "service");

        Assert.Equal("", seen.Day);
        var acid = Assert.Single(seen.Stock, s => s.Material == "sulfuric_acid");
        Assert.Equal(("SA-2026-114", "Sulfuric acid 98 %", 0.98, "2031-06-30", 10.0, true, ""), (acid.Lot, acid.Label, acid.Strength, acid.Expires, acid.Kilograms, acid.Next, acid.Against));
        Assert.Equal(200, (await ServedRig.Send(technician, Rig + "/day", new { id = "day", day = "2028-04-01" })).Status);
        seen = await Materials(technician);
        Assert.Equal("2028-04-01", seen.Day);
        Assert.Equal("lot HP-2026-087 of hydrogen_peroxide expired on 2028-03-31", Assert.Single(seen.Stock, s => s.Lot == "HP-2026-087").Against);
        Assert.Empty(seen.Made);
    }

    [Fact]
    public async Task Nobody_sees_the_book_without_a_session()
    {
        using var nobody = served.As();
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await nobody.GetAsync(Rig + "/materials", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_first_out_stays_after_the_reset_until_a_person_who_may_has_cleared_it_SAF06()
    {
        const string row = "wash-tank-overfill", clear = $"/trips/{row}/first-out/clear", tag = "/tags/wash_tank.level";
        using var technician = served.As(Roles.Technician);
        using var engineer = served.As(Roles.Engineer);
        using var researcher = served.As(Roles.Researcher);
        Assert.Contains("keeps no first-out", await Refused(technician, clear, "c0"), StringComparison.Ordinal);
        Assert.Equal(200, (await ServedRig.Send(engineer, Rig + tag + "/substitute", new { id = "s", value = 118.0, minutes = 20, seenAt = DateTimeOffset.UtcNow, reason = "to see the row trip" })).Status);
        await served.Until(c => c.Plant.Frame!.Trips[Ordinal(row)].IsTripped, "tripped");
        Assert.Contains("its first-out stays until it has been reset", await Refused(technician, clear, "c1"), StringComparison.Ordinal);
        Assert.Equal(200, (await ServedRig.Send(engineer, Rig + tag + "/end-substitute", new { id = "e" })).Status);
        await served.Until(c => c.Plant.Frame!.Trips[Ordinal(row)].Phase == Plant.Protection.TripPhase.ReadyToReset, "clear");
        Assert.Equal(200, (await ServedRig.Send(technician, Rig + "/trips/reset", new { id = "r", trip = row })).Status);

        var kept = Assert.Single((await Situation(technician)).FirstOuts, f => f.Trip == row);
        Assert.Contains("wash_tank.level > 115 L", kept.FirstOut, StringComparison.Ordinal);
        Assert.Equal(403, (await ServedRig.Send(researcher, Rig + clear, new { id = "c2" })).Status);
        Assert.Equal(200, (await ServedRig.Send(technician, Rig + clear, new { id = "c3" })).Status);
        Assert.DoesNotContain((await Situation(technician)).FirstOuts, f => f.Trip == row);
        Assert.Contains(await served.Rig.Ask(c => c.Story.After(0, 2000)), e => e.Text == row + ": first-out cleared");
    }

    private int Ordinal(string row) => served.Rig.Rig.Trips.First(t => t.Id == row).Ordinal;

    private static async Task<string> Refused(HttpClient person, string path, string id)
    {
        var (status, body) = await ServedRig.Send(person, Rig + path, new { id });
        Assert.Equal(409, status);
        return body.GetProperty("detail").GetString()!;
    }

    private static async Task<MaterialsSeen> Materials(HttpClient person) => (await person.GetFromJsonAsync<MaterialsSeen>(Rig + "/materials", TestContext.Current.CancellationToken))!;

    private static async Task<Situation> Situation(HttpClient person) => (await person.GetFromJsonAsync<Snapshot>(Rig + "/snapshot", TestContext.Current.CancellationToken))!.Situation;
}
