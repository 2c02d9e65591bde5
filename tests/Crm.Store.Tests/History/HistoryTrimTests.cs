using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Store.History;
using Xunit;

namespace Crm.Store.Tests.History;

/// <summary>History is bounded by age and by size, the oldest first; what stays folds as before, and nothing else is touched.</summary>
public sealed class HistoryTrimTests : IDisposable
{
    private static readonly DateTimeOffset noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly RigDefinition rig = HistoryTests.Rig(new Keep(0, TimeSpan.FromSeconds(600)));
    private static readonly HistoryLimits endless = new(TimeSpan.FromDays(3650), long.MaxValue);

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Forty days at a sample a minute, ten kept: what is left is ten days and reads as it was.</summary>
    [Fact]
    public void What_is_older_than_the_age_goes()
    {
        using (var file = SqliteHistory.Open(folder["h.db"], rig))
        {
            file.Begin(TimeSpan.Zero, goesOn: false, noon);
            Write(file, days: 40);
            while (file.Trim(new HistoryLimits(TimeSpan.FromDays(10), long.MaxValue))) { }
            Assert.False(file.Trim(endless));
        }

        using var archive = HistoryArchive.Open(folder["h.db"], rig);
        var days = archive.Columns(0, noon, 0, 86400, 40);
        int first = Array.FindIndex(days.First, value => value is not null);
        Assert.InRange(first, 29, 30);
        Assert.Equal((39 * 24) - 1, days.First[39]); // what stood until then
        Assert.Equal((40 * 24) - 1, days.High[39]);
        using var reader = new HistoryReader(folder["h.db"]);
        Assert.InRange(TimeSpan.FromTicks(reader.Oldest()!.Value).TotalDays, 29, 30);
    }

    [Fact]
    public void What_does_not_fit_goes_the_oldest_first_and_the_file_grows_no_more()
    {
        const long most = 400_000;
        using (var file = SqliteHistory.Open(folder["h.db"], rig))
        {
            file.Begin(TimeSpan.Zero, goesOn: false, noon);
            long largest = 0;
            for (int day = 0; day < 60; day++)
            {
                Write(file, days: 1, from: day);
                while (file.Trim(new HistoryLimits(TimeSpan.FromDays(3650), most))) { }
                if (day >= 30) largest = Math.Max(largest, new FileInfo(folder["h.db"]).Length);
            }

            Assert.InRange(largest, most / 4, most * 3);
        }

        using var archive = HistoryArchive.Open(folder["h.db"], rig);
        var days = archive.Columns(0, noon, 0, 86400, 60);
        Assert.Null(days.First[0]);
        Assert.Equal((59 * 24) - 1, days.First[59]);
        int first = Array.FindIndex(days.First, value => value is not null);
        Assert.DoesNotContain(days.First[first..], value => value is null);
    }

    /// <summary>Controllers whose time is wholly gone are forgotten; those that are left keep their time.</summary>
    [Fact]
    public void A_controller_of_long_ago_is_forgotten_with_its_values()
    {
        using (var file = SqliteHistory.Open(folder["h.db"], rig))
        {
            file.Begin(TimeSpan.Zero, goesOn: false, noon);
            Write(file, days: 5);
        }

        using (var file = SqliteHistory.Open(folder["h.db"], rig))
        {
            file.Begin(TimeSpan.Zero, goesOn: false, noon.AddDays(5));
            Write(file, days: 20);
            while (file.Trim(new HistoryLimits(TimeSpan.FromDays(3), long.MaxValue))) { }
        }

        using var archive = HistoryArchive.Open(folder["h.db"], rig);
        Assert.False(archive.Knows(noon.AddDays(1)));
        Assert.Equal((19 * 24) - 1, archive.Columns(0, noon.AddDays(6), 0, 86400, 20).First[19]);
    }

    /// <summary>One channel, a sample a minute, the hour as its value.</summary>
    private static void Write(SqliteHistory file, int days, int from = 0)
    {
        for (int minute = from * 1440; minute < (from + days) * 1440; minute++)
        {
            var at = TimeSpan.FromMinutes(minute);
            Reading reading = Reading.Good(minute / 60, at);
            file.Keep(at, 0, in reading);
        }

        file.Flush();
    }
}
