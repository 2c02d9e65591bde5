using Crm.Plant.Balances;
using Crm.Plant.Lots;
using Crm.Plant.Purity;
using Xunit;

namespace Crm.Plant.Tests.Balances;

public class PurityTests
{
    [Theory]
    [InlineData(null, 250.0, 200.0, 10.0, LimitVerdict.Pass, true)]
    [InlineData(null, 250.0, 230.0, 10.0, LimitVerdict.Pass, true)]
    [InlineData(null, 250.0, 240.0, 10.0, LimitVerdict.Uncertain, true)]
    [InlineData(null, 250.0, 260.0, 10.0, LimitVerdict.Uncertain, false)]
    [InlineData(null, 250.0, 271.0, 10.0, LimitVerdict.Fail, false)]
    [InlineData(null, 250.0, 250.0, 0.0, LimitVerdict.Pass, true)]
    [InlineData(99.5, null, 99.6, 0.04, LimitVerdict.Pass, true)]
    [InlineData(99.5, null, 99.55, 0.04, LimitVerdict.Uncertain, true)]
    [InlineData(99.5, null, 99.4, 0.04, LimitVerdict.Fail, false)]
    [InlineData(1.0, 2.0, 1.5, 0.1, LimitVerdict.Pass, true)]
    [InlineData(1.0, 2.0, 0.5, 0.1, LimitVerdict.Fail, false)]
    public void One_limit(double? least, double? most, double value, double u, LimitVerdict verdict, bool within)
    {
        var result = PurityAssessment.Judge(new SpecificationLimit("Na", "ppm", least, most, ""), new Measured(value, u));
        Assert.Equal((verdict, within), (result.Verdict, result.WithinLimit));
    }

    [Theory]
    // one lot: 0.0002 kg/kg is 200 ppm
    [InlineData("LotProduced P kind=product mass_kg=1 element.Na=0.0002", 200, LimitVerdict.Pass, true)]
    // two lots by mass: (1 * 100 + 3 * 300) / 4
    [InlineData("LotProduced P kind=product mass_kg=1 element.Na=0.0001\nLotProduced Q kind=product mass_kg=3 element.Na=0.0003", 250, LimitVerdict.Pass, true)]
    // one of two was not analysed
    [InlineData("LotProduced P kind=product mass_kg=1 element.Na=0.0001\nLotProduced Q kind=product mass_kg=3", double.NaN, LimitVerdict.NotMeasured, false)]
    // residues are not judged
    [InlineData("LotProduced P kind=residue mass_kg=1 element.Na=0.0001", double.NaN, LimitVerdict.NotMeasured, false)]
    public void Product_lots(string events, double found, LimitVerdict verdict, bool inSpecification)
    {
        var product = EventsOf.Product(new SpecificationLimit("Na", "ppm", null, 250, ""));
        var purity = BatchBalance.Compute(EventsOf.Lines(events), product, [], TimeSpan.Zero).Purity;
        Assert.Equal(found, purity.Limits[0].Found.Value, 9);
        Assert.Equal((verdict, inSpecification), (purity.Verdict, purity.InSpecification));
    }
}
