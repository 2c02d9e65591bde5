namespace Crm.Actors;

/// <summary>
/// A behaviour and its state. One message at a time, synchronously, never blocking (a pinned actor may wait for its own device).
/// Whatever it throws goes to its supervision. Messages are immutable by contract.
/// </summary>
public abstract class Actor<T>
{
    /// <summary>Handles one message.</summary>
    public abstract void Receive(T message, ActorContext<T> context);

    /// <summary>
    /// A deep copy of the state, for <see cref="DeterministicSystem.Fork"/>; an actor without mutable state returns itself.
    /// One that holds hardware throws <see cref="NotSupportedException"/>.
    /// </summary>
    public abstract Actor<T> Fork();

    /// <summary>
    /// Before the first message, and again in the new instance after a restart. A throw here is a failure like any other.
    /// </summary>
    public virtual void Started(ActorContext<T> context)
    {
    }

    /// <summary>
    /// After the last message and after all children stopped; also in the old instance of a restart. May tell and release resources,
    /// not spawn, watch or start timers.
    /// </summary>
    public virtual void Stopped(ActorContext<T> context)
    {
    }
}
