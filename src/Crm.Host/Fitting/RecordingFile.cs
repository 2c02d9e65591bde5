using System.Collections.Immutable;
using System.Globalization;
using Crm.Host.CommandLine;
using Crm.Host.Records;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Store.Journal;
using Crm.Twin.Fitting;

namespace Crm.Host.Fitting;

/// <summary>Reads the files of a run as a recording: <c>history.csv</c>, and the manual work from <c>journal.db</c> beside it.</summary>
internal static class RecordingFile
{
    /// <param name="place">Folder of a run, or its history file.</param>
    /// <exception cref="UsageException">Not readable; says file, line and what was expected.</exception>
    public static Recording Read(RigDefinition rig, string place)
    {
        string history = Directory.Exists(place) ? Path.Combine(place, "history.csv") : place;
        if (!File.Exists(history)) throw new UsageException($"--data {place}: nothing to read at {history}; expected the folder of a run (crm run --out) or its history.csv");
        var moves = ImmutableArray.CreateBuilder<OutputMove>();
        var tracks = new SortedDictionary<int, (ImmutableArray<double>.Builder Seconds, ImmutableArray<double>.Builder Values)>();
        double end = 0;
        foreach (var (second, name, read, quality) in HistoryRows.Read(history))
        {
            end = Math.Max(end, second);
            if (read is not { } value) continue;
            int tag = rig.Tag(name), output = tag < 0 ? rig.Output(name) : -1;
            if (output >= 0) moves.Add(new OutputMove(TimeSpan.FromSeconds(second), output, value));
            if (tag < 0 || quality != "good") continue;
            if (!tracks.TryGetValue(tag, out var track)) tracks[tag] = track = (ImmutableArray.CreateBuilder<double>(), ImmutableArray.CreateBuilder<double>());
            track.Seconds.Add(second);
            track.Values.Add(value);
        }

        if (moves.Count == 0) throw new UsageException($"{history}: holds no output of rig {rig.Name}: what was done to the plant is not known (a run of an earlier version, or of another rig)");
        return new Recording(
            TimeSpan.FromSeconds(end), [.. moves.OrderBy(m => m.At)], [.. tracks.Select(t => new TagTrack(t.Key, t.Value.Seconds.ToImmutable(), t.Value.Values.ToImmutable()))],
            Acts(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(history))!, "journal.db")));
    }

    /// <summary>Without a journal nobody charged anything.</summary>
    private static ImmutableArray<HandAct> Acts(string journal)
    {
        if (!File.Exists(journal)) return [];
        try
        {
            using var file = SqliteJournal.Open(journal);
            return [.. file.Entries().Select(e => Act(e.Event)).OfType<HandAct>()];
        }
        catch (JournalFaultException fault)
        {
            throw new UsageException($"{journal}: {fault.Message}");
        }
    }

    private static HandAct? Act(BatchEvent happened)
    {
        string Text(string key) => happened.Data.GetValueOrDefault(key, "");
        double mass = double.TryParse(Text("mass_kg"), NumberStyles.Float, CultureInfo.InvariantCulture, out double kg) ? kg : 0;
        return happened.Kind switch
        {
            BatchEventKind.LotConsumed when mass > 0 => new HandAct(happened.At, HandActKind.Charge, Text("place"), Text("material"), mass) { Lots = ProcedureInterpreter.Named(Text("lot")) },
            BatchEventKind.Answer when Text("drawn_from").Length > 0 => new HandAct(happened.At, HandActKind.Supply, Text("place"), Text("material"), 0) { Lots = ProcedureInterpreter.Named(Text("drawn_from")) },
            BatchEventKind.LotProduced => new HandAct(happened.At, HandActKind.TakeOut, Text("place"), Text("material"), mass),
            BatchEventKind.Sample when mass > 0 => new HandAct(happened.At, HandActKind.Sample, Text("place"), "", mass),
            _ => null,
        };
    }
}
