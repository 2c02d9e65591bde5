using Crm.Plant.Balances;
using Crm.Plant.Lots;
using Xunit;

namespace Crm.Plant.Tests.Balances;

public class ElementBalanceTests
{
    [Theory]
    // in = 2 kg * 0.1 = 0.2 kg, out = 0.18: 0.9, the gap of 10 % is beyond 5 % and there is no uncertainty
    [InlineData("LotConsumed F mass_kg=2 element.Li=0.1\nLotProduced P kind=product mass_kg=1 element.Li=0.18", 0.2, 0.18, 0.9, ClosureVerdict.Open)]
    // the same with a lot that was not analysed
    [InlineData("LotConsumed F mass_kg=2 element.Li=0.1\nLotProduced P kind=product mass_kg=1 element.Li=0.18\nLotProduced R kind=residue mass_kg=1 element.Ni=0.1", 0.2, 0.18, 0.9, ClosureVerdict.Incomplete)]
    // within 5 %
    [InlineData("LotConsumed F mass_kg=2 element.Li=0.1\nLotProduced P kind=product mass_kg=1 element.Li=0.191", 0.2, 0.191, 0.955, ClosureVerdict.Closed)]
    // 10 % gap, but the assay's u is 0.01 * 2 kg = 0.02 kg, so U = 0.04 covers it
    [InlineData("LotConsumed F mass_kg=2 element.Li=0.1 element.Li.u=0.01\nLotProduced P kind=product mass_kg=1 element.Li=0.18", 0.2, 0.18, 0.9, ClosureVerdict.Closed)]
    // more out than in is open, analysed or not
    [InlineData("LotConsumed F mass_kg=2 element.Li=0.1\nLotProduced P kind=product mass_kg=1 element.Li=0.3\nLotProduced R kind=residue mass_kg=1 element.Ni=0.1", 0.2, 0.3, 1.5, ClosureVerdict.Open)]
    // a sample leaves the plant: 0.5 kg * 0.04 = 0.02 kg
    [InlineData("LotConsumed F mass_kg=2 element.Li=0.1\nLotProduced P kind=product mass_kg=1 element.Li=0.18\nLabResult lab sample=pls mass_kg=0.5 element.Li=0.04", 0.2, 0.2, 1.0, ClosureVerdict.Closed)]
    // a corrected result replaces the first one
    [InlineData("LotConsumed F mass_kg=2 element.Li=0.1\nLotProduced P kind=product mass_kg=1 element.Li=0.18\nLabResult lab sample=pls mass_kg=0.5 element.Li=0.4\nLabResult lab sample=pls mass_kg=0.5 element.Li=0.04", 0.2, 0.2, 1.0, ClosureVerdict.Closed)]
    // made and used again within the batch: on neither side
    [InlineData("LotConsumed F mass_kg=2 element.Li=0.1\nLotProduced crude mass_kg=1.2 element.Li=0.16\nLotConsumed crude material=lot:crude mass_kg=1.2\nLotProduced P kind=product mass_kg=1 element.Li=0.2", 0.2, 0.2, 1.0, ClosureVerdict.Closed)]
    // the same when the weigh-in has a name of its own
    [InlineData("LotConsumed F mass_kg=2 element.Li=0.1\nLotProduced crude mass_kg=1.2 element.Li=0.16\nLotConsumed W-1 material=lot:crude mass_kg=1.2\nLotProduced P kind=product mass_kg=1 element.Li=0.2", 0.2, 0.2, 1.0, ClosureVerdict.Closed)]
    // half of it was kept: 0.6 kg * 0.16 = 0.096 kg stays as a lot out
    [InlineData("LotConsumed F mass_kg=2 element.Li=0.1\nLotProduced crude mass_kg=1.2 element.Li=0.16\nLotConsumed crude mass_kg=0.6\nLotProduced P kind=product mass_kg=0.5 element.Li=0.2", 0.2, 0.196, 0.98, ClosureVerdict.Closed)]
    // stock taken: a warm organic comes in with 0.05 kg and stays behind with 0.06 kg, whatever their names
    [InlineData("LotConsumed F mass_kg=2 element.Li=0.1\nStockTaken organic side=opening mass_kg=10 element.Li=0.005\nLotProduced P kind=product mass_kg=1 element.Li=0.19\nStockTaken organic side=closing mass_kg=10 element.Li=0.006", 0.25, 0.25, 1.0, ClosureVerdict.Closed)]
    // 20 kg with 0.1 mg/kg by analyses that tell 0.3: 2 mg in, 12 mg U, 4 mg found: 200 % of nothing that could be told
    [InlineData("LotConsumed F mass_kg=20 element.Li=0.0000001 element.Li.u=0.0000003\nLotProduced P kind=product mass_kg=20 element.Li=0.0000002 element.Li.u=0.0000003", 2e-6, 4e-6, 2.0, ClosureVerdict.Trace)]
    // the same little by an analysis that can tell it
    [InlineData("LotConsumed F mass_kg=20 element.Li=0.0000001 element.Li.u=0.00000001\nLotProduced P kind=product mass_kg=20 element.Li=0.0000002 element.Li.u=0.0000003", 2e-6, 4e-6, 2.0, ClosureVerdict.Closed)]
    // a trace of which more than a gram comes out that nobody can explain is open all the same
    [InlineData("LotConsumed F mass_kg=20 element.Li=0.0000001 element.Li.u=0.0000003\nLotProduced P kind=product mass_kg=20 element.Li=0.0001", 2e-6, 2e-3, 1000, ClosureVerdict.Open)]
    public void Closure_of_lithium(string events, double into, double outOf, double closure, ClosureVerdict verdict)
    {
        var lithium = Compute(events).Elements[0];
        Assert.Equal("Li", lithium.Element);
        Assert.Equal(into, lithium.In.Value, 9);
        Assert.Equal(outOf, lithium.Out.Value, 9);
        Assert.Equal(closure, lithium.Closure.Value, 9);
        Assert.Equal(verdict, lithium.Verdict);
    }

