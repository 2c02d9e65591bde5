using System.Collections.Immutable;
using System.Text;
using Crm.Control;
using Crm.Host.Checkpoints;
using Crm.Host.Reports;
using Crm.Plant.Balances;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Records;
using Crm.Store.History;
using Crm.Store.Journal;

namespace Crm.Host.Runs;

/// <summary>How and when a run ended.</summary>
public readonly record struct RunEnd(BatchOutcome Outcome, string Reason, TimeSpan At, long Scan);

/// <summary>The files of a run: journal and history while its batches run, record and report of each when they have ended.</summary>
public sealed class BatchFolder : IDisposable
{
    /// <summary>Version of this software.</summary>
    public static string Software { get; } = typeof(BatchFolder).Assembly.GetName().Version?.ToString(3) ?? "0";

    private readonly RunInputs inputs;
    private readonly string folder;
    private readonly RunSoFar soFar;
    private readonly CsvHistory csv;
    private PlantController? plant;

    /// <param name="clock">Stamps of the journal; null writes none, so that the same seed gives the same bytes.</param>
    public BatchFolder(RunInputs inputs, string folder, TimeProvider? clock)
    {
        (this.inputs, this.folder) = (inputs, folder);
        Directory.CreateDirectory(folder);
        foreach (string old in Directory.EnumerateFiles(folder, "journal.db*")) File.Delete(old);
        Journal = SqliteJournal.Open(Path.Combine(folder, "journal.db"), clock);
        csv = new CsvHistory(File.Create(Path.Combine(folder, "history.csv")), inputs.Rig);
        soFar = new RunSoFar(inputs.Rig, csv);
    }

    public SqliteJournal Journal { get; }

    /// <summary>Of all batches of the rig, in order.</summary>
    public IReadOnlyList<BatchEvent> Events => soFar.Events;

    /// <summary>The meters' totals at the end of the run.</summary>
    public BatchEvent Utilities { get; private set; } = new(TimeSpan.Zero, 0, BatchEventKind.Note, UtilityTotals.Subject, "", "controller", BatchEvent.NoData);

    /// <summary>For a checkpoint.</summary>
    internal RunSoFar SoFar => soFar;

    internal void WriteHistory(Stream stream) => csv.CopyTo(stream);

    /// <summary>After the state is back: the history so far, and in the journal what had reached the disk.</summary>
    internal void ReadHistory(Stream stream)
    {
        csv.Begin(stream);
        foreach (BatchEvent happened in soFar.Events.Take(soFar.Events.Count - plant!.Unwritten)) Journal.Append(happened);
        Journal.Commit();
    }

    public void Watch(PlantController running)
    {
        plant = running;
        plant.OnEvent = soFar.Events.Add;
        plant.OnFrame = soFar.Observe;
    }

    public void Close(RunEnd ended)
    {
        soFar.Finish();
        Utilities = soFar.Totals.Note(ended.At, ended.Scan);
        File.WriteAllText(Path.Combine(folder, "history-dictionary.csv"), HistoryFormat.Dictionary(inputs.Rig), new UTF8Encoding(false));
        foreach (var note in ClosingNotes(ended))
        {
            soFar.Events.Add(note);
            Journal.Append(note);
        }

        Journal.Commit();
    }

    public void Dispose()
    {
        csv.Dispose();
        Journal.Dispose();
    }

    /// <summary>Balances, purity and the report of the one batch of the run; written beside the journal.</summary>
    /// <param name="seed">Of the twin; null on hardware.</param>
    public BatchRecord Report(string id, int? seed, PlantTruthOf? truth, RunEnd ended) => Report(inputs.Recipe, id, folder, [.. soFar.Events], seed, truth, ended);

    /// <summary>The same for one of several, in a folder of its name: its own events, and what happened to the plant while it ran. The meters count for all of them together.</summary>
    public BatchRecord ReportOneOf(ControlRecipe recipe, string batch, string id, TimeSpan from, int? seed, PlantTruthOf? truth, RunEnd ended) => Report(
        recipe, id, Path.Combine(folder, batch),
        [.. soFar.Events.Where(e => e.Batch == batch || (e.Batch.Length == 0 && e.At >= from && e.At <= ended.At && e.Subject != Utilities.Subject))], seed, truth, ended);

    private BatchRecord Report(ControlRecipe recipe, string id, string place, ImmutableArray<BatchEvent> own, int? seed, PlantTruthOf? truth, RunEnd ended)
    {
        var result = BatchBalance.Compute(own, recipe.Product, inputs.Rig.Reagents, ended.At);
        var record = new BatchRecord(
            id,
            Software,
            new RecipeIdentity(recipe.Id, recipe.Version, recipe.Title, recipe.ContentHash) { ProcedureOf = recipe.ProcedureOf, State = inputs.States.GetValueOrDefault(recipe.ContentHash, "") },
            new RigIdentity(inputs.Rig.Name, inputs.Rig.Version, inputs.Rig.ContentHash, seed is null ? null : inputs.Twin.ContentHash)
            {
                ProtectionChecksum = MatrixTable.Of(inputs.Rig).Checksum,
                Shift = inputs.Rig.Shift,
                TwinChanges = seed is null ? [] : inputs.Twin.Changes,
            },
            seed is { } drawn ? (ulong)(uint)drawn : null,
            ended.Outcome,
            ended.Reason,
            ended.At,
            recipe.Product,
            recipe.Formula,
            own,
            result,
            soFar.History.All(),
            truth?.Invoke(result));
        ReportWriter.Write(place, record);
        return record;
    }

    public static BatchOutcome? Ended(PhaseState state, bool interrupted) => state switch
    {
        PhaseState.Complete => BatchOutcome.Complete,
        PhaseState.Stopped => BatchOutcome.Stopped,
        PhaseState.Aborted => interrupted ? BatchOutcome.Interrupted : BatchOutcome.Aborted,
        _ => null,
    };

    /// <summary>The meters' totals; and, only when there were any, what the actors lost or failed at, which a healthy run never has.</summary>
    private IEnumerable<BatchEvent> ClosingNotes(RunEnd ended)
    {
        yield return Utilities;
        var counters = plant?.Counters ?? default;
        if (counters.DeadLetters + counters.Failures == 0) yield break;
        yield return new BatchEvent(
            ended.At, ended.Scan, BatchEventKind.Fault, "actors", $"the control actors lost {counters.DeadLetters} messages and failed {counters.Failures} times", "controller", BatchEvent.NoData);
    }
}

/// <summary>What nature had made, by the twin, for the lots of a result.</summary>
public delegate TwinTruth? PlantTruthOf(BatchResult result);
