using Xunit;

namespace Crm.Actors.Tests;

public sealed class DeliveryTests
{
    private readonly Observer _observer = new();
    private readonly List<string> _log = [];

    [Fact]
    public void Messages_are_delivered_in_the_order_told_over_all_mailboxes()
    {
        var system = new DeterministicSystem(_observer);
        var a = system.Spawn("a", Logger("a"));
        var b = system.Spawn("b", Logger("b"));
        for (int i = 0; i < 3; i++)
        {
            system.Tell(b, i);
            system.Tell(a, i);
        }
        system.RunUntilIdle();
        Assert.Equal(["b0", "a0", "b1", "a1", "b2", "a2"], _log);
    }

    [Fact]
    public void Nothing_runs_before_it_is_stepped()
    {
        var system = new DeterministicSystem();
        system.Tell(system.Spawn("a", Logger("a")), 1);
        Assert.Empty(_log);
        Assert.True(system.Step());
        Assert.True(system.Step());
        Assert.False(system.Step());
        Assert.Equal(["a1"], _log);
    }

    [Fact]
    public void Become_switches_from_the_next_message()
    {
        var system = new DeterministicSystem();
        var closed = Logger("closed")();
        var open = new Script<int>((m, c) =>
        {
            _log.Add($"open{m}");
            c.Become(closed);
        });
        var valve = system.Spawn("valve", () => open);
        for (int i = 0; i < 3; i++)
            system.Tell(valve, i);
        system.RunUntilIdle();
        Assert.Equal(["open0", "closed1", "closed2"], _log);
    }

    [Theory]
    [InlineData(Overflow.DropNewest, "a0 a1", 1, 0)]
    [InlineData(Overflow.DropOldest, "a1 a2", 0, 1)]
    public void Overflow_drops_and_counts(Overflow policy, string delivered, int newest, int oldest)
    {
        var system = new DeterministicSystem(_observer);
        var a = system.Spawn("a", Logger("a"), new ActorOptions { Capacity = 2, Overflow = policy });
        for (int i = 0; i < 3; i++)
            system.Tell(a, i);
        system.RunUntilIdle();
        Assert.Equal(delivered, string.Join(' ', _log));
        Assert.Equal((newest, oldest), (system.Counters.DroppedNewest, system.Counters.DroppedOldest));
        var letter = Assert.Single(_observer.Letters);
        Assert.Equal(("a", policy == Overflow.DropNewest ? 2 : 0), (letter.Path, (int)letter.Message!));
    }

    [Fact]
    public void Overflow_fail_throws_at_the_sender_and_keeps_what_waits()
    {
        var system = new DeterministicSystem(_observer);
        var a = system.Spawn("a", Logger("a"), new ActorOptions { Capacity = 1 });
        var sender = system.Spawn("sender", () => new Script<int>((m, c) =>
        {
            c.Tell(a, m);
            c.Tell(a, m + 1);
        }));
        system.RunUntilIdle();
        system.Tell(a, 1);
        Assert.Throws<MailboxFullException>(() => system.Tell(a, 2));
        system.RunUntilIdle();
        system.Tell(sender, 5);
        system.RunUntilIdle();
        Assert.Equal(["a1", "a5"], _log);
        Assert.Equal(2, system.Counters.Refused);
        Assert.IsType<MailboxFullException>(Assert.Single(_observer.Failures).Exception);
        Assert.False(system.IsAlive(sender));
    }

    [Fact]
    public void Messages_to_nobody_and_to_the_stopped_are_dead_letters()
    {
        var system = new DeterministicSystem(_observer);
        var a = system.Spawn("a", Logger("a"));
        system.Tell(a, 1);
        system.Tell(a, 2);
        system.Stop(a);
        system.RunUntilIdle();
        system.Tell(a, 3);
        system.Tell(default(ActorRef<int>), 4);
        Assert.Empty(_log);
        Assert.Equal([1, 2, 3, 4], _observer.Letters.Select(l => (int)l.Message!));
        Assert.Equal(4, system.Counters.DeadLetters);
        Assert.Equal(0, system.Alive);
    }

    [Fact]
    public void An_observer_that_throws_is_counted_and_harms_nobody()
    {
        var system = new DeterministicSystem(new Thrower());
        system.Tell(default(ActorRef<int>), 4);
        Assert.Equal((1, 1), (system.Counters.DeadLetters, system.Counters.ObserverFailures));
    }

    [Fact]
    public void Messages_that_chase_each_other_hit_the_step_limit_by_name()
    {
        var system = new DeterministicSystem(stepLimit: 1000, shuffleSeed: 42);
        var loop = system.Spawn("loop", () => new Script<int>((m, c) => c.Tell(c.Self, m + 1)));
        system.Tell(loop, 0);
        var thrown = Assert.Throws<StepLimitException>(system.RunUntilIdle);
        Assert.Contains("42", thrown.Message);
        Assert.Throws<StepLimitException>(() => system.AdvanceTo(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Shuffle_keeps_order_per_sender_and_repeats_with_its_seed()
    {
        ulong seed = (ulong)Environment.ProcessId * 2654435761;
        TestContext.Current.TestOutputHelper!.WriteLine($"shuffle seed {seed}");
        string first = Shuffled(seed), again = Shuffled(seed), other = Shuffled(seed + 1);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        for (char name = 'a'; name <= 'd'; name++)
        {
            var own = first.Split(' ').Where(m => m[0] == name).Select(m => int.Parse(m[1..], null)).ToArray();
            Assert.Equal(Enumerable.Range(0, 50), own);
        }
    }

    [Fact]
    public void A_tell_and_its_delivery_allocate_nothing()
    {
        var system = new DeterministicSystem();
        long sum = 0;
        var a = system.Spawn("a", () => new Script<long>((m, _) => sum += m));
        void Batch()
        {
            for (int i = 0; i < 1000; i++)
                system.Tell(a, i);
            system.RunUntilIdle();
        }
        Batch();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
            Batch();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(11 * 499_500, sum);
    }

    private static string Shuffled(ulong seed)
    {
        var system = new DeterministicSystem(shuffleSeed: seed);
        var log = new List<string>();
        var sinks = "abcd".Select(n => system.Spawn($"{n}", () => new Script<int>((m, _) => log.Add($"{n}{m}")))).ToArray();
        for (int i = 0; i < 50; i++)
            foreach (var sink in sinks)
                system.Tell(sink, i);
        system.RunUntilIdle();
        return string.Join(' ', log);
    }

    private Func<Script<int>> Logger(string name) => () => new Script<int>((m, _) => _log.Add($"{name}{m}"));

    private sealed class Thrower : IActorObserver
    {
        public void DeadLetter(in DeadLetter letter) => throw new InvalidOperationException("log disk full");

        public void Failed(in ActorFailure failure) => throw new InvalidOperationException("log disk full");
    }
}