    [Fact]
    public void A_main_element_in_traces_is_not_shown_to_close() =>
        Assert.False(Compute("LotConsumed F mass_kg=20 element.Li=0.0000001 element.Li.u=0.0000003\nLotProduced P kind=product mass_kg=20 element.Li=0.0000001 element.Li.u=0.0000003").BalancesClosed);

    [Fact]
    public void Portions_of_one_lot_share_the_assays_uncertainty_but_not_the_scales()
    {
        const string portion = "LotConsumed F mass_kg=1 mass_u_kg=0.01 element.Li=0.1 element.Li.u=0.002\n";
        var lithium = Compute(portion + portion + portion + portion).Elements[0];
        Assert.Equal(0.4, lithium.In.Value, 12);
        // mass 4 kg, u = sqrt(4) * 0.01 = 0.02; content u = hypot(0.1 * 0.02, 4 * 0.002) = hypot(0.002, 0.008)
        Assert.Equal(Math.Sqrt((0.002 * 0.002) + (0.008 * 0.008)), lithium.In.U, 12);
    }

    [Fact]
    public void Reagents_bring_in_what_their_formula_holds()
    {
        var result = Compute("LotConsumed F mass_kg=1 element.Li=0.1 element.Na=0\nDose d reagent=caustic mass_kg=2\nDose d reagent=caustic mass_kg=3\nDose d reagent=acid mass_kg=1\nLotProduced P mass_kg=1 element.Na=0.1 element.SO4=0.1 element.Li=0.1");
        // 5 kg * 0.4 * 22.990 / 39.997
        Assert.Equal(5 * 0.4 * 22.990 / 39.997, result.Elements.Single(e => e.Element == "Na").FromReagents.Value, 9);
        // 1 kg * 0.5 * 96.056 / 98.072
        Assert.Equal(0.5 * 96.056 / 98.072, result.Elements.Single(e => e.Element == "SO4").FromReagents.Value, 9);
        Assert.Equal(0.005 * 0.5 * 96.056 / 98.072, result.Elements.Single(e => e.Element == "SO4").FromReagents.U, 9);
        Assert.Equal(["acid", "caustic"], result.Reagents.Select(r => r.Reagent));
        Assert.Equal((5.0, 2.0, 2), (result.Reagents[1].Mass.Value, result.Reagents[1].PureMass, result.Reagents[1].Doses));
    }

    [Fact]
    public void Elements_stand_in_order_and_what_nothing_weighs_is_left_out()
    {
        var result = Compute("LotConsumed F mass_kg=1 element.Li=0.1 element.SO4=0.1 element.Ni=0.1 element.Co=0.1 element.H2O=0.1 element.C=0.2 element.assay=0.9 element.CO3=0.1");
        Assert.Equal(["Li", "Co", "Ni", "SO4"], result.Elements.Select(e => e.Element));
    }

    [Fact]
    public void Recovery_is_product_over_input_with_both_uncertainties()
    {
        var result = Compute("LotConsumed F mass_kg=10 element.Li=0.05 element.Li.u=0.001\nLotProduced P kind=product mass_kg=2 element.Li=0.2 element.Li.u=0.002\nLotProduced M kind=liquor mass_kg=5 element.Li=0.02");
        var recovery = result.Recovery[0];
        Assert.Equal(0.8, recovery.InProduct.Value, 12);
        // relative: 0.01/0.5 = 2 % and 0.004/0.4 = 1 %
        Assert.Equal(0.8 * Math.Sqrt(0.0004 + 0.0001), recovery.InProduct.U, 12);
        Assert.Equal([("P", 0.8), ("M", 0.2)], recovery.ByLot.Select(s => (s.Lot, Math.Round(s.Fraction.Value, 9))));
        Assert.Equal(0.8, result.MainRecovery.Value, 12);
    }

    [Theory]
    [InlineData("LotConsumed F element.Li=0.1", "without a mass")]
    [InlineData("LotConsumed F mass_kg=1 mass_u_kg=0.1", "has no assay")]
    [InlineData("LotProduced R mass_kg=1 element.Li=0.1", "no weighing uncertainty")]
    [InlineData("Dose d reagent=mystery mass_kg=1", "not on the rig's list")]
    [InlineData("Sample s sample=pls", "no result came")]
    [InlineData("LotConsumed F mass_kg=NaN element.Li=0.1", "without a mass")]
    [InlineData("LotConsumed F mass_kg=1 element.Li=0.1\nLotProduced P mass_kg=1 element.Ca=0.1", "no feed was analysed for it, so there is no balance: Ca.")]
    [InlineData("Note n x=1", "no totals were noted")]
    public void What_is_missing_is_said(string events, string words) =>
        Assert.Contains(Compute(events).Doubts, doubt => doubt.Contains(words, StringComparison.Ordinal));

    private static BatchResult Compute(string events) =>
        BatchBalance.Compute(EventsOf.Lines(events), EventsOf.Product(), EventsOf.Reagents, TimeSpan.FromHours(1));
}
