using System.Collections.Immutable;
using Crm.Plant.Allocation;
using Xunit;

namespace Crm.Plant.Tests.Allocation;

/// <summary>Batches that say what they will need never lock each other (S88-19).</summary>
public class SafeGrantTests
{
    private static ImmutableSortedSet<string> Units(params string[] names) => names.ToImmutableSortedSet(StringComparer.Ordinal);

    private static AllocationRequest Request(string owner, string units, params string[] claims) =>
        new(owner, [.. units.Split(' ').Select(u => new ResourceNeed(u, 1))]) { Claims = Units(claims) };

    private static AllocationState Rig(params string[] units) => AllocationState.Of(units.Select(u => ResourceDefinition.Exclusive(u)));

    [Fact]
    public void A_free_unit_is_withheld_when_taking_it_could_end_in_a_deadlock()
    {
        AllocationState state = AllocationDesk.Ask(Rig("leach", "filter"), Request("A", "leach", "leach", "filter")).State;
        state = AllocationDesk.Ask(state, Request("B", "filter", "leach", "filter")).State;
        Assert.Null(state.HolderOf("filter"));
        Assert.Contains("could end in a deadlock with A", WaitText.Of(state, "B"), StringComparison.Ordinal);
        state = AllocationDesk.Ask(state, Request("A", "filter", "leach", "filter")).State;
        Assert.Equal("A", state.HolderOf("filter")!.Owner);
        Assert.Contains("filter, held by batch A since 0:00:00", WaitText.Of(state, "B"), StringComparison.Ordinal);
        Assert.Equal("B", AllocationDesk.ReleaseAll(state, "A").State.HolderOf("filter")!.Owner);
    }

    [Fact]
    public void What_is_not_claimed_any_more_is_granted_at_once()
    {
        AllocationState state = AllocationDesk.Ask(Rig("leach", "filter"), Request("A", "filter", "leach", "filter")).State;
        state = AllocationDesk.Ask(state, Request("B", "leach", "leach", "filter")).State;
        Assert.Null(state.HolderOf("leach"));
        Assert.Equal("B", AllocationDesk.Claim(state, "A", Units("filter")).State.HolderOf("leach")!.Owner);
    }

    [Fact]
    public void A_pipeline_flows_the_second_batch_takes_what_the_first_has_left()
    {
        AllocationState state = AllocationDesk.Ask(Rig("leach", "filter", "dryer"), Request("A", "dryer", "dryer")).State;
        state = AllocationDesk.Ask(state, Request("B", "leach", "leach", "filter", "dryer")).State;
        Assert.Equal("B", state.HolderOf("leach")!.Owner);
    }

    /// <summary>Random recipes on random rigs: units taken one step after the other in any order, kept until no later step needs them.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public void Random_recipes_in_random_interleavings_always_end(int seed)
    {
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        for (int trial = 0; trial < 250; trial++)
        {
            string[] units = [.. Enumerable.Range(0, 3 + random.Next(5)).Select(i => $"u{i}")];
            var batches = Enumerable.Range(0, 2 + random.Next(4)).Select(i => new Walk($"B{i}", Steps(random, units))).ToList();
            AllocationState state = Rig(units);
            int turns = 0;
            while (batches.Exists(b => !b.Over))
            {
                Assert.True(turns++ < 10_000, $"seed {seed}, trial {trial}: stuck; {string.Join(" | ", state.Waiting.Select(w => $"{w.Request.Owner}: {WaitText.Of(state, w.Request.Owner)}"))}");
                state = batches[random.Next(batches.Count)].Turn(state, random);
                foreach (string unit in units) Assert.True(state.Held(unit) <= 1, $"seed {seed}, trial {trial}: {unit}");
                Assert.Empty(state.Deadlocked);
            }

            Assert.Empty(state.Holdings);
            Assert.Empty(state.Waiting);
        }
    }

    private static string[][] Steps(Random random, string[] units) =>
        [.. Enumerable.Range(0, 2 + random.Next(6)).Select(_ => (string[])[.. units.Where(_ => random.Next(3) == 0).DefaultIfEmpty(units[random.Next(units.Length)])])];

    /// <summary>A batch that walks its steps: asks for what it lacks, gives back what no later step needs.</summary>
    private sealed class Walk(string name, string[][] steps)
    {
        private int step;
        private bool begun;

        public bool Over { get; private set; }

        public AllocationState Turn(AllocationState state, Random random)
        {
            if (Over || state.Waits(name) || random.Next(3) == 0) return state;
            string[] lacks = [.. steps[step].Where(u => state.HolderOf(u)?.Owner != name)];
            if (lacks.Length > 0) return AllocationDesk.Ask(state, Request(name, string.Join(' ', lacks), [.. steps[step..].SelectMany(s => s).Concat(Has(state)).Distinct()])).State;
            if (!begun && random.Next(2) == 0)
            {
                begun = true;
                return state;
            }

            begun = false;
            step++;
            if (step == steps.Length)
            {
                Over = true;
                return AllocationDesk.ReleaseAll(state, name).State;
            }

            string[] later = [.. steps[step..].SelectMany(s => s).Distinct()];
            foreach (string unit in Has(state).Except(later)) state = AllocationDesk.Release(state, name, unit).State;
            return AllocationDesk.Claim(state, name, Units(later)).State;
        }

        private string[] Has(AllocationState state) => [.. state.Holdings.Where(h => h.Owner == name).Select(h => h.Resource)];
    }
}
