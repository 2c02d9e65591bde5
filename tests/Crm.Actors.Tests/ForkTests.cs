using System.Globalization;
using Xunit;

namespace Crm.Actors.Tests;

/// <summary>
/// A small town of actors that does everything the kernel offers: tells, timers, children, watches, failures, restarts, overflow. A copy
/// made between any two steps must write the same ledger as the original.
/// </summary>
public sealed class ForkTests
{
    private static readonly TimeSpan s_end = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_forked_at_every_instant_goes_on_like_the_original(bool shuffled)
    {
        ulong seed = (ulong)Environment.ProcessId * 2654435761;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        string expected = Finish(Town.Build(seed, shuffled, out var ledger), ledger);
        var run = Town.Build(seed, shuffled, out _);
        int forks = 0, instants = Size.Of(1_500, 100_000);
        for (int i = 0; i < instants; i++)
        {
            Assert.Equal(expected, Finish(run.Fork(), ledger));
            forks++;
            if (!run.StepTo(s_end))
                break;
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"{forks} forks of a ledger of {expected.Length} characters: {run.Counters}");
        Assert.Equal(expected, Finish(run, ledger));
        Assert.True(forks > 1_000, $"only {forks} forks");
    }

    [Fact]
    public void A_fork_and_its_original_do_not_touch_each_other()
    {
        var run = Town.Build(7, shuffled: false, out var ledger);
        run.AdvanceTo(TimeSpan.FromSeconds(5));
        string now = Read(run, ledger);
        var fork = run.Fork();
        fork.AdvanceTo(s_end);
        Assert.Equal(now, Read(run, ledger));
        Assert.NotEqual(now, Read(fork, ledger));
    }

    [Fact]
    public void A_system_is_not_forked_from_inside_an_actor()
    {
        var observer = new Observer();
        var system = new DeterministicSystem(observer);
        var a = system.Spawn("a", () => new Script<int>((_, _) => system.Fork()));
        system.Tell(a, 1);
        system.RunUntilIdle();
        Assert.IsType<InvalidOperationException>(Assert.Single(observer.Failures).Exception);
    }

    private static string Finish(DeterministicSystem system, ActorRef<LedgerEntry> ledger)
    {
        system.AdvanceTo(s_end);
        return Read(system, ledger);
    }

    private static string Read(DeterministicSystem system, ActorRef<LedgerEntry> ledger)
    {
        var text = system.Fork().AskNow<LedgerEntry, string>(ledger, reply => new LedgerEntry("", reply));
        return text + system.Counters;
    }
}

internal sealed record LedgerEntry(string Line, ActorRef<string> Reader = default);

internal static class Asking
{
    public static TReply AskNow<T, TReply>(this DeterministicSystem system, ActorRef<T> to, Func<ActorRef<TReply>, T> request)
    {
        var answer = system.Ask(to, request, TimeSpan.FromSeconds(1));
        system.RunUntilIdle();
        Assert.True(answer.IsCompletedSuccessfully);
        return answer.Result;
    }
}

internal static class Town
{
    public static DeterministicSystem Build(ulong seed, bool shuffled, out ActorRef<LedgerEntry> ledger)
    {
        var system = new DeterministicSystem(shuffleSeed: shuffled ? seed : null);
        var book = system.Spawn("ledger", () => new Ledger());
        var supervision = Supervision.Restart(3, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(2));
        var options = new ActorOptions { Supervision = supervision, Capacity = 4, Overflow = Overflow.DropOldest };
        var first = default(ActorRef<long>);
        for (int i = 0; i < 6; i++)
        {
            var next = first;
            long own = (long)(seed % 1000) + i;
            first = system.Spawn($"citizen{i}", () => new Citizen(own, book, next), options);
        }
        ledger = book;
        return system;
    }

    private sealed class Ledger : Actor<LedgerEntry>
    {
        private List<string> _lines = [];

        public override void Receive(LedgerEntry message, ActorContext<LedgerEntry> context)
        {
            if (message.Reader != default)
                context.Tell(message.Reader, string.Join('\n', _lines));
            else
                _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{context.Now.TotalSeconds} {message.Line}"));
        }

        public override Actor<LedgerEntry> Fork() => new Ledger { _lines = [.. _lines] };
    }

    private sealed class Citizen(long own, ActorRef<LedgerEntry> ledger, ActorRef<long> next) : Actor<long>
    {
        private const long Gone = -1;
        private long _sum;
        private ActorRef<long> _child;

        public override void Started(ActorContext<long> context)
        {
            context.StartPeriodicTimer("walk", TimeSpan.FromSeconds(0.5 + own % 7 * 0.1), own);
            context.StartTimer("once", TimeSpan.FromSeconds(1), own * 3);
        }

        public override void Receive(long message, ActorContext<long> context)
        {
            _sum = unchecked(_sum * 6364136223846793005 + message + 1442695040888963407);
            context.Tell(ledger, new LedgerEntry($"{context.Path} {message} {_sum}"));
            int choice = (int)((ulong)_sum >> 60);
            if (message == Gone)
                _child = default;
            else if (choice == 0)
                throw new IOException("stumbled");
            else if (choice < 4 && _child == default)
                Adopt(context);
            else if (choice < 7)
                context.Tell(_child, _sum);
            else if (choice == 7)
                context.StartTimer("once", TimeSpan.FromSeconds(0.7), message + 1);
            else if (choice < 12)
                for (int i = 0; i < choice - 7; i++)
                    context.Tell(next, _sum + i);
            else if (choice == 12)
                context.Become(new Citizen(own + 1, ledger, next) { _child = _child });
        }

        public override Actor<long> Fork() => new Citizen(own, ledger, next) { _sum = _sum, _child = _child };

        private void Adopt(ActorContext<long> context)
        {
            _child = context.Spawn("child", Child(_sum, ledger));
            context.Watch(_child, static _ => Gone);
        }

        private static Func<Actor<long>> Child(long sum, ActorRef<LedgerEntry> ledger) => () => new Citizen(sum & 0xFF, ledger, default);
    }
}
