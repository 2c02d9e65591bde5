using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Lots;
using Crm.Plant.Phases;
using Crm.Plant.Quantities;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;

namespace Crm.Plant.Procedure;

/// <summary>The batch after its controller was lost, from its record alone.</summary>
public sealed partial class ProcedureInterpreter
{
    /// <summary>
    /// Walks the record and puts the batch where it stood, HELD. What was running waits for a person's decision; nothing starts by itself
    /// (S88-22, SAF-07).
    /// </summary>
    /// <param name="record">The durable events of this recipe on this rig, in order. Where steps were changed it is the recipe after the change: what had begun is the same in both.</param>
    /// <param name="away">Time since the last of them.</param>
    /// <param name="sharesRig">Other batches may be on the rig: units are asked for before they are used.</param>
    public RecoveredBatch Recover(IReadOnlyList<BatchEvent> record, TimeSpan away, bool sharesRig = false)
    {
        BatchState state = NewBatch(sharesRig);
        TimeSpan last = record.Count == 0 ? TimeSpan.Zero : record[^1].At;
        var image = new Image(0, last + away, Enumerable.Repeat(Reading.Never, rig.Tags.Length).ToArray());
        var walk = new RecordWalk(tree, operations, rig, state);
        foreach (BatchEvent happened in record) walk.Take(happened);
        PhaseState was = state.Status;
        if (was == PhaseState.Idle || state.IsOver) return new RecoveredBatch(state, was, [], last, image.Now);

        var phases = ImmutableArray.CreateBuilder<RecoveredPhase>();
        walk.Stand(last, image.Now, (node, args, status, events) =>
        {
            var phase = (PhaseNode)tree[node];
            phases.Add(new RecoveredPhase(phase, args, HoldRuleOf(state, rig.Unit(phase.Unit)), status, events));
        });
        bool ends = was is PhaseState.Stopping or PhaseState.Aborting;
        state.Status = ends ? was : PhaseState.Held;
        state.HeldSince = image.Now;
        state.Reason = ends ? state.Reason : $"the controller was away for {PlantClock.Length(away)} (last record at {PlantClock.Text(last)})";
        if (!ends)
            foreach (RecoveredPhase phase in phases) state.Decisions = state.Decisions.SetItem(tree.Find(phase.Phase.Id), null);
        values.Publish(state, image);
        return new RecoveredBatch(state, was, phases.ToImmutable(), last, image.Now);
    }

    /// <summary>One pass over a record; what it knows of every step as it goes.</summary>
    private sealed class RecordWalk(ProcedureTree tree, IReadOnlyDictionary<string, UnitOperationDescription> operations, RigDefinition rig, BatchState state)
    {
        private readonly SortedDictionary<int, Course> active = [];
        private int begun;

        /// <summary>A step between its start and its end.</summary>
        private sealed class Course(int order, BatchEvent started)
        {
            public int Order { get; } = order;

            public BatchEvent Started { get; } = started;

            public List<BatchEvent> Events { get; } = [];

            public PhaseStatus Status { get; set; } = PhaseStatus.Idle;

            public TimeSpan Changed { get; set; } = started.At;

            public double Asked { get; set; } = double.NaN;

            public bool Answered { get; set; }

            /// <summary>Choices: path of what a condition or a person chose last; empty: it ends; null: nothing yet.</summary>
            public string? Chose { get; set; }
        }

