using System.Globalization;
using Crm.Plant.Phases;

namespace Crm.Scenarios.Tests;

/// <summary>
/// The process is killed at many instants of the first hours; devices fall to their fail values, chemistry goes on, and a new controller
/// has nothing but the record (S88-22, SAF-07). CRM_DEEP=1: 2000 instants; CRM_SEED picks others.
/// </summary>
public sealed class ReturnTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1), Last = TimeSpan.FromMinutes(230);

    [Fact]
    public void Killed_at_any_instant_it_comes_back_held_where_it_stood_with_nothing_fed()
    {
        bool deep = Environment.GetEnvironmentVariable("CRM_DEEP") == "1";
        int seed = int.TryParse(Environment.GetEnvironmentVariable("CRM_SEED"), CultureInfo.InvariantCulture, out int given) ? given : 1107;
        int many = deep ? 2000 : 60;
        var random = new Random(seed);
        var instants = new Queue<TimeSpan>(Enumerable.Range(0, many).Select(i => First + (Last - First) * ((i + random.NextDouble()) / many)));
        output.WriteLine($"{many} instants, seed {seed} (CRM_SEED)");
        var plant = new LithiumPlant(FirstHours.Seed);
        var findings = new List<string>();
        plant.RunTo(Last, p =>
        {
            if (instants.Count == 0 || p.Now < instants.Peek()) return;
            instants.Dequeue();
            findings.AddRange(Cut(p).Select(f => $"{p.Now} ({p.Story}): {f}"));
        });
        foreach (string finding in findings.Take(20)) output.WriteLine(finding);
        Assert.Empty(findings);
    }

    private static IEnumerable<string> Cut(LithiumPlant at)
    {
        string[] ran = Phases(at);
        LithiumPlant back = at.ComeBack(Away);
        for (int i = 0; i < 30; i++)
        {
            back.Scan();
            foreach (string feed in StateTableAtPin.OpenFeeds(back)) yield return feed;
        }

        bool began = at.State != PhaseState.Idle;
        if (back.State != (began ? PhaseState.Held : PhaseState.Idle)) yield return $"came back {back.State}";
        if (!began) yield break;
        if (!ran.SequenceEqual(Phases(back))) yield return $"ran {string.Join(" ", ran)}, came back with {string.Join(" ", Phases(back))}";
        if (back.Seen.Decisions.Length != ran.Length) yield return $"{back.Seen.Decisions.Length} decisions for {ran.Length} phases";
        if (back.Assessment is null) yield return "no assessment";
    }

    private static string[] Phases(LithiumPlant plant) =>
        [.. plant.Seen.Steps.Where(s => s.Unit.Length > 0 && s.State != PhaseState.Idle).Select(s => s.Id).Order(StringComparer.Ordinal)];
}
