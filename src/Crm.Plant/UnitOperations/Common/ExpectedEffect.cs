namespace Crm.Plant.UnitOperations;

/// <summary>What an operation does, what must follow, how long it waits, and what it says when it does not come.</summary>
/// <param name="Action">"pump on".</param>
/// <param name="Effect">"drum scale falls".</param>
/// <param name="Fault">Words that its fault text holds.</param>
public sealed record ExpectedEffect(string Action, string Effect, TimeSpan Within, string Fault);
