using Crm.Plant.Outputs;
using Crm.Plant.Tags;

namespace Crm.Plant.Ports;

/// <summary>The bus or its device did not do as asked. The readings of the whole bus are then bad.</summary>
public sealed class BusFaultException(string message) : Exception(message);

/// <summary>
/// One physical bus (or the twin's stand-in). Called by its bus actor only, one exchange at a time. The device behind it holds the
/// plan until <see cref="OutputPlan.ValidUntil"/> and then falls to the fail values by itself.
/// </summary>
public interface IBus
{
    string Name { get; }

    /// <summary>Nothing behind it is real: the twin's stand-in. What a person must have seen at a real rig is not asked for.</summary>
    bool IsSimulated => false;

    /// <summary>Writes the plan's values of this bus's outputs and reads its tags.</summary>
    /// <param name="plan">Values for all outputs of the rig; the bus takes its own.</param>
    /// <param name="readings">One slot per tag of the rig, by ordinal; the bus fills its own and leaves the others alone.</param>
    /// <exception cref="BusFaultException">Nothing or not everything was exchanged; the outcome of the write is unknown.</exception>
    void Exchange(OutputPlan plan, Span<Reading> readings);

    /// <summary>It exchanges beside the scan: what <see cref="Exchange"/> gives is that of the exchange before, and <see cref="Collect"/> has more.</summary>
    bool IsBeside => false;

    /// <summary>Takes what has come since the last exchange was asked for, right before a scan looks at it; never waits. Only asked of a bus that <see cref="IsBeside"/>.</summary>
    /// <param name="readings">As for <see cref="Exchange"/>.</param>
    /// <exception cref="BusFaultException">The last exchange that ended was lost.</exception>
    void Collect(Span<Reading> readings) => throw new NotSupportedException($"bus {Name} exchanges at once");
}
