namespace Crm.Recipes.Diagnostics;

/// <summary>One mistake in a file people wrote, with its place and what to do about it.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Code">One of <see cref="DiagnosticCodes"/>.</param>
/// <param name="Remedy">What was expected; empty when the message says it.</param>
public sealed record Diagnostic(string File, int Line, int Column, string Code, string Message, string Remedy)
{
    /// <summary>Worth a look, and no mistake: it does not keep a file from being used.</summary>
    public bool IsAdvice { get; init; }

    public override string ToString() =>
        FormattableString.Invariant($"{File}:{Line}:{Column}: {(IsAdvice ? "warning" : "error")} {Code}: {Message}") + (Remedy.Length == 0 ? "" : "; " + Remedy);
}