        public void Take(BatchEvent happened)
        {
            int node = happened.Kind is BatchEventKind.BatchState ? -1 : tree.Find(happened.Subject);
            if (node >= 0 && active.TryGetValue(node, out Course? course)) course.Events.Add(happened);
            switch (happened.Kind)
            {
                case BatchEventKind.BatchState:
                    Become(happened);
                    break;
                case BatchEventKind.StepStarted when node >= 0:
                    active[node] = new Course(begun++, happened);
                    state.Ended[node] = 0;
                    if (UnitOf(tree[node]) is { } unit) state.Used[rig.Unit(unit)] = true;
                    break;
                case BatchEventKind.StepEnded when node >= 0:
                    Ended(node);
                    break;
                case BatchEventKind.PhaseState when node >= 0 && active.TryGetValue(node, out Course? phase):
                    Pass(phase, happened);
                    break;
                case BatchEventKind.Prompt when node >= 0 && active.TryGetValue(node, out Course? prompt):
                    prompt.Asked = Number(happened, "asked_kg") ?? double.NaN;
                    break;
                case BatchEventKind.Command when happened.Data.TryGetValue("picks", out string? picked):
                    Picked(tree.Find(picked));
                    break;
                case BatchEventKind.Chosen when node >= 0 && active.TryGetValue(node, out Course? choice):
                    choice.Chose = happened.Data.GetValueOrDefault("chose", "");
                    break;
                case BatchEventKind.Formula:
                    Formula(happened);
                    break;
                case BatchEventKind.ModeChanged:
                    Mode(happened);
                    break;
                default:
                    Material(happened);
                    break;
            }
        }

        /// <summary>Fills in where the batch stands: steps in progress, steps that come next, who owns which unit.</summary>
        public void Stand(TimeSpan last, TimeSpan now, Action<int, ImmutableSortedDictionary<string, Argument>, PhaseStatus, ImmutableArray<BatchEvent>> phase)
        {
            // A step that was over when the controller was lost takes the groups with it that it was the last of.
            for (int over = Over(); over >= 0; over = Over()) Ended(over);
            foreach (int node in active.Keys)
                if (tree[node] is UnitProcedureNode unit) state.Owner[rig.Unit(unit.Unit)] = node;
            foreach ((int node, Course course) in active.OrderBy(a => a.Value.Order))
            {
                if (tree[node] is PhaseNode running && course.Status.State != PhaseState.Idle) Phase(node, running, course, last, now, phase);
                else if (tree[node] is PhaseNode or SampleNode) state.Ready.Add(new ReadyStep(node, now, ""));
                else if (IsChoice(tree[node])) Choice(node, course, now);
                else if (tree.Children(node).IsEmpty) state.Steps.Add(new ActiveStep(node, now, PhaseState.Running, "", course.Asked));
                else Next(node, now);
            }

            if (begun == 0) state.Ready.Add(new ReadyStep(0, now, ""));
        }

        private void Phase(
            int node, PhaseNode phase, Course course, TimeSpan last, TimeSpan now,
            Action<int, ImmutableSortedDictionary<string, Argument>, PhaseStatus, ImmutableArray<BatchEvent>> tell)
        {
            int unit = rig.Unit(phase.Unit);
            if (state.Owner[unit] < 0) state.Owner[unit] = node;
            state.PhaseOn[unit] = node;
            ImmutableSortedDictionary<string, Argument> arguments = Arguments(phase, course.Started);
            PhaseStatus status = Aged(course.Status, last - course.Changed);
            PhaseState comesBack = PhaseMachine.ComeBack(status, now - last).Status.State;
            state.Steps.Add(new ActiveStep(node, course.Started.At, comesBack, "controller came back") { Arguments = arguments });
            tell(node, arguments, status, [.. course.Events]);
        }

        /// <summary>A branch or pass that was chosen and has not begun comes next; between them the condition is judged again.</summary>
        private void Choice(int node, Course course, TimeSpan now)
        {
            bool isFirstPass = tree[node] is RepeatNode && state.Ended[node] == 0 && course.Chose is null;
            int chosen = isFirstPass ? tree.Children(node)[0] : course.Chose is null ? -1 : tree.Find(course.Chose);
            if (chosen < 0 || done.Contains(chosen)) state.Steps.Add(new ActiveStep(node, now, PhaseState.Running, ""));
            else if (!active.ContainsKey(chosen)) state.Ready.Add(new ReadyStep(chosen, now, ""));
        }

