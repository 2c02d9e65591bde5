using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Phases;
using Crm.Plant.Rigs;

namespace Crm.Plant.Protection;

/// <summary>A cause in words.</summary>
public sealed record MatrixCause(string Text, TimeSpan Delay, TimeSpan ClearDelay, string WhenBad);

/// <summary>What a row does to a column: an output's value, or a unit's command.</summary>
/// <param name="Value"><c>0</c>, <c>100</c>, <c>keep</c>, or <c>hold</c>, <c>stop</c>, <c>abort</c>.</param>
public sealed record MatrixCell(string Column, string Value, string Justified);

/// <summary>One row, with everything a reader of the matrix asks about it.</summary>
/// <param name="Response">Seconds from the cause to its effect, budgeted; null when the row states no time.</param>
public sealed record MatrixRow(
    string Id, string Class, string Why, bool Latch, string ResetPermit, string Bypass, string StartUp,
    ImmutableArray<MatrixCause> Causes, ImmutableArray<MatrixCell> Cells, TimeSpan? ProcessTime, TimeSpan? Response, ProofTest? Proof);

/// <summary>
/// The cause-and-effect matrix of a rig as a table: the one source from which logic, page, tests and document are made (SAF-02). Rows and
/// columns are in the order of the rig file; a row further up wins an output.
/// </summary>
/// <param name="Columns">Outputs, then units that are commanded (<c>unit leach</c>).</param>
/// <param name="Checksum">SHA-256 over everything that decides what protection does (SAF-32); dates of proof tests are left out.</param>
public sealed record MatrixTable(string Rig, string Version, ImmutableArray<string> Columns, ImmutableArray<MatrixRow> Rows, string Checksum)
{
    /// <summary>Scans from a reading to the pin: it may just have missed one scan, is judged in the next, and the plan goes out with that.</summary>
    public const int ScansToPin = 2;

    public static MatrixTable Of(RigDefinition rig)
    {
        ImmutableArray<MatrixRow> rows = [.. rig.Trips.Select(t => RowOf(rig, t))];
        ImmutableArray<string> columns =
        [
            .. rig.Outputs.Select(o => o.Name).Where(name => rows.Any(r => r.Cells.Any(c => c.Column == name))),
            .. rig.Units.Select(u => "unit " + u.Name).Where(name => rows.Any(r => r.Cells.Any(c => c.Column == name))),
        ];
        return new MatrixTable(rig.Name, rig.Version, columns, rows, ProtectionItems.Checksum(rig));
    }

    /// <summary>Time from the cause to its effect: sensor, longest delay, scans and actuator (SAF-10).</summary>
    public static TimeSpan Response(TripDefinition row, TimeSpan scan)
    {
        TimeSpan delay = row.Causes.IsEmpty ? TimeSpan.Zero : row.Causes.Max(c => c.Delay);
        return (row.Time?.Sensor ?? TimeSpan.Zero) + delay + ScansToPin * scan + (row.Time?.Actuator ?? TimeSpan.Zero);
    }

    private static MatrixRow RowOf(RigDefinition rig, TripDefinition trip) => new(
        trip.Id,
        trip.Class.ToString().ToLowerInvariant(),
        trip.Why,
        trip.Latch,
        trip.ResetPermit?.Text ?? "",
        Words(trip.Bypass),
        Words(trip.StartUp),
        [.. trip.Causes.Select(c => new MatrixCause(c.Text, c.Delay, c.ClearDelay, WhenBad(c)))],
        [
            .. trip.Effects.Select(e => new MatrixCell(rig.Outputs[e.Output].Name, e.Value.ToString(), e.Justified)),
            .. trip.Command == PhaseCommand.None ? [] : trip.Units.Select(u => new MatrixCell("unit " + u, trip.Command.ToString().ToLowerInvariant(), "")),
        ],
        trip.Time?.Process,
        trip.Time is null ? null : Response(trip, rig.ScanPeriod),
        trip.Proof);

    private static string Words(OverrideRule? rule)
    {
        if (rule is null) return "";
        string text = string.Create(CultureInfo.InvariantCulture, $"{rule.Longest.TotalMinutes:0.#} min");
        if (rule.Permit is { } permit) text += $", needs {permit.Text}";
        return rule.Until is { } until ? $"{text}, until {until.Text}" : text;
    }

    private static string WhenBad(CauseDefinition cause)
    {
        if (cause.Voter is { } voter)
            return voter.WhenBad switch
            {
                Degradation.VoteToTrip => "votes to trip",
                Degradation.DropOutSafe => "drops out",
                _ => "drops out, vote kept",
            };
        return cause.WhenBad switch
        {
            BadInput.Trip => "trip",
            BadInput.UseLastGoodFor => string.Create(CultureInfo.InvariantCulture, $"last good {cause.LastGoodFor.TotalSeconds:0.#} s"),
            BadInput.UseValue => "use value",
            _ => "ignore",
        };
    }
}
