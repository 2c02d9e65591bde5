using System.Collections.Immutable;
using Crm.Plant.Procedure;
using Crm.Plant.Records;

namespace Crm.Plant.Balances;

/// <summary>Steps and their states in time, from the events that start, move and end them.</summary>
internal static class Timeline
{
    /// <summary>Where steps stand that no unit procedure owns: line-up, permits, waiting.</summary>
    private const string WholeBatch = "batch";

    /// <summary>Name of the outermost step, whose path is empty.</summary>
    private const string WholeProcedure = "procedure";

    public static ImmutableArray<StepSpan> Build(ImmutableArray<BatchEvent> events, TimeSpan end)
    {
        var closed = new List<StepSpan>();
        var open = new List<Running>();
        foreach (var happened in events)
        {
            switch (happened.Kind)
            {
                case BatchEventKind.StepStarted:
                    Close(open, closed, happened.Subject, happened.At, ended: false);
                    open.Add(new Running(happened));
                    break;
                case BatchEventKind.PhaseState:
                    open.FindLast(step => step.Started.Subject == happened.Subject)?.Enter(State(happened), happened.At);
                    break;
                case BatchEventKind.StepEnded:
                    Close(open, closed, happened.Subject, happened.At, ended: true);
                    break;
            }
        }

        closed.AddRange(open.Select(step => step.Span(end, ended: false)));
        var units = Units(events);
        return [.. closed.Select(span => span.Unit.Length > 0 ? span : span with { Unit = units.GetValueOrDefault(Root(span.Step), WholeBatch) })
            .OrderBy(span => span.From).ThenBy(span => span.Step, StringComparer.Ordinal)];
    }

    /// <summary>Unit of a unit procedure by its own name, learnt from its phases: prompts do not say theirs.</summary>
    private static SortedDictionary<string, string> Units(ImmutableArray<BatchEvent> events)
    {
        var units = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var started in events.Where(e => e.Kind == BatchEventKind.StepStarted && e.Data.ContainsKey("unit"))) units.TryAdd(Root(started.Subject), started.Data["unit"]);
        return units;
    }

    private static string Root(string step) => step.Split('/')[0];

    private static void Close(List<Running> open, List<StepSpan> closed, string step, TimeSpan at, bool ended)
    {
        int index = open.FindLastIndex(running => running.Started.Subject == step);
        if (index < 0) return;
        closed.Add(open[index].Span(at, ended));
        open.RemoveAt(index);
    }

    /// <summary>The state an event says, or the last word of its text.</summary>
    private static string State(BatchEvent happened) =>
        EventData.Word(happened, "to", EventData.Word(happened, "state", happened.Text.Split(' ')[^1].Trim('.')));

    private sealed class Running(BatchEvent started)
    {
        private readonly List<(string State, TimeSpan From)> states = [];

        public BatchEvent Started { get; } = started;

        public void Enter(string state, TimeSpan at) => states.Add((state, at));

        public StepSpan Span(TimeSpan end, bool ended)
        {
            string step = Started.Subject.Length > 0 ? Started.Subject : WholeProcedure;
            var spans = states.Select((s, i) => new StateSpan(s.State, s.From, i + 1 < states.Count ? states[i + 1].From : end));
            return new(
                step,
                EventData.Word(Started, "label", step[(step.LastIndexOf('/') + 1)..]),
                EventData.Word(Started, "unit", ""),
                EventData.Word(Started, "operation", ""),
                !NodeWord.IsGroup(EventData.Word(Started, "node", "")),
                Started.At,
                end,
                ended,
                [.. spans]);
        }
    }
}
