using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Crm.Hmi.Server;

/// <summary>Keys that the framework makes and nothing uses: gone with the process. Thread-safe.</summary>
internal sealed class KeysInMemory : IXmlRepository
{
    private readonly Lock gate = new();
    private readonly List<XElement> keys = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (gate) return [.. keys.Select(k => new XElement(k))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (gate) keys.Add(new XElement(element));
    }
}