        private void Next(int node, TimeSpan now)
        {
            ImmutableArray<int> children = tree.Children(node);
            if (tree[node] is ParallelNode)
            {
                foreach (int branch in children)
                    if (!active.ContainsKey(branch) && !done.Contains(branch)) state.Ready.Add(new ReadyStep(branch, now, ""));
                return;
            }

            int next = state.Ended[node] < children.Length ? children[state.Ended[node]] : -1;
            if (next >= 0 && !active.ContainsKey(next)) state.Ready.Add(new ReadyStep(next, now, ""));
        }

        private readonly SortedSet<int> done = [];

        private void Ended(int node)
        {
            active.Remove(node);
            done.Add(node);
            if (tree.Parent(node) is >= 0 and var parent) state.Ended[parent]++;
        }

        private bool IsDone(int node) => active.TryGetValue(node, out Course? course)
            && (course.Status.State == PhaseState.Complete || course.Answered || IsWhole(node, course));

        private bool IsWhole(int node, Course course) => tree[node] switch
        {
            RepeatNode => course.Chose is { Length: 0 },
            AlternativeNode => state.Ended[node] >= 1,
            _ => tree.Children(node).Length is > 0 and var count && state.Ended[node] >= count,
        };

        private int Over()
        {
            foreach (int node in active.Keys)
                if (IsDone(node)) return node;
            return -1;
        }

        private void Picked(int node)
        {
            if (node < 0 || tree.Parent(node) < 0 || tree[tree.Parent(node)] is ParallelNode) return;
            int parent = tree.Parent(node);
            if (IsChoice(tree[parent]) && active.TryGetValue(parent, out Course? choice)) choice.Chose = tree[node].Id;
            state.Ended[parent] = tree[parent] is AlternativeNode ? 0 : tree.Children(parent).IndexOf(node);
        }

        private void Become(BatchEvent happened)
        {
            if (!Enum.TryParse(happened.Data.GetValueOrDefault("state", ""), true, out PhaseState status)) return;
            state.Status = status;
            state.Reason = happened.Data.GetValueOrDefault("reason", "");
        }

        private void Mode(BatchEvent happened)
        {
            string unit = happened.Data.GetValueOrDefault("unit", "");
            if (!Enum.TryParse(happened.Data.GetValueOrDefault("mode", ""), out ProcedureMode mode)) return;
            if (unit.Length == 0) state.Mode = mode;
            else if (rig.Unit(unit) >= 0) state.UnitModes[rig.Unit(unit)] = mode;
        }

        private void Formula(BatchEvent happened)
        {
            const string to = "to.";
            var values = happened.Data.Keys.Where(k => k.StartsWith(to, StringComparison.Ordinal)).ToImmutableSortedDictionary(k => k[to.Length..], k => Number(happened, k) ?? double.NaN, StringComparer.Ordinal);
            string what = happened.Data.GetValueOrDefault("formula", "");
            // Proposed steps do not come back: they are read and compared by who proposes them, and must be proposed again.
            state.Proposed = what == "proposed" && !happened.Data.ContainsKey(BatchRevision.HashKey) ? new BatchRevision(happened.Data.GetValueOrDefault("author", ""), happened.At, happened.Data.GetValueOrDefault("reason", ""), values) : null;
            if (what == "accepted") state.Adjusted = state.Adjusted.SetItems(values);
        }

        private static void Pass(Course course, BatchEvent happened)
        {
            if (!Enum.TryParse(happened.Data.GetValueOrDefault("to", ""), true, out PhaseState to)) return;
            PhaseStatus aged = Aged(course.Status, happened.At - course.Changed);
            course.Status = to == PhaseState.Idle ? PhaseStatus.Idle : aged with { State = to, InState = TimeSpan.Zero };
            course.Changed = happened.At;
        }

        private static PhaseStatus Aged(PhaseStatus status, TimeSpan by) => status.State == PhaseState.Idle ? status : status with
        {
            InState = status.InState + by,
            Active = status.State == PhaseState.Running ? status.Active + by : status.Active,
            Contact = status.Contact + by,
            Wall = status.Wall + by,
        };

