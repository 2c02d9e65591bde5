using System.Collections.Immutable;
using System.Text;
using Crm.Plant.Scan;

namespace Crm.Plant.Alarms;

internal sealed partial class AlarmJudge
{
    /// <summary>One pass over the alarms: copies the states when the first of them changes, publishes them at the end.</summary>
    private ref struct Round(ScanState state, bool anyBad)
    {
        private AlarmStatus[] status = state.Alarms.Status;
        private bool copied;
        private List<int>? suppressed;
        private List<int>? released;

        public readonly ScanState State => state;

        public readonly AlarmMemory Memory => state.Alarms;

        public readonly bool AnyBad => anyBad;

        /// <summary>Read only: an element is changed by <see cref="Set"/>.</summary>
        public readonly AlarmStatus[] Status => status;

        /// <summary>Groups whose first-out was taken in this pass: all causes of one scan are marked (ALM-13).</summary>
        public ulong FirstOuts { get; set; }

        public void Set(int i, in AlarmStatus next)
        {
            if (!copied) status = (AlarmStatus[])status.Clone();
            copied = true;
            status[i] = next;
        }

        /// <summary>Told at once; but what is suppressed or released without having been annunciated is told together, once a scan.</summary>
        public void Tell(AlarmDefinition alarm, AlarmState from, in AlarmStatus now, AlarmEvent cause, string by, string comment)
        {
            if (cause == AlarmEvent.Suppress && from == AlarmState.Normal) (suppressed ??= []).Add(alarm.Ordinal);
            else if (cause == AlarmEvent.Release && now.State == AlarmState.Normal) (released ??= []).Add(alarm.Ordinal);
            else TellOne(alarm, from, now, cause, by, comment);
        }

        public readonly void Finish(ImmutableArray<AlarmDefinition> alarms, SuppressionRules rules)
        {
            Memory.FirstOuts |= FirstOuts;
            if (copied) Memory.Status = status;
            if (suppressed is not null) TellTogether("suppressed by design", suppressed, alarms, rules);
            if (released is not null) TellTogether("no longer suppressed", released, alarms, null);
        }

        private readonly void TellOne(AlarmDefinition alarm, AlarmState from, in AlarmStatus now, AlarmEvent cause, string by, string comment)
        {
            var was = new AlarmStatus(from, 0, default);
            ScanEventKind kind = now.IsActive && !was.IsActive ? ScanEventKind.AlarmRaised
                : was.IsActive && !now.IsActive ? ScanEventKind.AlarmCleared
                : cause == AlarmEvent.Acknowledge ? ScanEventKind.AlarmAcknowledged : ScanEventKind.AlarmChanged;
            string text = kind == ScanEventKind.AlarmRaised || cause is AlarmEvent.Return or AlarmEvent.ReturnLatching ? alarm.Text : $"{alarm.Id} {AlarmTable.Word(now.State)}";
            if (comment.Length > 0) text += ": " + comment;
            if (kind == ScanEventKind.AlarmRaised && now.IsFirstOut) text += " (first out)";
            double value = double.NaN;
            if (alarm.Subject.Tag >= 0 && !state.Scope.Image[alarm.Subject.Tag].IsBad) value = state.Scope.Image[alarm.Subject.Tag].Value;
            state.Tell(kind, alarm.Ordinal, alarm.Id, text, by, new AlarmTransition(from, now.State, cause, now.Occurrence, value, comment) { Status = now });
        }

        private readonly void TellTogether(string what, List<int> ordinals, ImmutableArray<AlarmDefinition> alarms, SuppressionRules? rules)
        {
            var text = new StringBuilder().Append(what).Append(": ");
            for (int n = 0; n < ordinals.Count; n++)
            {
                int i = ordinals[n];
                text.Append(n == 0 ? "" : ", ").Append(alarms[i].Id);
                if (rules is not null) text.Append(" (").Append(rules.Text(i, status[i].Rule)).Append(')');
            }

            state.Tell(ScanEventKind.AlarmsSuppressed, -1, "alarms", text.ToString());
        }
    }
}
