using Crm.Plant.Balances;
using Xunit;

namespace Crm.Plant.Tests.Balances;

/// <summary>From a bag of product back to its drums, by the record alone (S88-24).</summary>
public sealed class LotTraceTests
{
    private const string Batch = """
        LotConsumed ore lot=BM-1 material=ore place=leach kind=feed mass_kg=2 mass_u_kg=0.01 element.Li=0.1
        LotConsumed ore lot=BM-1 material=ore place=leach kind=feed mass_kg=1 mass_u_kg=0.01 element.Li=0.1
        Dose leach/acid reagent=acid lot=SA-1 unit=leach mass_kg=0.5 mass_u_kg=0.01
        Dose tank/acid reagent=acid lot=SA-1 unit=tank mass_kg=0.25 mass_u_kg=0.01
        Dose tank/acid reagent=acid lot=SA-2 unit=tank mass_kg=0.1 mass_u_kg=0.01
        Dose tank/water reagent=caustic unit=tank mass_kg=0.1
        LotProduced cake lot=cake material=cake place=filter kind=intermediate mass_kg=1 element.Li=0.2
        Material filter vessel=filter produced=cake made_of=B1=1 made_from=BM-1
        LotConsumed cake lot=cake material=lot:cake place=dryer mass_kg=1
        LotProduced bag-7 lot=bag-7 material=product place=dryer kind=product mass_kg=0.9 element.Li=0.2
        """;

    private static BatchResult Result(string more) => BatchBalance.Compute(EventsOf.Lines(Batch.Replace("made_of=B1=1 ", "", StringComparison.Ordinal) + more), EventsOf.Product(), EventsOf.Reagents, TimeSpan.FromHours(1));

    [Fact]
    public void What_was_drawn_is_told_by_label()
    {
        Assert.Equal(["BM-1 ore 3 leach", "SA-1 acid 0.75 leach tank", "SA-2 acid 0.1 tank", "cake lot:cake 1 dryer"],
            Result("").Drawn.Select(d => FormattableString.Invariant($"{d.Lot} {d.Material} {d.Mass.Value:0.##} {string.Join(' ', d.Into)}")));
    }

    [Fact]
    public void Made_lots_know_what_they_are_made_from_and_nothing_is_guessed_for_others()
    {
        Assert.Equal("bag-7: | cake: BM-1", Made(Result("")));
    }

    private static string Made(BatchResult result) => string.Join(" | ", result.Lots.Where(l => l.Side is LotSide.Out or LotSide.Within).OrderBy(l => l.Id, StringComparer.Ordinal).Select(l => $"{l.Id}: {string.Join(' ', l.MadeFrom)}".TrimEnd()));
}
