using Crm.Plant.Twins;

namespace Crm.Host.Scenarios;

/// <param name="Came">Plant time at which it was decided; null at the end.</param>
/// <param name="Found">What was seen instead; empty when it holds.</param>
public sealed record Judgement(ScenarioExpectation Expectation, bool Holds, TimeSpan? Came, string Found);

/// <summary>One expectation over the scans of a run.</summary>
internal sealed class ExpectationWatch(ScenarioExpectation expectation)
{
    private Judgement? decided;
    private bool seen;

    public ScenarioExpectation Expectation => expectation;

    /// <summary>Whether the scan at <paramref name="now"/> can still decide it.</summary>
    public bool IsDue(TimeSpan now) => decided is null && expectation.When switch
    {
        { By: { } by } => now <= by,
        { From: { } from } => now >= from,
        { Never: var never } => never,
    };

    /// <param name="found">What is there instead; asked only when the expectation fails.</param>
    public void See(bool isSo, TimeSpan now, Func<string> found)
    {
        seen = true;
        if (expectation.When.By is not null)
        {
            if (isSo) decided = new Judgement(expectation, true, now, "");
        }
        else if (isSo == expectation.When.Never)
        {
            decided = new Judgement(expectation, false, now, Failure(found()));
        }
    }

    /// <summary>What is decided by nothing so far is decided by the end; also when the run ended before its time came.</summary>
    public Judgement Judge(bool isSoAtEnd, string found)
    {
        if (decided is not null) return decided;
        if (expectation.When.By is not null) return new Judgement(expectation, false, null, $"not by then; {found}");
        bool holds = seen || isSoAtEnd != expectation.When.Never;
        return new Judgement(expectation, holds, null, holds ? "" : Failure(found));
    }

    private string Failure(string found) => expectation.When.Never ? "it is so" : found;
}
