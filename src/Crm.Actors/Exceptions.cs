using System.Globalization;

namespace Crm.Actors;

/// <summary>A tell met a full mailbox with <see cref="Overflow.Fail"/>; the message was not taken.</summary>
public sealed class MailboxFullException(string path, int capacity)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"The mailbox of {path} is full ({capacity} messages)."));

/// <summary>More actors were spawned in the life of one system than <see cref="ActorSystem.MaxActors"/>.</summary>
public sealed class ActorLimitException(int limit)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"No more than {limit} actors can be spawned in one system."));

/// <summary>
/// A deterministic system did not come to rest within its step limit at one instant of virtual time: messages chase each other.
/// </summary>
public sealed class StepLimitException(long limit, TimeSpan now, ulong? seed) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"Not idle after {limit} steps at {now}{(seed is { } s ? $" (shuffle seed {s})" : "")}: messages chase each other."));

/// <summary>An <c>Ask</c> got no answer.</summary>
public sealed class AskFailedException(string message) : Exception(message);
