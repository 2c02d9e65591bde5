using Crm.Control;
using Crm.Plant.Rigs;

namespace Crm.Host.Runs;

/// <summary>A rig with its controllers and whatever is behind its wires; one call of <see cref="Scan"/> is one scan. One thread.</summary>
public interface IRunningRig
{
    RigDefinition Rig { get; }

    PlantController Control { get; }

    /// <summary>Plant time of the last scan.</summary>
    TimeSpan Now { get; }

    void Scan();
}
