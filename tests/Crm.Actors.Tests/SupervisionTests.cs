using Xunit;

namespace Crm.Actors.Tests;

public sealed class SupervisionTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly Observer _observer = new();
    private readonly List<string> _log = [];
    private readonly DeterministicSystem _system;

    public SupervisionTests() => _system = new DeterministicSystem(_observer);

    [Fact]
    public void Stop_ends_the_actor_and_buries_what_waits()
    {
        var a = _system.Spawn("a", Fragile("a"));
        Tell(a, "x", "boom", "y");
        _system.RunUntilIdle();
        Assert.Equal(["a starts", "a x", "a stops"], _log);
        Assert.Equal("y", Assert.Single(_observer.Letters).Message);
        var failure = Assert.Single(_observer.Failures);
        Assert.Equal(("a", "boom", Directive.Stop), (failure.Path, failure.Message, failure.Decision));
    }

    [Fact]
    public void Restart_keeps_the_mailbox_and_waits_its_back_off()
    {
        var a = _system.Spawn("a", Fragile("a"), Restarting(3));
        Tell(a, "x", "boom", "y");
        _system.RunUntilIdle();
        Assert.Equal(["a starts", "a x", "a stops"], _log);
        _system.Tell(a, "z");
        _system.AdvanceTo(s_second * 0.999);
        Assert.Equal(3, _log.Count);
        _system.AdvanceTo(s_second);
        Assert.Equal(["a starts", "a y", "a z"], _log[3..]);
        Assert.Equal((1, 0), (_system.Counters.Restarts, _system.Counters.DeadLetters));
    }

    [Fact]
    public void Back_off_doubles_to_its_maximum_then_the_limit_stops()
    {
        var a = _system.Spawn("a", Fragile("a"), Restarting(5));
        for (int i = 0; i < 6; i++)
        {
            _system.Tell(a, "boom");
            _system.AdvanceTo(_system.Now + s_second * 5);
        }
        Assert.Equal([1, 2, 4, 5, 5, 0], _observer.Failures.Select(f => f.BackOff.TotalSeconds));
        Assert.Equal(Directive.Stop, _observer.Failures[^1].Decision);
        Assert.False(_system.IsAlive(a));
    }

    [Fact]
    public void Failures_outside_the_window_are_forgotten()
    {
        var a = _system.Spawn("a", Fragile("a"), Restarting(1));
        for (int i = 0; i < 4; i++)
        {
            _system.Tell(a, "boom");
            _system.AdvanceTo(_system.Now + TimeSpan.FromMinutes(1));
        }
        Assert.True(_system.IsAlive(a));
        Assert.All(_observer.Failures, f => Assert.Equal(s_second, f.BackOff));
    }

    [Fact]
    public void A_start_that_throws_is_supervised_too()
    {
        int attempts = 0;
        var device = new Script<string>((m, _) => _log.Add(m));
        var a = _system.Spawn("a", () => ++attempts < 3 ? throw new IOException("no device") : device, Restarting(5));
        _system.Tell(a, "x");
        _system.AdvanceTo(s_second * 10);
        Assert.Equal((3, "x"), (attempts, Assert.Single(_log)));
    }

    [Fact]
    public void Escalation_restarts_the_parent_and_stops_all_its_children()
    {
        var parent = _system.Spawn("parent", () => Parent(new ActorOptions { Supervision = Supervision.Escalate }), Restarting(3));
        _system.RunUntilIdle();
        Assert.Equal(["parent starts", "one starts", "two starts"], _log);
        _log.Clear();
        _system.Tell(parent, "boom-child");
        _system.RunUntilIdle();
        Assert.Equal(["one stops", "two stops", "parent stops"], _log);
        Assert.Equal(["parent/one", "parent"], _observer.Failures.Select(f => f.Path));
        _log.Clear();
        _system.AdvanceTo(s_second);
        Assert.Equal(["parent starts", "one starts", "two starts"], _log);
        Assert.Equal(3, _system.Alive);
    }

    [Fact]
    public void Escalation_beyond_the_top_stops_the_system_and_names_the_failure()
    {
        var other = _system.Spawn("other", Fragile("other"));
        var a = _system.Spawn("a", Fragile("a"), new ActorOptions { Supervision = Supervision.Escalate });
        _system.Tell(a, "boom");
        _system.RunUntilIdle();
        Assert.Equal("boom", _system.Failure?.Message);
        Assert.Equal(0, _system.Alive);
        Assert.False(_system.IsAlive(other));
    }

    [Fact]
    public void Giving_up_may_escalate()
    {
        var rule = Supervision.Restart(1, TimeSpan.FromMinutes(1), TimeSpan.Zero, TimeSpan.Zero, Directive.Escalate);
        var a = _system.Spawn("a", Fragile("a"), new ActorOptions { Supervision = rule });
        Tell(a, "boom", "boom");
        _system.RunUntilIdle();
        Assert.Equal([Directive.Restart, Directive.Escalate], _observer.Failures.Select(f => f.Decision));
        Assert.NotNull(_system.Failure);
    }

    [Fact]
    public void A_parent_stops_after_its_children()
    {
        var parent = _system.Spawn("parent", () => Parent(ActorOptions.Default));
        _system.RunUntilIdle();
        _log.Clear();
        _system.Stop(parent);
        _system.RunUntilIdle();
        Assert.Equal(["one stops", "two stops", "parent stops"], _log);
        Assert.Equal(0, _system.Alive);
    }

    [Fact]
    public void Stop_during_back_off_is_final()
    {
        var a = _system.Spawn("a", Fragile("a"), Restarting(3));
        Tell(a, "boom", "x");
        _system.RunUntilIdle();
        _system.Stop(a);
        _system.AdvanceTo(TimeSpan.FromMinutes(1));
        Assert.Equal(["a starts", "a stops"], _log);
        Assert.Equal((0, 1, 0), (_system.Counters.Restarts, _system.Counters.DeadLetters, _system.Alive));
        Assert.Null(_system.NextDue);
    }

    [Fact]
    public void A_stopping_actor_can_tell_but_not_spawn()
    {
        var log = _system.Spawn("log", () => new Script<string>((m, _) => _log.Add(m)));
        var a = _system.Spawn("a", () => new LastWords(log));
        _system.RunUntilIdle();
        _system.Stop(a);
        _system.RunUntilIdle();
        Assert.Equal(["farewell"], _log);
        Assert.IsType<InvalidOperationException>(Assert.Single(_observer.Failures).Exception);
        Assert.Equal(1, _system.Alive);
    }

    private static ActorOptions Restarting(int limit) => new()
    {
        Supervision = Supervision.Restart(limit, TimeSpan.FromMinutes(1), s_second, s_second * 5),
    };

    private void Tell(ActorRef<string> to, params string[] messages)
    {
        foreach (string message in messages)
            _system.Tell(to, message);
    }

    private Func<Actor<string>> Fragile(string name) => () => new Script<string>(
        (m, _) => _log.Add(m == "boom" ? throw new IOException(m) : $"{name} {m}"),
        _ => _log.Add($"{name} starts"),
        () => _log.Add($"{name} stops"));

    private Script<string> Parent(ActorOptions options)
    {
        ActorRef<string> one = default;
        return new Script<string>(
            (_, c) => c.Tell(one, "boom"),
            c =>
            {
                _log.Add("parent starts");
                one = c.Spawn("one", Fragile("one"), options);
                c.Spawn("two", Fragile("two"), options);
            },
            () => _log.Add("parent stops"));
    }

    private sealed class LastWords(ActorRef<string> log) : Actor<string>
    {
        public override void Receive(string message, ActorContext<string> context)
        {
        }

        public override void Stopped(ActorContext<string> context)
        {
            context.Tell(log, "farewell");
            context.Spawn("orphan", () => new Script<int>((_, _) => { }));
        }

        public override Actor<string> Fork() => this;
    }
}
