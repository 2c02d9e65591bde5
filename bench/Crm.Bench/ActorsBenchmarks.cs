using BenchmarkDotNet.Attributes;

namespace Crm.Bench;

/// <summary>Time per tell and allocation, against a bare <c>Channel</c> under the same load.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkDotNet.Configs.BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class ActorsBenchmarks
{
    private const int Messages = 1_000_000;
    private const int Rounds = 200_000;

    [Benchmark(OperationsPerInvoke = Messages), BenchmarkCategory("tell, one thread")]
    public long Tell_deterministic() => ActorsLoads.TellDeterministic(Messages);

    [Benchmark(OperationsPerInvoke = Messages, Baseline = true), BenchmarkCategory("tell, one thread")]
    public long Tell_channel_one_thread() => ActorsLoads.TellChannelOneThread(Messages);

    [Benchmark(OperationsPerInvoke = Messages), BenchmarkCategory("tell, two threads")]
    public void Tell_threaded() => ActorsLoads.TellThreaded(Messages);

    [Benchmark(OperationsPerInvoke = Messages, Baseline = true), BenchmarkCategory("tell, two threads")]
    public void Tell_channel_two_threads() => ActorsLoads.TellChannelTwoThreads(Messages);

    [Benchmark(OperationsPerInvoke = Rounds), BenchmarkCategory("ping-pong")]
    public void PingPong_deterministic() => ActorsLoads.PingPongDeterministic(Rounds);

    [Benchmark(OperationsPerInvoke = Rounds), BenchmarkCategory("ping-pong")]
    public void PingPong_threaded() => ActorsLoads.PingPongThreaded(Rounds);

    [Benchmark(OperationsPerInvoke = Rounds, Baseline = true), BenchmarkCategory("ping-pong")]
    public void PingPong_channels() => ActorsLoads.PingPongChannels(Rounds);
}
