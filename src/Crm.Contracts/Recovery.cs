namespace Crm.Contracts;

/// <summary>The one assessment a person gets who comes back to a batch whose controller was lost.</summary>
/// <param name="LastSign">Plant time, s, until which the lost controller is known to have been in charge.</param>
/// <param name="Away">s that nobody was in charge.</param>
/// <param name="Was">State of the batch then.</param>
/// <param name="Energised">Outputs that were on, and what their devices did by themselves.</param>
/// <param name="Moved">Readings that are not what they were.</param>
/// <param name="NotKept">What no record brings back.</param>
public sealed record Recovery(
    double LastSign, double Away, string Was, IReadOnlyList<RecoveryStep> Steps, IReadOnlyList<string> Energised, IReadOnlyList<string> Moved, IReadOnlyList<string> NotKept);

/// <param name="Choices">resume, repeat, skip: those that are possible.</param>
/// <param name="Decision">What a person has decided; null: not yet.</param>
public sealed record RecoveryStep(string Step, string Unit, string Was, IReadOnlyList<string> Choices, string Text, string? Decision);

/// <summary>What becomes of a phase that came back from a lost controller; the reason is needed and goes on record. RESTART carries it out.</summary>
public sealed record StepChoice : CommandRequest
{
    public required string Step { get; init; }

    /// <summary>resume, repeat or skip.</summary>
    public required string Decision { get; init; }
}
