using System.Collections.Concurrent;
using Xunit;

namespace Crm.Actors.Tests;

public sealed class ThreadedTests : IDisposable
{
    /// <summary>Only a hang takes this long.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static readonly ActorOptions s_large = new() { Capacity = 1 << 20 };
    private readonly Observer _observer = new();
    private readonly ThreadedSystem _system;

    public ThreadedTests() => _system = new ThreadedSystem(TimeProvider.System, threads: 4, _observer);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Assert.True(_system.Shutdown(s_patience));

    [Fact]
    public async Task Order_per_sender_holds_among_many_senders()
    {
        const int Senders = 4;
        int each = Size.Of(20_000, 200_000);
        var last = new int[Senders];
        int seen = 0;
        var done = Signal();
        var sink = _system.Spawn("sink", () => new Script<(int Sender, int Number)>((m, _) =>
        {
            if (m.Number != ++last[m.Sender])
                done.TrySetException(new InvalidOperationException($"sender {m.Sender}: {m.Number} after {last[m.Sender] - 1}"));
            if (++seen == Senders * each)
                done.TrySetResult();
        }), s_large);
        var senders = Enumerable.Range(0, Senders).Select(s => _system.Spawn($"sender{s}", () => new Script<int>((n, c) =>
        {
            for (int i = 1; i <= n; i++)
                c.Tell(sink, (s, i));
        }))).ToArray();
        foreach (var sender in senders)
            _system.Tell(sender, each);
        await done.Task.WaitAsync(s_patience, Cancelled);
    }

    /// <summary>One message at a time between actors that fall asleep after each: a lost wake-up hangs the round.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_wake_up_is_lost(bool pinned)
    {
        int rounds = Size.Of(20_000, 1_000_000);
        var options = new ActorOptions { Pinned = pinned };
        var games = Enumerable.Range(0, 4).Select(_ => Game(rounds, options)).ToArray();
        await Task.WhenAll(games).WaitAsync(s_patience * 5, Cancelled);
    }

    /// <summary>
    /// Aims each tell at the instant the actor's thread goes to rest: the actor shows its answer early and lingers a little, differently
    /// each time. It hits the instant only now and then; <see cref="RestTests"/> holds the very interleaving.
    /// </summary>
    [Fact]
    public void No_wake_up_is_lost_at_the_moment_of_rest()
    {
        int rounds = Size.Of(20_000, 1_000_000), handled = 0;
        var a = _system.Spawn("a", () => new Script<int>((n, _) =>
        {
            Volatile.Write(ref handled, n);
            Thread.SpinWait(n * 7919 % 64);
        }));
        for (int n = 1; n <= rounds; n++)
        {
            _system.Tell(a, n);
            long start = TimeProvider.System.GetTimestamp();
            for (long spins = 0; Volatile.Read(ref handled) != n; spins++)
                if (spins > 10_000)
                    Hesitate(start, n);
        }
    }

    [Fact]
    public async Task No_wake_up_is_lost_to_tellers_from_outside()
    {
        int rounds = Size.Of(2_000, 100_000);
        var echo = _system.Spawn("echo", () => new Script<(int N, ActorRef<int> Reply)>((m, c) => c.Tell(m.Reply, m.N)));
        await Parallel.ForAsync(0, 4, Cancelled, async (_, _) =>
        {
            for (int i = 0; i < rounds; i++)
                Assert.Equal(i, await _system.Ask<(int, ActorRef<int>), int>(echo, r => (i, r), s_patience));
        });
        Assert.Equal(0, _system.Counters.DeadLetters);
    }

    [Fact]
    public async Task Stop_during_work_lets_the_message_end_and_buries_the_rest()
    {
        var entered = Signal();
        using var leave = new ManualResetEventSlim();
        int handled = 0;
        var a = _system.Spawn("a", () => new Script<int>((_, _) =>
        {
            entered.TrySetResult();
            leave.Wait(s_patience);
            handled++;
        }), new ActorOptions { Pinned = true });
        var gone = Gone(a);
        for (int i = 0; i < 3; i++)
            _system.Tell(a, i);
        await entered.Task.WaitAsync(s_patience, Cancelled);
        _system.Stop(a);
        Assert.True(_system.IsAlive(a));
        leave.Set();
        await gone.WaitAsync(s_patience, Cancelled);
        Assert.Equal(1, handled);
        Assert.Equal([1, 2], _observer.Letters.Select(l => (int)l.Message!));
    }

    /// <summary>Tellers, failures, restarts and a stop at once: every message is handled, failed or a dead letter.</summary>
    [Fact]
    public async Task No_message_is_lost_silently_in_restarts_and_stops()
    {
        int rounds = Size.Of(20, 500);
        const int Tellers = 3, Each = 200;
        for (int round = 0; round < rounds; round++)
        {
            int handled = 0;
            var before = _system.Counters;
            var rule = Supervision.Restart(1000, TimeSpan.FromHours(1), TimeSpan.Zero, TimeSpan.Zero);
            var a = _system.Spawn("a", () => new Script<int>((m, _) =>
            {
                if (m % 7 == 0)
                    throw new IOException();
                Interlocked.Increment(ref handled);
            }), s_large with { Supervision = rule });
            var gone = Gone(a);
            await Parallel.ForAsync(0, Tellers, Cancelled, (t, _) =>
            {
                for (int i = 0; i < Each; i++)
                    _system.Tell(a, i);
                if (t == 0)
                    _system.Stop(a);
                return ValueTask.CompletedTask;
            });
            await gone.WaitAsync(s_patience, Cancelled);
            var after = _system.Counters;
            Assert.Equal(Tellers * Each, handled + (after.Failures - before.Failures) + (after.DeadLetters - before.DeadLetters));
        }
    }

