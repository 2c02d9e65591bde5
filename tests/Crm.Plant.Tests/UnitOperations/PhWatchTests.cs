using Crm.Plant.UnitOperations;
using Xunit;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>
/// Does the pH answer to what is dosed? Acid onto a hydroxide slurry: each pulse takes the pH down, and the solids bring it back while they dissolve. That is an answer; an electrode that
/// shows nothing, or one that goes past where it began, is none.
/// </summary>
public sealed class PhWatchTests
{
    private const double LeastMove = 0.1, Judged = 1;

    /// <summary>pH and kg dosed in turn, and the fault that comes of it, or none.</summary>
    public static TheoryData<string, (double Ph, double Dosed)[], string?> Courses => new()
    {
        { "down with the acid", [(8, 0), (7, 0.5), (6, 0.9), (5, 1.4), (4, 2.2)], null },
        { "down and back while solids dissolve", [(8, 0), (5, 0.4), (2.5, 0.8), (3.9, 1.2), (2.6, 1.6), (3.9, 2.2), (2.5, 2.9)], null },
        { "stands still", [(8, 0), (7.98, 0.5), (7.97, 1.05)], "pH does not move: 8.00 before, 7.97 after 1.05 kg acid" },
        { "comes back and then stands still", [(8, 0), (4, 0.5), (5, 0.9), (5.02, 1.5), (5.01, 1.95)], "pH does not move: 5.00 before, 5.01 after 1.05 kg acid" },
        { "the wrong way", [(8, 0), (8.4, 0.3), (8.8, 0.5)], "pH goes the wrong way: 8.00 at the start, 8.80 after 0.50 kg acid" },
        { "back past where it began", [(8, 0), (5, 0.4), (8.1, 0.6), (8.8, 0.7)], "pH goes the wrong way: 8.00 at the start, 8.80 after 0.70 kg acid" },
    };

    [Theory]
    [MemberData(nameof(Courses))]
    public void It_is_judged_by_every_real_move(string what, (double Ph, double Dosed)[] course, string? expected)
    {
        PhWatch watch = PhWatch.Fresh;
        string? fault = null;
        foreach ((double ph, double dosed) in course)
        {
            Assert.True(fault is null, $"{what}: {fault} before the end");
            DoseToPhMemory dose = DoseToPhMemory.Fresh with { Ph = DoseToPhMemory.Fresh.Ph with { Value = ph }, Direction = -1, Tally = DosingTally.Fresh with { Tare = 10, Scale = new Smoothed(10 - dosed) } };
            watch = watch.Next(dose, Judged, LeastMove, "acid", out fault);
        }

        Assert.Equal(expected, fault);
    }
}
