using System.Globalization;

namespace Crm.Actors;

/// <summary>
/// The address of an actor that understands <typeparamref name="T"/>. A plain number with a type: it points at no system, so the same
/// reference is valid in a system and in all its forks. The default value addresses nobody; what is told to it is a dead letter.
/// </summary>
public readonly record struct ActorRef<T>
{
    internal ActorRef(int id) => Id = id;

    /// <summary>
    /// Positive for actors, negative for the reply address of an <c>Ask</c>, 0 for nobody. Never used twice in one system.
    /// </summary>
    public int Id { get; }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Id}");
}
