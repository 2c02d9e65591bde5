using Crm.Contracts;
using Crm.Host.Records;
using Crm.Host.Tests.Reports;
using Crm.Host.Workshop;
using Xunit;

namespace Crm.Host.Tests.Records;

/// <summary>What was measured beside what the twin predicted: within the uncertainty of both, or by which factor off; never one for the other.</summary>
public sealed class DeviationTests
{
    [Theory]
    [InlineData(1.0, 0.2, "within")]
    [InlineData(0.2, 0.01, "above")]
    [InlineData(4.0, 0.01, "below")]
    public void The_deviation_is_judged_by_the_uncertainty_of_both(double share, double uncertainty, string against)
    {
        var measured = Sodium([]).Found!;
        var line = Sodium([new("Na", "ppm", new Quantity(share * measured.Value, uncertainty * measured.Value), "Pass", true)]);
        Assert.Equal(measured, line.Found);
        Assert.Equal(against, line.Predicted.Against);
        Assert.Equal(1 / share, line.Predicted.Factor!.Value, 6);
    }

    [Fact]
    public void What_the_twin_did_not_analyse_or_has_in_another_unit_is_not_compared()
    {
        Assert.Null(Sodium([]).Predicted.Value);
        Assert.Null(Sodium([new("Na", "%", new Quantity(1, 0.1), "Pass", true)]).Predicted.Value);
        var unknown = Sodium([new("Na", "ppm", null, "NotMeasured", false)]).Predicted;
        Assert.Equal(("", (double?)null), (unknown.Against, unknown.Factor));
        var none = Sodium([new("Na", "ppm", new Quantity(0, 0.001), "Pass", true)]).Predicted;
        Assert.Equal(("above", (double?)null), (none.Against, none.Factor));
    }

    private static LimitFound Sodium(IReadOnlyList<PredictedLimit> predicted)
    {
        var record = SampleBatch.Record();
        var batch = new RecordedBatch(1, "B1", "", "", 1, 2, "", "", TimeSpan.Zero, SampleBatch.End, "Complete");
        return FiguresText.Of(batch, record, PredictionText.Of(null, null, ""), predicted).Limits.Single(l => l.Analyte == "Na");
    }
}
