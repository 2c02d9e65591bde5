using Crm.Host.CommandLine;
using Crm.Host.Records;
using Xunit;

namespace Crm.Host.Tests.Reports;

/// <summary>The history of a run, read again: what a killed run left unfinished is left out, what is damaged is told with its line.</summary>
public sealed class HistoryRowsTests : IDisposable
{
    private const string Head = "time_s,tag,value,unit,quality\n";

    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Values_gaps_and_an_unfinished_last_row()
    {
        File.WriteAllText(path, Head + "0.1,leach.ph,7.02,pH,good\n0.2,leach.ph,,pH,bad:Stale\n0.3,leach.p");
        Assert.Equal([new HistoryRow(0.1, "leach.ph", 7.02, "good"), new HistoryRow(0.2, "leach.ph", null, "bad:Stale")], HistoryRows.Read(path));
    }

    [Fact]
    public void A_damaged_row_is_told_with_its_line()
    {
        File.WriteAllText(path, Head + "0.1,leach.ph,7.02,pH,good\nsoon,leach.ph,7,pH,good\n0.3,leach.ph,7,pH,good\n");
        Assert.Equal($"{path}:3: expected time_s,tag,value,unit,quality", Assert.Throws<UsageException>(() => HistoryRows.Read(path).Count()).Message);
    }
}
