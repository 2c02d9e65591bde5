using Crm.Host.Service;

namespace Crm.Host.Api;

/// <summary>The rigs of this controller, by name.</summary>
public sealed class Rigs(IReadOnlyList<RigService> all)
{
    public IReadOnlyList<RigService> All => all;

    public RigService? Find(string name) => all.FirstOrDefault(r => r.Rig.Name == name);
}
