using Crm.Plant.Alarms;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;

namespace Crm.Scenarios.Tests;

/// <summary>
/// Generated from the matrix of every rig in the repository: every row, by every one of its causes, drives every one of its effects at the pin
/// of a fake device; it stays until a person resets it, and the reset starts nothing (SAF-02, SAF-04, SAF-05, SAF-10, SAF-19, SAF-28, SAF-29).
/// </summary>
public sealed class MatrixTests
{
    public static TheoryData<string> Rigs => [.. IdleRigs.Recipes.Keys];

    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (string folder in IdleRigs.Recipes.Keys)
                foreach (MatrixRow row in MatrixTable.Of(IdleRigs.Of(folder).Rig).Rows) rows.Add(folder, row.Id);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_cause_of_a_row_drives_every_effect_at_the_pin_until_a_person_resets_it(string folder, string id)
    {
        var bench = new MatrixBench(IdleRigs.Of(folder));
        TripDefinition row = bench.Rig.Trips.Single(t => t.Id == id);
        var seen = new SortedSet<int>();
        for (int c = 0; c < row.Causes.Length; c++)
        {
            bench.ResetAll();
            bench.Trip(row, c, seen);
            bench.BackToIdle(row);
        }

        Assert.Equal(row.Effects.Select(e => e.Output).Order(), seen);
    }

    /// <summary>Start-up of the idle rig: every pin at its trip value before the reset, and no feed or heater on after it (SAF-04, SAF-07).</summary>
    [Theory]
    [MemberData(nameof(Rigs))]
    public void The_idle_rig_starts_tripped_and_a_reset_starts_nothing(string folder)
    {
        var bench = new MatrixBench(IdleRigs.Of(folder));
        bench.Step(5, 0.1, _ => false);
        Assert.All(bench.Rig.Outputs.Where(o => !o.Trip.Keep), o => Assert.Equal(o.Trip.Value, bench.Pin(o.Ordinal)));
        bench.ResetAll();
        bench.NothingStarted("start-up");
    }

    [Theory]
    [MemberData(nameof(Rigs))]
    public void The_page_shows_every_row_column_and_cell_of_the_logic_SAF02(string folder)
    {
        RigDefinition rig = IdleRigs.Of(folder).Rig;
        MatrixTable matrix = MatrixTable.Of(rig);
        Assert.Equal(rig.Trips.Select(t => t.Id), matrix.Rows.Select(r => r.Id));
        foreach (TripDefinition trip in rig.Trips)
        {
            MatrixRow row = matrix.Rows[trip.Ordinal];
            Assert.Equal(trip.Causes.Length, row.Causes.Length);
            Assert.Equal(trip.Effects.Length + (trip.Command == PhaseCommand.None ? 0 : trip.Units.Length), row.Cells.Length);
            Assert.All(row.Cells, cell => Assert.Contains(cell.Column, matrix.Columns));
        }
    }

    /// <summary>SAF-16: what guards people and equipment is latched, and nothing can set it aside. SAF-10, SAF-30: it has its time and its proof test.</summary>
    [Theory]
    [MemberData(nameof(Rigs))]
    public void Rows_of_class_safety_and_protective_are_latched_and_never_bypassed_SAF10_SAF16_SAF30(string folder)
    {
        RigDefinition rig = IdleRigs.Of(folder).Rig;
        foreach (TripDefinition row in rig.Trips.Where(t => t.Class != TripClass.Process))
        {
            Assert.True(row.Latch && row.Bypass is null && row.StartUp is null, row.Id);
            Assert.True(row.Time is not null && row.Proof is not null, row.Id);
            Assert.True(MatrixTable.Response(row, rig.ScanPeriod) <= row.Time!.Process / 2, row.Id);
        }
    }

    /// <summary>No row acts without an alarm that says so; a row whose alarm is taken away is named by the check.</summary>
    [Theory]
    [MemberData(nameof(Rigs))]
    public void A_person_hears_of_every_trip_ALM01(string folder)
    {
        RigDefinition rig = IdleRigs.Of(folder).Rig;
        Assert.Empty(TripsHeard.Unheard(rig));
        Assert.Equal(rig.Trips.Length, TripsHeard.Unheard(rig with { Alarms = [] }).Length);
    }

    /// <summary>A rig that is added is driven too.</summary>
    [Fact]
    public void Every_rig_of_the_repository_is_among_them() =>
        Assert.Equal(LongestHoldTests.RigFolders.Select(r => r.Data), IdleRigs.Recipes.Keys);
}