        private ImmutableSortedDictionary<string, Argument> Arguments(PhaseNode phase, BatchEvent started)
        {
            const string prefix = "argument.";
            var arguments = ImmutableSortedDictionary.CreateBuilder<string, Argument>(StringComparer.Ordinal);
            foreach ((string key, string text) in started.Data)
            {
                if (!key.StartsWith(prefix, StringComparison.Ordinal)) continue;
                string name = key[prefix.Length..];
                bool isNumber = operations.TryGetValue(phase.Operation, out UnitOperationDescription? operation)
                    && operation.Parameters.Any(p => p.Name == name && p.Kind == ParameterKind.Number);
                arguments[name] = isNumber ? Argument.Of(double.Parse(text, CultureInfo.InvariantCulture)) : Argument.Of(text);
            }

            return arguments.ToImmutable();
        }

        private void Material(BatchEvent happened)
        {
            switch (happened.Kind)
            {
                case BatchEventKind.LotConsumed or BatchEventKind.LotProduced:
                    Lot(happened);
                    break;
                case BatchEventKind.Answer when tree.Find(happened.Subject) is >= 0 and var prompt && active.TryGetValue(prompt, out Course? course):
                    course.Answered = true;
                    break;
                case BatchEventKind.Sample when tree.Find(happened.Subject) is >= 0 and var taken && tree[taken] is SampleNode sample:
                    state.Taken = state.Taken.SetItem(sample.Name, sample);
                    state.Samples = state.Samples.Add(new PendingSample(sample, happened.At, happened.At + sample.Turnaround, Number(happened, "density_kg_L") ?? double.NaN));
                    break;
                case BatchEventKind.LabResult:
                    Result(happened);
                    break;
            }
        }

        private void Lot(BatchEvent happened)
        {
            if (happened.Data.GetValueOrDefault("material", "") is not { } material || Number(happened, "mass_kg") is not { } mass) return;
            bool goesIn = happened.Kind == BatchEventKind.LotConsumed, wasMadeHere = material.StartsWith(LotPrefix, StringComparison.Ordinal);
            if (goesIn && wasMadeHere) return;
            Enum.TryParse(happened.Data.GetValueOrDefault("kind", ""), out LotKind kind);
            string name = wasMadeHere ? material[LotPrefix.Length..] : material;
            state.Lots = state.Lots.Add(new Lot(happened.Data.GetValueOrDefault("lot", name), name, kind, new Measured(mass, Number(happened, "mass_u_kg") ?? 0), AssayOf(happened)));
        }

        private void Result(BatchEvent happened)
        {
            string sample = happened.Data.GetValueOrDefault("sample", happened.Subject);
            if (state.Samples.Find(s => s.Sample.Name == sample) is { } pending)
            {
                state.Samples = state.Samples.Remove(pending);
                if (!double.IsNaN(pending.Density)) state.Densities = state.Densities.SetItem(sample, pending.Density);
            }

            Assay assay = AssayOf(happened);
            if (assay.MassFractions.TryGetValue("density", out Measured density)) state.Densities = state.Densities.SetItem(sample, density.Value);
            state.Results = state.Results.SetItem(sample, assay);
        }

        private static Assay AssayOf(BatchEvent happened)
        {
            const string prefix = "element.";
            var fractions = ImmutableSortedDictionary.CreateBuilder<string, Measured>(StringComparer.Ordinal);
            foreach (string key in happened.Data.Keys)
            {
                if (!key.StartsWith(prefix, StringComparison.Ordinal) || key.EndsWith(".u", StringComparison.Ordinal)) continue;
                if (Number(happened, key) is { } value) fractions[key[prefix.Length..]] = new Measured(value, Number(happened, key + ".u") ?? 0);
            }

            return Assay.Empty with { MassFractions = fractions.ToImmutable() };
        }

        private static double? Number(BatchEvent happened, string key) =>
            happened.Data.TryGetValue(key, out string? text) && double.TryParse(text, CultureInfo.InvariantCulture, out double value) ? value : null;
    }
}
