using Crm.Actors;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Control;

/// <summary>Layer 1: one physical bus (or the twin's stand-in). On hardware it is pinned to a thread of its own and is the only one that waits.</summary>
public sealed class BusActor : Actor<BusExchange>
{
    private readonly IBus bus;
    private readonly int number;
    private readonly int[] tags;
    private readonly Reading[] buffer;

    /// <param name="number">Index of the bus in the rig.</param>
    public BusActor(RigDefinition rig, int number, IBus bus)
    {
        this.bus = bus;
        this.number = number;
        tags = [.. rig.Tags.Where(t => t.Bus == rig.Buses[number].Name).Select(t => t.Ordinal)];
        buffer = new Reading[rig.Tags.Length];
        Array.Fill(buffer, Reading.Never);
    }

    /// <summary>A bus that throws anything has lost its exchange; what it read before is not passed off as fresh.</summary>
    public override void Receive(BusExchange message, ActorContext<BusExchange> context)
    {
        BusReadings answer;
        try
        {
            if (message.Plan is { } plan) bus.Exchange(plan, buffer);
            else bus.Collect(buffer);
            Reading[] own = message.Into is { } given && given.Length == tags.Length ? given : new Reading[tags.Length];
            for (int i = 0; i < own.Length; i++) own[i] = buffer[tags[i]];
            answer = new BusReadings(number, own, null);
        }
        catch (Exception fault)
        {
            answer = new BusReadings(number, [], fault.Message);
        }

        context.Tell(message.AnswerTo, answer);
    }

    /// <exception cref="NotSupportedException">Always: a device cannot be copied; a fork of the plant gets buses of its own.</exception>
    public override Actor<BusExchange> Fork() => throw new NotSupportedException("a bus cannot be copied; fork the plant with buses of its own");
}
