using Xunit;

namespace Crm.Actors.Tests;

public sealed class WatchAndTimerTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly List<string> _log = [];
    private readonly DeterministicSystem _system = new();

    [Theory]
    [InlineData("stop", "gone a in order")]
    [InlineData("boom", "gone a boom")]
    public void The_watcher_hears_of_the_end_after_the_last_words(string command, string expected)
    {
        ActorRef<string> watcher = default;
        var a = _system.Spawn("a", () => new Script<string>((m, c) =>
        {
            c.Tell(watcher, "last words");
            if (m == "boom")
                throw new IOException(m);
            c.Stop();
        }));
        watcher = _system.Spawn("watcher", () => Watching(a));
        _system.RunUntilIdle();
        _system.Tell(a, command);
        _system.RunUntilIdle();
        Assert.Equal(["last words", expected], _log);
    }

    [Fact]
    public void Watching_the_dead_is_answered_at_once()
    {
        var a = _system.Spawn("a", () => new Script<string>((_, _) => { }));
        _system.Stop(a);
        _system.RunUntilIdle();
        _system.Spawn("watcher", () => Watching(a));
        _system.RunUntilIdle();
        Assert.Equal(["gone #1 in order"], _log);
    }

    [Fact]
    public void Unwatch_ends_the_watch_and_a_full_mailbox_does_not_lose_the_end()
    {
        var a = _system.Spawn("a", () => new Script<string>((_, _) => { }));
        var b = _system.Spawn("b", () => new Script<string>((_, _) => { }));
        var watcher = _system.Spawn("watcher", () => new Script<string>((m, c) => _log.Add(m), c =>
        {
            c.Watch(a, _ => "gone a");
            c.Watch(b, _ => "gone b");
            c.Unwatch(b);
        }), new ActorOptions { Capacity = 1 });
        _system.RunUntilIdle();
        _system.Stop(a);
        _system.Stop(b);
        _system.Tell(watcher, "fills the mailbox");
        _system.RunUntilIdle();
        Assert.Equal(["fills the mailbox", "gone a"], _log);
    }

    [Fact]
    public void One_advance_of_60_s_over_a_1_s_period_gives_60_ticks()
    {
        var ticks = new List<TimeSpan>();
        _system.Spawn("a", () => new Script<string>(
            (_, c) => ticks.Add(c.Now), c => c.StartPeriodicTimer("scan", s_second, "tick")));
        _system.AdvanceTo(s_second * 60);
        Assert.Equal(Enumerable.Range(1, 60).Select(i => s_second * i), ticks);
        Assert.Equal(0, _system.Counters.MergedTicks);
        Assert.Equal(s_second * 61, _system.NextDue);
    }

    [Fact]
    public void A_single_timer_rings_once_and_a_key_holds_one_timer()
    {
        _system.Spawn("a", () => new Script<string>((m, c) => _log.Add($"{m}@{c.Now.TotalSeconds}"), c =>
        {
            c.StartTimer("k", s_second, "replaced");
            c.StartTimer("k", s_second * 2, "k");
            c.StartTimer("other", s_second * 3, "other");
            c.StartTimer("cancelled", s_second, "cancelled");
            Assert.True(c.CancelTimer("cancelled"));
            Assert.False(c.CancelTimer("cancelled"));
        }));
        _system.AdvanceTo(s_second * 10);
        Assert.Equal(["k@2", "other@3"], _log);
        Assert.Null(_system.NextDue);
    }

    [Fact]
    public void A_timer_cancelled_at_the_instant_it_rings_is_not_received()
    {
        _system.Spawn("a", () => new Script<string>((m, c) =>
        {
            _log.Add(m);
            c.CancelTimer("second");
        }, c =>
        {
            c.StartTimer("first", s_second, "first");
            c.StartTimer("second", s_second, "second");
        }));
        _system.AdvanceTo(s_second * 2);
        Assert.Equal(["first"], _log);
    }

    [Fact]
    public void Timers_end_with_a_stop_and_start_anew_with_a_restart()
    {
        var options = new ActorOptions { Supervision = Supervision.Restart(9, s_second * 100, s_second * 0.5, s_second * 0.5) };
        var a = _system.Spawn("a", () => new Script<string>(
            (m, c) => _log.Add(m == "boom" ? throw new IOException() : $"{c.Now.TotalSeconds}"),
            c => c.StartPeriodicTimer("scan", s_second, "tick")), options);
        _system.AdvanceTo(s_second * 1.7);
        _system.Tell(a, "boom");
        _system.AdvanceTo(s_second * 4);
        Assert.Equal(["1", "3.2"], _log);
        _system.Stop(a);
        _system.AdvanceTo(s_second * 10);
        Assert.Equal(2, _log.Count);
        Assert.Null(_system.NextDue);
    }

    [Fact]
    public void Cancelled_timers_do_not_pile_up()
    {
        var a = _system.Spawn("a", () => new Script<string>((_, c) => c.StartTimer("k", s_second * 1e6, "late")));
        for (int i = 0; i < 10_000; i++)
        {
            _system.Tell(a, "again");
            _system.RunUntilIdle();
        }
        Assert.Equal(s_second * 1e6, _system.NextDue);
    }

    [Fact]
    public void Ask_is_answered_or_fails_in_virtual_time()
    {
        var a = _system.Spawn("a", () => new Script<ActorRef<int>>((reply, c) => c.Tell(reply, 42)));
        var mute = _system.Spawn("mute", () => new Script<ActorRef<int>>((_, _) => { }));
        var gone = default(ActorRef<ActorRef<int>>);
        var answered = _system.Ask<ActorRef<int>, int>(a, r => r, s_second);
        var unanswered = _system.Ask<ActorRef<int>, int>(mute, r => r, s_second);
        var nobody = _system.Ask<ActorRef<int>, int>(gone, r => r, s_second);
        Assert.True(nobody.IsFaulted);
        _system.RunUntilIdle();
        Assert.Equal((true, false), (answered.IsCompletedSuccessfully, unanswered.IsCompleted));
        _system.AdvanceTo(s_second);
        Assert.IsType<AskFailedException>(unanswered.Exception?.InnerException);
        Assert.Null(_system.NextDue);
    }

    [Fact]
    public void A_late_reply_is_a_dead_letter_and_an_actor_may_not_ask()
    {
        var observer = new Observer();
        var system = new DeterministicSystem(observer);
        var late = system.Spawn("late", () => new Script<ActorRef<int>>((r, c) =>
        {
            c.Tell(r, 1);
            c.Tell(r, 2);
        }));
        var asker = system.Spawn("asker", () => new Script<int>((_, _) => system.Ask<ActorRef<int>, int>(late, r => r, s_second)));
        _ = system.Ask<ActorRef<int>, int>(late, r => r, s_second);
        system.Tell(asker, 0);
        system.RunUntilIdle();
        Assert.Equal(DeadLetterReason.LateReply, Assert.Single(observer.Letters).Reason);
        Assert.IsType<InvalidOperationException>(Assert.Single(observer.Failures).Exception);
    }

    private Script<string> Watching(ActorRef<string> other) => new(
        (m, _) => _log.Add(m),
        c => c.Watch(other, t => $"gone {t.Path} {t.Failure?.Message ?? "in order"}"));
}