    [Fact]
    public async Task A_restarted_actor_handles_what_waited()
    {
        int starts = 0;
        var done = Signal();
        var rule = Supervision.Restart(3, TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(5));
        var a = _system.Spawn("a", () => new Script<string>((m, _) =>
        {
            if (m == "boom")
                throw new IOException(m);
            done.TrySetResult();
        }, _ => starts++), new ActorOptions { Supervision = rule });
        _system.Tell(a, "boom");
        _system.Tell(a, "x");
        await done.Task.WaitAsync(s_patience, Cancelled);
        Assert.Equal((2, 1), (starts, _system.Counters.Restarts));
    }

    [Fact]
    public async Task Pinned_actors_have_a_thread_of_their_own()
    {
        var threads = new ConcurrentBag<string?>();
        var options = new ActorOptions { Pinned = true };
        var bus = _system.Spawn("bus0", () => new Script<ActorRef<int>>((r, c) =>
        {
            threads.Add(Thread.CurrentThread.Name);
            c.Tell(r, 1);
        }, _ => threads.Add(Thread.CurrentThread.Name)), options);
        for (int i = 0; i < 20; i++)
            await _system.Ask<ActorRef<int>, int>(bus, r => r, s_patience);
        Assert.Equal(["bus0"], threads.Distinct());
    }

    [Fact]
    public async Task Ask_fails_after_its_timeout_and_not_inside_an_actor()
    {
        var mute = _system.Spawn("mute", () => new Script<ActorRef<int>>((_, _) => { }));
        await Assert.ThrowsAsync<AskFailedException>(
            () => _system.Ask<ActorRef<int>, int>(mute, r => r, TimeSpan.FromMilliseconds(1)));
        var asker = _system.Spawn("asker", () => new Script<int>((_, _) => _system.Ask<ActorRef<int>, int>(mute, r => r, s_patience)));
        var gone = Gone(asker);
        _system.Tell(asker, 1);
        await gone.WaitAsync(s_patience, Cancelled);
        Assert.IsType<InvalidOperationException>(Assert.Single(_observer.Failures).Exception);
    }

    [Fact]
    public async Task Timers_follow_the_given_clock_and_late_ticks_are_merged()
    {
        var time = new ManualTime();
        using var system = new ThreadedSystem(time, threads: 2);
        int ticks = 0;
        var a = system.Spawn("a", () => new Script<ActorRef<int>>((reply, c) =>
        {
            if (reply == default)
                ticks++;
            else
                c.Tell(reply, ticks);
        }, c => c.StartPeriodicTimer("scan", TimeSpan.FromSeconds(1), default)));
        Task<int> Ticks() => system.Ask<ActorRef<int>, int>(a, r => r, s_patience);
        Assert.Equal(0, await Ticks());
        for (int i = 1; i <= 10; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(i, await Ticks());
        }
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(11, await Ticks());
        Assert.Equal(4, system.Counters.MergedTicks);
        Assert.Equal(TimeSpan.FromSeconds(15), system.Now);
    }

    [Fact]
    public void Shutdown_waits_for_the_whole_tree_and_refuses_newcomers()
    {
        var system = new ThreadedSystem(TimeProvider.System, threads: 2);
        int started = 0, stopped = 0;
        Script<int> Parent(int generations) => new(
            (_, _) => { },
            c =>
            {
                Interlocked.Increment(ref started);
                if (generations > 0)
                    c.Spawn("child", () => Parent(generations - 1));
            },
            () => Interlocked.Increment(ref stopped));
        for (int i = 0; i < 100; i++)
            system.Spawn($"p{i}", () => Parent(3));
        Assert.True(system.Shutdown(s_patience));
        Assert.Equal(0, system.Alive);
        Assert.Equal(started, stopped);
        Assert.Throws<InvalidOperationException>(() => system.Spawn("late", () => new Script<int>((_, _) => { })));
    }

    [Fact]
    public async Task Shutdown_does_not_wait_for_ever_for_an_actor_that_hangs()
    {
        var system = new ThreadedSystem(TimeProvider.System, threads: 1);
        var entered = Signal();
        using var leave = new ManualResetEventSlim();
        var bus = system.Spawn("bus", () => new Script<int>((_, _) =>
        {
            entered.TrySetResult();
            leave.Wait(s_patience);
        }), new ActorOptions { Pinned = true });
        system.Tell(bus, 1);
        await entered.Task.WaitAsync(s_patience, Cancelled);
        Assert.False(system.Shutdown(TimeSpan.FromMilliseconds(1)));
        leave.Set();
        Assert.True(system.Shutdown(s_patience));
    }

    private static void Hesitate(long start, int n)
    {
        Thread.Yield();
        Assert.True(TimeProvider.System.GetElapsedTime(start) < s_patience / 2, $"message {n} was not handled");
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<Terminated> Gone<T>(ActorRef<T> actor)
    {
        var gone = new TaskCompletionSource<Terminated>(TaskCreationOptions.RunContinuationsAsynchronously);
        _system.Spawn("watcher", () => new Script<Terminated>((t, c) =>
        {
            gone.TrySetResult(t);
            c.Stop();
        }, c => c.Watch(actor, t => t)));
        return gone.Task;
    }

    private Task Game(int rounds, ActorOptions options)
    {
        var done = Signal();
        ActorRef<int> ping = default;
        var pong = _system.Spawn("pong", () => new Script<int>((n, c) => c.Tell(ping, n)), options);
        ping = _system.Spawn("ping", () => new Script<int>((n, c) =>
        {
            if (n == rounds)
                done.TrySetResult();
            else
                c.Tell(pong, n + 1);
        }), options);
        _system.Tell(ping, 0);
        return done.Task;
    }
}
