using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Plant.Twins;

namespace Crm.Twin.Fitting;

/// <summary>Does to a twin what was done to a plant, without any controller, and reads what its instruments would have said without noise.</summary>
public static class Replay
{
    /// <summary>Instruments are read this often, s: their lags are followed, their own clocks are not.</summary>
    private const double Exchange = 5;

    /// <param name="tags">Ordinals of the tags wanted.</param>
    /// <param name="grid">Plant times, s, rising.</param>
    /// <returns>By tag, then by time.</returns>
    /// <exception cref="ArgumentException">An act names a place or material that the twin has not.</exception>
    public static double[][] Run(RigDefinition rig, TwinDefinition twin, Recording recording, ImmutableArray<int> tags, ImmutableArray<double> grid)
    {
        var plant = new TwinPlant(rig, Quiet(rig, twin), 1);
        IBus[] buses = [.. rig.Buses.Select(b => plant.Bus(b.Name))];
        double[] driven = [.. rig.Outputs.Select(o => o.Fail.Value.Keep ? 0 : o.Fail.Value.Value)];
        var readings = new Reading[rig.Tags.Length];
        double[][] read = [.. tags.Select(_ => new double[grid.Length])];
        int move = 0, act = 0;
        double last = 0;
        for (int g = 0; g < grid.Length; g++)
        {
            while (last < grid[g])
            {
                double next = Math.Min(grid[g], last + Exchange);
                if (move < recording.Moves.Length) next = Math.Min(next, Math.Max(last, recording.Moves[move].At.TotalSeconds));
                if (act < recording.Acts.Length) next = Math.Min(next, Math.Max(last, recording.Acts[act].At.TotalSeconds));
                TimeSpan now = TimeSpan.FromSeconds(next);
                plant.AdvanceTo(now);
                for (; act < recording.Acts.Length && recording.Acts[act].At <= now; act++) Do(plant.Hands, recording.Acts[act]);
                for (; move < recording.Moves.Length && recording.Moves[move].At <= now; move++) driven[recording.Moves[move].Output] = recording.Moves[move].Value;
                foreach (IBus bus in buses) bus.Exchange(new OutputPlan(0, now, now + TimeSpan.FromDays(1), driven), readings);
                last = next;
            }

            for (int t = 0; t < tags.Length; t++) read[t][g] = readings[tags[t]].Value;
        }

        return read;
    }

    private static void Do(IRigHands hands, HandAct act)
    {
        if (!act.Lots.IsEmpty) hands.Supply(act.Place, act.Material, act.Lots);
        if (act.Kind == HandActKind.Supply) return;
        if (act.Kind == HandActKind.Charge) hands.Charge(act.Place, act.Material, act.Mass);
        else if (act.Kind == HandActKind.Sample) hands.Sample(act.Place, act.Mass);
        else hands.Discharge(act.Place, act.Material);
    }

    /// <summary>The same instruments with their lags, without noise and steps: the answer is to change with the parameters and nothing else.</summary>
    private static TwinDefinition Quiet(RigDefinition rig, TwinDefinition twin) => twin with
    {
        Sensors = [.. rig.Tags.Select(t => new SensorDefinition(t.Ordinal, twin.Sensors.FirstOrDefault(s => s.Tag == t.Ordinal)?.Lag, t.IsSwitch ? null : 0, t.IsSwitch ? null : 0))],
    };
}
