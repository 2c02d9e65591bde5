using System.Diagnostics;
using System.Globalization;

namespace Crm.Bench;

/// <summary>All figures and ratios from one run of some seconds: best of five, so a busy machine shows least.</summary>
internal static class ActorsQuick
{
    private const int Repeats = 5;
    private const int Messages = 2_000_000;
    private const int Rounds = 200_000;
    private const int Actors = 20_000;

    public static void Run(TextWriter output)
    {
        if (ActorsLoads.TellDeterministic(Messages) != ActorsLoads.TellChannelOneThread(Messages))
            throw new InvalidOperationException("Messages were lost: the sums differ.");
        output.WriteLine("actors against a bare Channel<int>, best of five");
        Rate(output, "tell/s, one thread", Messages,
            () => ActorsLoads.TellDeterministic(Messages), () => ActorsLoads.TellChannelOneThread(Messages));
        Rate(output, "tell/s, two threads", Messages,
            () => ActorsLoads.TellThreaded(Messages), () => ActorsLoads.TellChannelTwoThreads(Messages));
        Rate(output, "ping-pong/s, deterministic", Rounds,
            () => ActorsLoads.PingPongDeterministic(Rounds), () => ActorsLoads.PingPongChannels(Rounds));
        Rate(output, "ping-pong/s, threads", Rounds,
            () => ActorsLoads.PingPongThreaded(Rounds), () => ActorsLoads.PingPongChannels(Rounds));
        double bare = ActorsLoads.BytesPerChannel(Actors);
        Line(output, "bytes per idle actor", ActorsLoads.BytesPerActor(Actors, 0), bare);
        Line(output, "bytes with 4 messages", ActorsLoads.BytesPerActor(Actors, 4), bare);
    }

    private static void Rate(TextWriter output, string what, int count, Action actors, Action channel)
    {
        double ours = double.MaxValue, bare = double.MaxValue;
        for (int i = 0; i < Repeats; i++)
        {
            ours = Math.Min(ours, Seconds(actors));
            bare = Math.Min(bare, Seconds(channel));
        }
        Line(output, what, count / ours, count / bare);
    }

    private static double Seconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Line(TextWriter output, string what, double actors, double channel) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what,-28} actors {actors,14:N0}   channel {channel,14:N0}   ratio {actors / channel:F2}"));
}
