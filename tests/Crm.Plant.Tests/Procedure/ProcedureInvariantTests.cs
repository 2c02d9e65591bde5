using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Xunit;

namespace Crm.Plant.Tests.Procedure;

/// <summary>Random procedures under random reports and commands: what must hold at every instant (S88-01, S88-10, S88-17).</summary>
public sealed class ProcedureInvariantTests
{
    private static readonly string[] Units = ["a", "b", "c"];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void One_phase_per_unit_no_step_twice_and_every_batch_can_be_ended(int seed)
    {
        var random = new Random(seed);
        Scene scene = new Scene(NewProcedure(random)).Begin();
        var started = new List<string>(scene.Started);
        for (int i = 0; i < 400 && !scene.State.IsOver; i++)
        {
            Disturb(scene, random);
            started.AddRange(scene.Scan().Started);
            Assert.Equal(started.Count, started.Distinct(StringComparer.Ordinal).Count());
            string[] busy = [.. Phases(scene).Where(p => !p.Step.HasEnded).Select(p => p.Node.Unit)];
            Assert.True(busy.Length == busy.Distinct(StringComparer.Ordinal).Count(), $"seed {seed}: two phases on one unit");
            bool isHeldEarly = scene.State.Status == PhaseState.Held && Phases(scene).Any(p => !p.Step.HasEnded && p.Step.Phase != PhaseState.Held);
            Assert.False(isHeldEarly, $"seed {seed}: held before its phases");
        }

        End(scene);
        Assert.True(scene.State.IsOver, $"seed {seed}: {scene.State.Status}");
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 200)];

    private static IEnumerable<(ActiveStep Step, PhaseNode Node)> Phases(Scene scene) =>
        scene.State.Steps.Where(s => scene.Interpreter.Tree[s.Node] is PhaseNode).Select(s => (s, (PhaseNode)scene.Interpreter.Tree[s.Node]));

    /// <summary>A phase moves on as its machine would, or a person commands.</summary>
    private static void Disturb(Scene scene, Random random)
    {
        (ActiveStep Step, PhaseNode Node)[] phases = [.. Phases(scene).Where(p => !p.Step.HasEnded)];
        if (phases.Length > 0)
        {
            (ActiveStep step, PhaseNode node) = phases[random.Next(phases.Length)];
            scene.Report(node.Id, Next(step.Phase, scene.State.Status, random), "as it happens");
        }

        scene.Set(0, random.Next(100));
        if (random.Next(20) == 0) scene.Command(random.Next(2) == 0 ? PhaseCommand.Hold : PhaseCommand.Restart);
    }

    private static PhaseState Next(PhaseState phase, PhaseState batch, Random random) => batch switch
    {
        PhaseState.Holding or PhaseState.Held => phase == PhaseState.Completing ? PhaseState.Complete : PhaseState.Held,
        PhaseState.Stopping => PhaseState.Stopped,
        PhaseState.Aborting => PhaseState.Aborted,
        _ => phase == PhaseState.Running && random.Next(3) == 0 ? PhaseState.Complete
            : random.Next(40) == 0 ? PhaseState.Holding
            : PhaseState.Running,
    };

    private static void End(Scene scene)
    {
        if (scene.State.IsOver) return;
        Assert.True(scene.Command(PhaseCommand.Abort).Accepted);
        foreach ((ActiveStep _, PhaseNode node) in Phases(scene).Where(p => !p.Step.HasEnded).ToArray()) scene.Report(node.Id, PhaseState.Aborted);
        scene.Scan();
    }

    private static ProcedureNode[] NewProcedure(Random random)
    {
        int number = 0;
        var nodes = new List<ProcedureNode>();
        for (int i = random.Next(3); i >= 0; i--) nodes.Add(Node(random, 2, ref number));
        return [.. nodes];
    }

    private static ProcedureNode Node(Random random, int depth, ref int number)
    {
        int id = number++;
        if (depth == 0 || random.Next(2) == 0)
        {
            string unit = Units[random.Next(Units.Length)];
            var steps = new List<ProcedureNode>();
            for (int i = random.Next(3); i >= 0; i--) steps.Add(Scene.Phase($"p{number++}", unit));
            return new UnitProcedureNode($"u{id}", "unit", 1, unit, [.. steps], null);
        }

        var branches = new List<ProcedureNode>();
        for (int i = 1 + random.Next(3); i >= 0; i--) branches.Add(Node(random, depth - 1, ref number));
        return random.Next(4) switch
        {
            0 => new ParallelNode($"n{id}", "parallel", 1, [.. branches]),
            1 => new AlternativeNode($"n{id}", "alternative", 1, [.. branches.Select((b, i) => new Branch(i == branches.Count - 1 ? null : Scene.Over(0, 50), new SequenceNode($"{b.Id}w", "way", 1, [b])))], [], TimeSpan.Zero),
            2 => new RepeatNode($"n{id}", "repeat", 1, [.. branches.Select(b => new SequenceNode($"{b.Id}p", "pass", 1, [b]))], Scene.Over(0, 50), [], TimeSpan.Zero, Consequence.Continue, "still"),
            _ => new SequenceNode($"n{id}", "sequence", 1, [.. branches]),
        };
    }
}
