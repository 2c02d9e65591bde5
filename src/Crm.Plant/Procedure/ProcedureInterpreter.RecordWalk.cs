using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.UnitOperations;

namespace Crm.Plant.Procedure;

/// <content>How the record of a batch is walked.</content>
public sealed partial class ProcedureInterpreter
{
    /// <summary>One pass over a record; what it knows of every step as it goes.</summary>
    private sealed partial class RecordWalk(ProcedureTree tree, IReadOnlyDictionary<string, UnitOperationDescription> operations, RigDefinition rig, BatchState state)
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
                case BatchEventKind.Revision:
                    Revision(happened);
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

        private void Revision(BatchEvent happened)
        {
            const string to = "to.";
            var values = happened.Data.Keys.Where(k => k.StartsWith(to, StringComparison.Ordinal)).ToImmutableSortedDictionary(k => k[to.Length..], k => Number(happened, k) ?? double.NaN, StringComparer.Ordinal);
            string what = happened.Data.GetValueOrDefault("revision", "");
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

        private static double? Number(BatchEvent happened, string key) =>
            happened.Data.TryGetValue(key, out string? text) && double.TryParse(text, CultureInfo.InvariantCulture, out double value) ? value : null;
    }
}
