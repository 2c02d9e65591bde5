using System.Collections.Immutable;
using Crm.Plant.Allocation;
using Xunit;

namespace Crm.Plant.Tests.Allocation;

/// <summary>Many batches: capacity always kept, nobody starves, deadlocks found (S88-17 to S88-19).</summary>
public class ContentionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_thousand_batches_are_served_in_the_order_of_asking_S88_18(int seed)
    {
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        var run = new DeskRun(AllocationState.Of([ResourceDefinition.Exclusive("leach")]));
        for (int i = 0; i < 1000; i++)
        {
            run.Ask($"B{i:0000}", "leach");
            if (random.Next(3) == 0 && run.State.Holdings.Length > 0) run.ReleaseAll(run.State.Holdings[0].Owner);
        }

        while (run.State.Holdings.Length > 0) run.ReleaseAll(run.State.Holdings[0].Owner);
        string[] served = [.. run.Log.Where(e => e.Kind == AllocationEventKind.Granted).Select(e => e.Owner)];
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"B{i:0000}"), served);
    }

    /// <summary>
    /// Batches ask for several things at once, of several resources. Starvation-free: whoever is first in the queue is served when the
    /// owners of that moment have given back, so a batch waits at most for the batches that asked before it.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nobody_is_overtaken_on_what_it_waits_for_S88_17_S88_18(int seed)
    {
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        string[] names = ["a", "b", "c", "d"];
        var run = new DeskRun(AllocationState.Of(names.Select((n, i) => new ResourceDefinition(n, 1 + i, "L/h", ArbitrationRule.FirstComeFirstServed))));
        var asked = new Dictionary<string, (int Order, HashSet<string> Needs)>(StringComparer.Ordinal);
        int next = 0;
        while (next < 1000 || run.State.Holdings.Length > 0)
        {
            if (next < 1000 && random.Next(2) == 0)
            {
                string[] needs = [.. names.Where(_ => random.Next(2) == 0).DefaultIfEmpty("a")];
                string owner = $"B{next:0000}";
                asked[owner] = (next++, [.. needs]);
                run.Ask(owner, [.. needs.Select(n => $"{n}:{1 + random.Next(1 + Array.IndexOf(names, n))}")]);
            }
            else if (run.State.Holdings.Length > 0)
            {
                run.ReleaseAll(run.State.Holdings[random.Next(run.State.Holdings.Length)].Owner);
            }
        }

        Assert.Empty(run.State.Waiting);
        string[] served = [.. run.Log.Where(e => e.Kind == AllocationEventKind.Granted).Select(e => e.Owner)];
        Assert.Equal(1000, served.Length);
        for (int i = 0; i < served.Length; i++)
            for (int j = i + 1; j < served.Length; j++)
                Assert.False(asked[served[j]].Order < asked[served[i]].Order && asked[served[j]].Needs.Overlaps(asked[served[i]].Needs), $"{served[i]} overtook {served[j]}");
    }

    /// <summary>Every program in which three batches take three units one by one, in every interleaving.</summary>
    [Fact]
    public void Every_deadlock_of_three_batches_on_three_units_is_raised_when_it_closes_S88_19()
    {
        string[][] orders = [.. Orders(["leach", "filter1", "neutralise"])];
        int deadlocks = 0, states = 0;
        foreach (string[] a in orders)
            foreach (string[] b in orders)
                foreach (string[] c in orders)
                {
                    var model = new InterleavingModel([.. new[] { a, b, c }.Select(p => p.Select(u => new[] { u }).ToArray())]);
                    model.Explore();
                    deadlocks += model.Deadlocks;
                    states += model.States;
                }

        TestContext.Current.SendDiagnosticMessage("{0} states, {1} deadlocks", states, deadlocks);
        Assert.True(deadlocks > 0);
        Assert.True(states > 10_000);
    }

    [Fact]
    public void Units_taken_all_at_once_never_deadlock_S88_19()
    {
        string[][][] programs = [[["leach", "filter1"]], [["filter1", "neutralise"]], [["neutralise", "leach", "filter1"]]];
        var model = new InterleavingModel(programs);
        model.Explore();
        Assert.Equal(0, model.Deadlocks);
        Assert.True(model.Finished > 0);
    }

    [Fact]
    public void A_fixed_order_of_taking_never_deadlocks_S88_19()
    {
        string[][] ordered = [["filter1"], ["leach"], ["neutralise"]];
        var model = new InterleavingModel([ordered, ordered, [["leach"], ["neutralise"]]]);
        model.Explore();
        Assert.Equal(0, model.Deadlocks);
    }

    [Fact]
    public void A_deadlock_names_its_chain_and_ends_when_one_gives_back_S88_19()
    {
        var run = new DeskRun(AllocationState.Of([ResourceDefinition.Exclusive("leach"), ResourceDefinition.Exclusive("filter1")]));
        run.Ask("A", "leach").Ask("B", "filter1").Ask("A", "filter1");
        Assert.DoesNotContain(run.Log, e => e.Kind == AllocationEventKind.Deadlock);
        run.Ask("B", "leach");
        AllocationEvent raised = Assert.Single(run.Log, e => e.Kind == AllocationEventKind.Deadlock);
        Assert.Contains("A holds leach and waits: filter1 is with B; B holds filter1 and waits: leach is with A", raised.Text, StringComparison.Ordinal);
        run.At(1);
        Assert.Single(run.Log, e => e.Kind == AllocationEventKind.Deadlock); // told once
        run.ReleaseAll("B");
        Assert.Empty(run.State.Deadlocked);
        Assert.Equal(2, run.State.Holdings.Length);
    }

    private static IEnumerable<string[]> Orders(string[] units)
    {
        if (units.Length <= 1) return [units];
        return units.SelectMany(u => Orders([.. units.Where(v => v != u)]).Select(rest => (string[])[u, .. rest]));
    }
}

