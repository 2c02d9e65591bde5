using System.Collections.Immutable;
using Crm.Plant.Allocation;
using Crm.Plant.Records;
using Xunit;

namespace Crm.Plant.Tests.Allocation;

public class WaitLedgerTests
{
    [Fact]
    public void Who_waited_for_whom_is_told_by_the_record()
    {
        BatchEvent[] events =
        [
            Event(1, "A", "Granted", "leach"), Event(2, "B", "Queued", "leach", "A"), Event(5, "A", "Released", "leach"), Event(5, "B", "Granted", "leach"),
            Event(7, "B", "Queued", "filter1 neutralise", "A"),
        ];
        Assert.Equal(
            [new Wait("B", "leach", "A", TimeSpan.FromHours(2), TimeSpan.FromHours(5)), new Wait("B", "filter1 neutralise", "A", TimeSpan.FromHours(7), null)],
            WaitLedger.Book(events));
    }

    private static BatchEvent Event(int hour, string batch, string kind, string units, string heldBy = "") => new(
        TimeSpan.FromHours(hour), hour, BatchEventKind.Allocation, units, "", "allocation",
        BatchEvent.NoData.Add("allocation", kind).Add("owner", batch).Add("units", units).Add("held_by", heldBy))
    { Batch = batch };
}
