using System.Globalization;
using Crm.Plant.Phases;
using Xunit;

namespace Crm.Plant.Tests.Phases;

/// <summary>
/// The machine beside the independent model, step by step on random commands, ends and elapsed times. CRM_DEEP=1: a million steps a
/// machine; CRM_SEED picks another course.
/// </summary>
public sealed class ReferenceModelTests(ITestOutputHelper output)
{
    private static readonly int Steps = Environment.GetEnvironmentVariable("CRM_DEEP") == "1" ? 1_000_000 : 50_000;

    private static readonly int Seed =
        int.TryParse(Environment.GetEnvironmentVariable("CRM_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed : 4711;

    public static TheoryData<int, int, PhaseCommand, bool> Machines => new()
    {
        { 300, 14_400, PhaseCommand.Stop, true },
        { 300, 14_400, PhaseCommand.Abort, false },
        { 60, 600, PhaseCommand.None, true },
    };

    [Theory]
    [MemberData(nameof(Machines))]
    public void The_machine_never_departs_from_the_independent_model_S88_03_S88_06_S88_09_S88_23(int limit, int longestHold, PhaseCommand afterHold, bool canPause)
    {
        output.WriteLine($"seed {Seed} (CRM_SEED), {Steps} steps (CRM_DEEP=1 for a million)");
        var random = new Random(Seed);
        var machine = new PhaseMachine(TimeSpan.FromSeconds(limit), TimeSpan.FromSeconds(longestHold), afterHold, canPause);
        var model = new ReferenceModel(limit, longestHold, afterHold == PhaseCommand.None ? "" : Word(afterHold), canPause);
        PhaseStatus status = PhaseStatus.Idle;
        for (int i = 0; i < Steps; i++)
        {
            PhaseRequest[] requests = Requests(random);
            bool ended = random.Next(4) == 0;
            int seconds = random.Next(8) == 0 ? random.Next(6000) : random.Next(40);
            PhaseAdvance after = machine.Advance(status, requests, ended, TimeSpan.FromSeconds(seconds));
            string before = model.State;
            int refused = model.Step([.. requests.Select(r => Word(r.Command))], ended, seconds);
            string where = $"seed {Seed}, step {i}, in {before}: {string.Join(" ", requests.Select(r => r.Command))}, ended {ended}, {seconds} s";
            Assert.True(Word(after.Status.State) == model.State, $"{where}: {after.Status.State}, the model says {model.State}");
            Assert.True(after.Refused.Length == refused, $"{where}: {after.Refused.Length} refused, the model says {refused}");
            Assert.True(after.Status.InState.TotalSeconds == model.InState, where);
            Assert.True(after.Status.NotConfirmed == !model.Confirmed, where);
            status = after.Status;
        }
    }

    private static PhaseRequest[] Requests(Random random)
    {
        int many = random.Next(3) switch { 0 => 0, 1 => 1, _ => random.Next(4) };
        return [.. Enumerable.Range(0, many).Select(n => new PhaseRequest((PhaseCommand)(1 + random.Next(PhaseTable.Commands)), "p" + n.ToString(CultureInfo.InvariantCulture)))];
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToUpperInvariant();
}