/// <summary>All interleavings of batches that ask step by step and give everything back at the end.</summary>
internal sealed class InterleavingModel(string[][][] programs)
{
    private readonly Dictionary<string, bool> finishes = new(StringComparer.Ordinal);

    public int States => finishes.Count;

    public int Deadlocks { get; private set; }

    public int Finished { get; private set; }

    public void Explore() => CanFinish(
        AllocationState.Of(programs.SelectMany(p => p).SelectMany(s => s).Distinct().Select(u => ResourceDefinition.Exclusive(u))), new int[programs.Length]);

    private bool CanFinish(AllocationState state, int[] at)
    {
        string key = Key(state, at);
        if (finishes.TryGetValue(key, out bool known)) return known;
        finishes[key] = false;
        foreach (ResourceDefinition resource in state.Resources) Assert.True(state.Held(resource.Name) <= 1);
        int[] ready = [.. Enumerable.Range(0, at.Length).Where(b => at[b] <= programs[b].Length && !state.Waits(Name(b)))];
        bool done = at.Zip(programs).All(p => p.First > p.Second.Length);
        if (done) Finished++;
        if (ready.Length == 0 && !done)
        {
            Deadlocks++;
            Assert.NotEmpty(state.Deadlocked);
        }

        bool can = done;
        foreach (int batch in ready) can |= Move(state, at, batch);
        // What is called a deadlock never resolves by itself.
        Assert.False(can && state.Deadlocked.Length > 0, key);
        return finishes[key] = can;
    }

    private bool Move(AllocationState state, int[] at, int batch)
    {
        bool ends = at[batch] == programs[batch].Length;
        AllocationAnswer answer = ends
            ? AllocationDesk.ReleaseAll(state, Name(batch))
            : AllocationDesk.Ask(state, new AllocationRequest(Name(batch), [.. programs[batch][at[batch]].Select(u => new ResourceNeed(u, 1))]));
        Assert.DoesNotContain(answer.Events, e => e.Kind == AllocationEventKind.Refused);
        // A deadlock closes only by asking, and is raised in that same call.
        if (answer.State.Deadlocked.Length > state.Deadlocked.Length) Assert.Contains(answer.Events, e => e.Kind == AllocationEventKind.Deadlock);
        int[] after = [.. at];
        after[batch]++;
        return CanFinish(answer.State, after);
    }

    private static string Name(int batch) => "ABC"[batch].ToString();

    private static string Key(AllocationState state, int[] at) =>
        string.Join(',', at) + "|" + string.Join(',', state.Holdings.Select(h => h.Owner + h.Resource).Order(StringComparer.Ordinal)) + "|"
        + string.Join(',', state.Waiting.Select(w => w.Request.Owner));
}
