using System.Threading.Channels;
using Crm.Actors;

namespace Crm.Bench;

/// <summary>
/// The same work for actors and for a bare channel. Batches of <see cref="Batch"/> keep every queue within its bound.
/// </summary>
internal static class ActorsLoads
{
    public const int Batch = 1000;

    private static readonly ActorOptions s_options = new() { Capacity = Batch };

    /// <summary>One actor is told a batch, then runs it; over and over.</summary>
    public static long TellDeterministic(int messages)
    {
        var system = new DeterministicSystem();
        var sum = new Sum();
        var sink = system.Spawn("sink", () => sum, s_options);
        for (int sent = 0; sent < messages; sent += Batch)
        {
            for (int i = 0; i < Batch; i++)
                system.Tell(sink, i);
            system.RunUntilIdle();
        }
        return sum.Total;
    }

    /// <summary>The bare channel, filled and emptied by one thread: the floor for the deterministic system.</summary>
    public static long TellChannelOneThread(int messages)
    {
        var channel = Channel.CreateBounded<int>(new BoundedChannelOptions(Batch) { SingleReader = true, SingleWriter = true });
        long total = 0;
        for (int sent = 0; sent < messages; sent += Batch)
        {
            for (int i = 0; i < Batch; i++)
                channel.Writer.TryWrite(i);
            while (channel.Reader.TryRead(out int value))
                total += value;
        }
        return total;
    }

    /// <summary>One thread tells, an actor on another handles, with an acknowledgement per batch.</summary>
    public static void TellThreaded(int messages)
    {
        using var system = new ThreadedSystem(TimeProvider.System, threads: 1);
        using var handled = new SemaphoreSlim(1);
        var sink = system.Spawn("sink", () => new Acknowledging(handled), s_options with { Capacity = 2 * Batch });
        for (int sent = 0; sent < messages; sent += Batch)
        {
            handled.Wait();
            for (int i = 1; i <= Batch; i++)
                system.Tell(sink, i);
        }
        handled.Wait();
    }

    /// <summary>The same with a bare channel and a thread that reads it.</summary>
    public static void TellChannelTwoThreads(int messages)
    {
        var channel = Channel.CreateBounded<int>(new BoundedChannelOptions(2 * Batch) { SingleReader = true, SingleWriter = true });
        using var handled = new SemaphoreSlim(1);
        var reader = Task.Run(async () =>
        {
            while (await channel.Reader.WaitToReadAsync())
                while (channel.Reader.TryRead(out int value))
                    if (value == Batch)
                        handled.Release();
        });
        for (int sent = 0; sent < messages; sent += Batch)
        {
            handled.Wait();
            for (int i = 1; i <= Batch; i++)
                channel.Writer.TryWrite(i);
        }
        handled.Wait();
        channel.Writer.Complete();
        reader.Wait();
    }

    /// <summary>Two actors, one ball. A round is there and back: two tells.</summary>
    public static void PingPongDeterministic(int rounds)
    {
        var system = new DeterministicSystem(stepLimit: long.MaxValue);
        system.Tell(Table(system, rounds, null), 0);
        system.RunUntilIdle();
    }

    public static void PingPongThreaded(int rounds)
    {
        using var system = new ThreadedSystem(TimeProvider.System, threads: 2);
        using var done = new SemaphoreSlim(0);
        system.Tell(Table(system, rounds, done), 0);
        done.Wait();
    }

    public static void PingPongChannels(int rounds)
    {
        var there = Channel.CreateBounded<int>(1);
        var back = Channel.CreateBounded<int>(1);
        var pong = Task.Run(async () =>
        {
            for (int i = 0; i < rounds; i++)
                await back.Writer.WriteAsync(await there.Reader.ReadAsync());
        });
        var ping = Task.Run(async () =>
        {
            for (int i = 0; i < rounds; i++)
            {
                await there.Writer.WriteAsync(i);
                await back.Reader.ReadAsync();
            }
        });
        Task.WaitAll(ping, pong);
    }

    /// <summary>Heap bytes of one actor with <paramref name="inMailbox"/> messages waiting, its small behaviour object included.</summary>
    public static double BytesPerActor(int actors, int inMailbox)
    {
        var system = new DeterministicSystem();
        system.Spawn("first", () => new Sum());
        system.RunUntilIdle();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < actors; i++)
        {
            var actor = system.Spawn("actor", () => new Sum());
            system.RunUntilIdle();
            for (int m = 0; m < inMailbox; m++)
                system.Tell(actor, m);
        }
        long after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(system);
        return (after - before) / (double)actors;
    }

    public static double BytesPerChannel(int channels)
    {
        var kept = new Channel<int>[channels];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < channels; i++)
            kept[i] = Channel.CreateBounded<int>(1024);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(kept);
        return (after - before) / (double)channels;
    }

    private static ActorRef<int> Table(ActorSystem system, int rounds, SemaphoreSlim? done)
    {
        var pong = system.Spawn("pong", () => new Returner());
        return system.Spawn("ping", () => new Server(pong, rounds, done));
    }

    private readonly record struct Ball(int Number, ActorRef<int> From);

    private sealed class Sum : Actor<int>
    {
        public long Total { get; private set; }

        public override void Receive(int message, ActorContext<int> context) => Total += message;

        public override Actor<int> Fork() => new Sum { Total = Total };
    }

    private sealed class Acknowledging(SemaphoreSlim handled) : Actor<int>
    {
        public override void Receive(int message, ActorContext<int> context)
        {
            if (message == Batch)
                handled.Release();
        }

        public override Actor<int> Fork() => throw new NotSupportedException();
    }

    private sealed class Server(ActorRef<Ball> pong, int rounds, SemaphoreSlim? done) : Actor<int>
    {
        public override void Receive(int message, ActorContext<int> context)
        {
            if (message < rounds)
                context.Tell(pong, new Ball(message + 1, context.Self));
            else
                done?.Release();
        }

        public override Actor<int> Fork() => this;
    }

    private sealed class Returner : Actor<Ball>
    {
        public override void Receive(Ball message, ActorContext<Ball> context) => context.Tell(message.From, message.Number);

        public override Actor<Ball> Fork() => this;
    }
}
