using System.Collections.Immutable;
using Crm.Plant.Phases;
using Crm.Plant.Ports;

namespace Crm.Plant.Twins;

/// <summary>A run on the twin in which something happens, and what is to come of it.</summary>
/// <param name="Recipe">File, relative to the scenario's.</param>
/// <param name="Until">Plant time at which it ends, when the batch has not ended before.</param>
/// <param name="Settings">Formula values, as written.</param>
/// <param name="TwinSettings">Numbers of the twin, as written.</param>
public sealed record Scenario(
    string Name,
    string Title,
    string Recipe,
    int Seed,
    TimeSpan Until,
    ImmutableSortedDictionary<string, string> Settings,
    ImmutableSortedDictionary<string, string> TwinSettings,
    ImmutableArray<PlantFault> Faults,
    ImmutableArray<ScenarioCommand> Commands,
    ImmutableArray<ScenarioExpectation> Expectations)
{
    /// <summary>Moment of the undisturbed run at which it begins and from which all its times count; empty: the start.</summary>
    public string From { get; init; } = "";

    /// <summary>The same with every time later by the plant time at which it begins.</summary>
    public Scenario BegunAt(TimeSpan start) => this with
    {
        Until = Until + start,
        Faults = [.. Faults.Select(f => f with { At = f.At + start })],
        Commands = [.. Commands.Select(c => c with { At = c.At + start })],
        Expectations = [.. Expectations.Select(e => e with { When = e.When with { By = e.When.By + start, From = e.When.From + start } })],
    };
}

/// <summary>What somebody at the rig commands the batch.</summary>
/// <param name="Command">To the batch; null: FINISH, to the unit.</param>
public readonly record struct ScenarioCommand(TimeSpan At, PhaseCommand? Command, string Unit = "");

/// <summary>When an expectation must hold.</summary>
/// <param name="By">At one scan up to then; null: not asked.</param>
/// <param name="From">At every scan from then to the end; null: not asked. With neither: at the end.</param>
/// <param name="Never">At no scan from <paramref name="From"/>, or from the beginning.</param>
public readonly record struct ExpectedWhen(TimeSpan? By, TimeSpan? From, bool Never);

/// <summary>One thing that is to come of a scenario.</summary>
/// <param name="Words">As the file says it.</param>
/// <param name="Line">Place in the file.</param>
public abstract record ScenarioExpectation(ExpectedWhen When, string Words, int Line);

/// <summary>A row of the cause-and-effect matrix is tripped.</summary>
public sealed record TripExpected(int Trip, ExpectedWhen When, string Words, int Line) : ScenarioExpectation(When, Words, Line);

/// <summary>An alarm is active.</summary>
public sealed record AlarmExpected(int Alarm, ExpectedWhen When, string Words, int Line) : ScenarioExpectation(When, Words, Line);

public sealed record BatchExpected(PhaseState State, ExpectedWhen When, string Words, int Line) : ScenarioExpectation(When, Words, Line);

/// <summary>What the device behind an output really does lies in a range, in the output's unit.</summary>
public sealed record PinExpected(int Output, double Low, double High, ExpectedWhen When, string Words, int Line) : ScenarioExpectation(When, Words, Line);

/// <summary>A good reading lies in a range, in the tag's unit.</summary>
public sealed record ReadingExpected(int Tag, double Low, double High, ExpectedWhen When, string Words, int Line) : ScenarioExpectation(When, Words, Line);

/// <summary>A fault, trip, limit or refusal of the record says these words.</summary>
public sealed record RecordExpected(string Text, ExpectedWhen When, string Words, int Line) : ScenarioExpectation(When, Words, Line);

/// <summary>The product is in specification, balances close and the recovery is reached; judged at the end.</summary>
public sealed record ProductExpected(bool Good, ExpectedWhen When, string Words, int Line) : ScenarioExpectation(When, Words, Line);
