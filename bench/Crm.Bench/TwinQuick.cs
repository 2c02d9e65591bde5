using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Crm.Chemistry;
using Crm.Host.Fitting;
using Crm.Host.Runs;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Twin;
using Crm.Twin.Equipment;
using Crm.Twin.Fitting;

namespace Crm.Bench;

/// <summary>
/// The twin alone: what was done to a plant in a run is done to the twin again, without any controller. Beside it, as the floor, an explicit-Euler
/// loop over as many states that holds no chemistry: each state follows its neighbour with a lag of its own, one step a second as the twin's process.
/// </summary>
internal static class TwinQuick
{
    /// <param name="folder">A run of <c>crm run --out</c> on that rig.</param>
    public static void Run(string rigName, string folder, TextWriter output)
    {
        if (RigFiles.WithTwin(rigName) is not { } files) return;
        (RigDefinition rig, TwinDefinition twin) = files;
        Recording recording = RecordingFile.Read(rig, folder);
        double[] hours = [.. Enumerable.Range(1, (int)recording.End.TotalHours).Select(h => h * 3600.0)];

        var watch = Stopwatch.StartNew();
        Replay.Run(rig, twin, recording, [], [.. hours]);
        TimeSpan alone = watch.Elapsed;
        double plantSeconds = hours[^1];
        int states = States(rig, twin);
        watch.Restart();
        double check = Euler(states, (int)plantSeconds);
        TimeSpan floor = watch.Elapsed;

        Line(output, $"twin alone, {plantSeconds / 3600:0} h of plant time in {alone.TotalSeconds:0.0} s: {plantSeconds / alone.TotalSeconds:0} times real time");
        Line(output, $"explicit Euler over {states} states, the same time in {floor.TotalSeconds:0.00} s ({check:0.000}): the twin takes {alone / floor:0.0} times as long");
    }

    /// <summary>Amounts and temperatures that the twin carries.</summary>
    private static int States(RigDefinition rig, TwinDefinition twin)
    {
        Works works = new TwinPlant(rig, twin, 1).Owned.OfType<Works>().Single();
        static int Of(Mixture m) => m.Aq.Length + m.Solid.Length + m.Occluded.Length + m.Core.Length + (m.Organic?.Length ?? 0) + 1;
        return works.Units.ToArray().Sum((UnitModel u) => Of(u.Holdup)) + works.Drums.Sum(d => Of(d.Contents));
    }

    private static double Euler(int states, int seconds)
    {
        double[] y = new double[states], rate = new double[states], change = new double[states];
        for (int i = 0; i < states; i++) (y[i], rate[i]) = (i % 7, 1e-3 * (1 + i % 5));
        for (int second = 0; second < seconds; second++)
        {
            change[0] = rate[0] * (y[^1] - y[0]);
            for (int i = 1; i < states; i++) change[i] = rate[i] * (y[i - 1] - y[i]);
            for (int i = 0; i < states; i++) y[i] += change[i];
        }

        return y.Sum() / states;
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
