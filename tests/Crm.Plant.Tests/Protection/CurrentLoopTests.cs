using Crm.Plant.Tags;
using Xunit;

namespace Crm.Plant.Tests.Protection;

public sealed class CurrentLoopTests
{
    private static readonly CurrentLoop Loop = new(0, 100);

    /// <summary>Band by band in hundredths of a milliampere, written down and not computed (NE-01 to NE-03).</summary>
    private static CurrentZone Expected(int hundredths) => hundredths switch
    {
        < 50 => CurrentZone.OpenLoop,
        <= 360 => CurrentZone.FailureLow,
        < 380 => CurrentZone.UnderRange,
        < 400 => CurrentZone.SaturatedLow,
        <= 2000 => CurrentZone.Normal,
        <= 2050 => CurrentZone.SaturatedHigh,
        < 2100 => CurrentZone.OverRange,
        <= 2200 => CurrentZone.FailureHigh,
        _ => CurrentZone.Overcurrent,
    };

    [Fact]
    public void Sweep_from_0_to_24_mA_is_classified_exactly_NE01_NE02_NE03()
    {
        for (int i = 0; i <= 2400; i++) Assert.Equal(Expected(i), CurrentLoop.Classify(i / 100.0));
        Assert.Equal(CurrentZone.OpenLoop, CurrentLoop.Classify(double.NaN));
    }

    [Theory]
    [InlineData(0.2, Quality.Bad, Reason.OpenLoop, double.NaN)]
    [InlineData(3.6, Quality.Bad, Reason.DeviceFailure, double.NaN)]
    [InlineData(3.7, Quality.Uncertain, Reason.OutOfRange, 0)]
    [InlineData(3.9, Quality.Good, Reason.None, -0.625)]
    [InlineData(12, Quality.Good, Reason.None, 50)]
    [InlineData(20.4, Quality.Good, Reason.None, 102.5)]
    [InlineData(20.8, Quality.Uncertain, Reason.OutOfRange, 100)]
    [InlineData(21, Quality.Bad, Reason.DeviceFailure, double.NaN)]
    [InlineData(23, Quality.Bad, Reason.Overcurrent, double.NaN)]
    public void A_settled_current_gives_value_quality_and_reason(double milliampere, Quality quality, Reason reason, double value)
    {
        Reading reading = Settle(milliampere);
        Assert.Equal((quality, reason), (reading.Quality, reading.Reason));
        if (double.IsNaN(value)) Assert.True(double.IsNaN(reading.Value));
        else Assert.Equal(value, reading.Value, 9);
    }

    [Fact]
    public void A_failure_must_last_two_scans_and_is_uncertain_before_NE02()
    {
        (Reading first, CurrentState state) = Loop.Read(CurrentState.Fresh, 3, TimeSpan.Zero);
        Assert.Equal((Quality.Uncertain, 0.0), (first.Quality, first.Value));
        (Reading second, state) = Loop.Read(state, 3, TimeSpan.Zero);
        Assert.True(second.IsBad);
        Assert.True(Loop.Read(state, 3, TimeSpan.Zero).Reading.IsBad);
        (Reading spike, state) = Loop.Read(CurrentState.Fresh, 22, TimeSpan.Zero);
        Assert.Equal((Quality.Uncertain, 100.0), (spike.Quality, spike.Value));
        Assert.True(Loop.Read(state, 12, TimeSpan.Zero).Reading.IsGood);
    }

    /// <summary>Noise of 0.04 mA around each edge changes the zone once at most: the worse one is kept (NE-02).</summary>
    [Theory]
    [InlineData(3.6)]
    [InlineData(3.8)]
    [InlineData(4.0)]
    [InlineData(20.0)]
    [InlineData(20.5)]
    [InlineData(21.0)]
    public void Noise_at_an_edge_does_not_flicker(double edge)
    {
        const int seed = 4711;
        var random = new Random(seed);
        CurrentState state = CurrentState.Fresh;
        int changes = 0;
        Quality last = Quality.Good;
        for (int i = 0; i < 2000; i++)
        {
            (Reading reading, state) = Loop.Read(state, edge + 0.04 * (random.NextDouble() - 0.5), TimeSpan.Zero);
            if (i > 100 && reading.Quality != last) changes++;
            last = reading.Quality;
        }

        Assert.True(changes == 0, $"{changes} changes at {edge} mA, seed {seed}");
    }

    [Fact]
    public void It_comes_back_only_beyond_the_hysteresis()
    {
        CurrentState state = CurrentState.Fresh;
        for (int i = 0; i < 3; i++) (_, state) = Loop.Read(state, 3.5, TimeSpan.Zero);
        Assert.True(Loop.Read(state, 3.64, TimeSpan.Zero).Reading.IsBad);
        Assert.Equal(Quality.Uncertain, Loop.Read(state, 3.66, TimeSpan.Zero).Reading.Quality);
        Assert.True(Loop.Read(state, 12, TimeSpan.Zero).Reading.IsGood);
    }

    [Fact]
    public void A_failure_to_the_other_side_than_declared_points_at_the_wiring_NE03()
    {
        var high = new CurrentLoop(0, 100, FailureDirection.High);
        Assert.True(Loop.IsUndeclared(CurrentZone.FailureHigh));
        Assert.False(Loop.IsUndeclared(CurrentZone.FailureLow));
        Assert.True(high.IsUndeclared(CurrentZone.FailureLow));
    }

    [Fact]
    public void The_highest_condition_of_a_device_is_shown_with_letter_colour_and_shape_NE04_NE05_NE06()
    {
        Assert.Equal(["F", "C", "S", "M"], DeviceStatus.Order.Select(m => m.Letter));
        for (int bits = 0; bits < 16; bits++)
        {
            var conditions = (DeviceConditions)bits;
            string expected = (bits & 1) != 0 ? "F" : (bits & 2) != 0 ? "C" : (bits & 4) != 0 ? "S" : (bits & 8) != 0 ? "M" : "";
            Assert.Equal(expected, DeviceStatus.Shown(conditions).Letter);
        }

        Assert.All(DeviceStatus.Order, m => Assert.True(m.Colour.Length > 0 && m.Shape.Length > 0));
        Assert.Equal(["", "F", "C", "S", "M"], DeviceStatus.Order.Prepend(DeviceStatus.Good).OrderBy(m => m.OpcUa).Select(m => m.Letter));
    }

    [Theory]
    [InlineData(Quality.Good, Reason.None, Origin.Measured, "")]
    [InlineData(Quality.Good, Reason.None, Origin.Forced, "C")]
    [InlineData(Quality.Uncertain, Reason.Substituted, Origin.Forced, "C")]
    [InlineData(Quality.Uncertain, Reason.OutOfRange, Origin.Measured, "S")]
    [InlineData(Quality.Uncertain, Reason.Deviation, Origin.Measured, "S")]
    [InlineData(Quality.Bad, Reason.Frozen, Origin.Measured, "F")]
    [InlineData(Quality.Bad, Reason.NoAnswer, Origin.Measured, "F")]
    public void A_reading_tells_the_status_of_its_device_NE08(Quality quality, Reason reason, Origin origin, string letter) =>
        Assert.Equal(letter, DeviceStatus.Shown(DeviceStatus.Of(new Reading(1, quality, reason, TimeSpan.Zero, origin))).Letter);

    private static Reading Settle(double milliampere)
    {
        CurrentState state = CurrentState.Fresh;
        Reading reading = default;
        for (int i = 0; i < 3; i++) (reading, state) = Loop.Read(state, milliampere, TimeSpan.Zero);
        return reading;
    }
}
