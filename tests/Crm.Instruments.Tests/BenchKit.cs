using System.Collections.Immutable;
using System.Text;
using Crm.Instruments.Buses;
using Crm.Plant.Rigs;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Rigs;

namespace Crm.Instruments.Tests;

/// <summary>The bench kit of <c>hardware/</c>, as a user has it.</summary>
internal static class BenchKit
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(Repository.Root, "hardware", "bench-kit", "rig.yaml"));

    public static RigDefinition Rig() => Whole(Text);

    /// <summary>With deadlines for a busy machine: what is tested is not how fast it is.</summary>
    public static RigDefinition Patient() => Whole(Text.Replace("deadline: 300 ms", "deadline: 5 s", StringComparison.Ordinal));

    public static ImmutableArray<Diagnostic> Problems(string text) => RigFile.Read("rig.yaml", Encoding.UTF8.GetBytes(text), InstrumentCatalogue.All).Diagnostics;

    public static ModbusBus Bus(RigDefinition rig, string name, string place, Func<TimeSpan> clock) =>
        BusBuilder.Open(rig, rig.Buses.First(b => b.Name == name), TimeProvider.System, clock, place);

    public static RigDefinition Whole(string text)
    {
        var (rig, problems) = RigFile.Read("rig.yaml", Encoding.UTF8.GetBytes(text), InstrumentCatalogue.All);
        Assert.Empty(problems);
        return rig!;
    }
}
