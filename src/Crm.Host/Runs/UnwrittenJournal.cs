using Crm.Plant.Ports;
using Crm.Plant.Records;

namespace Crm.Host.Runs;

/// <summary>The journal of runs on the twin that are made for their figures or their verdict; one that is worth a record is run again with <c>crm run</c>.</summary>
internal sealed class UnwrittenJournal : IJournal
{
    public void Append(BatchEvent happened)
    {
    }

    public void Commit()
    {
    }
}
