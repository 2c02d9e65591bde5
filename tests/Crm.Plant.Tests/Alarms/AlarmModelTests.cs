using Crm.Plant.Alarms;
using Crm.Plant.Permissions;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Alarms;

/// <summary>
/// The scan against a model of one alarm made of flags instead of states: what stands, who has seen it, what keeps it off the list. Random
/// noise, commands and rules; 10^6 steps with CRM_DEEP=1, sampled otherwise (ALM-02, REL-12).
/// </summary>
public sealed class AlarmModelTests(ITestOutputHelper output)
{
    private const int OnScans = 3, OffScans = 4, ReAlarmScans = 25;

    [Fact]
    public void Random_steps_never_leave_the_model_ALM02()
    {
        bool deep = Environment.GetEnvironmentVariable("CRM_DEEP") == "1";
        int seed = int.TryParse(Environment.GetEnvironmentVariable("CRM_SEED"), out int given) ? given : 20261121;
        int steps = deep ? 1_000_000 : 40_000;
        output.WriteLine($"seed {seed}, {steps} steps");
        var reached = new HashSet<AlarmState>();
        foreach (bool latch in (bool[])[false, true]) Walk(new Random(seed), latch, steps / 2, seed, reached);
        Assert.Equal(AlarmTable.States, reached.Count);
    }

    private static void Walk(Random random, bool latch, int steps, int seed, HashSet<AlarmState> reached)
    {
        var sketch = new RigSketch();
        int tag = sketch.Tag("t"), ruler = sketch.Tag("r");
        sketch.Alarm("a", new Above(tag, 50), OnScans / 10.0, OffScans / 10.0, a => a with
        {
            Latch = latch,
            ReAlarm = TimeSpan.FromSeconds(ReAlarmScans / 10.0),
            Priority = AlarmPriority.Low,
            Suppressions = [new AlarmSuppression(SuppressionKind.Condition, "ruled", -1, [], new Above(ruler, 50), TimeSpan.Zero)],
        });
        var run = new ScanRun(sketch.Build());
        var model = new Model(latch);
        for (int step = 0; step < steps; step++)
        {
            bool bad = random.Next(40) == 0;
            if (random.Next(6) == 0) model.High = !model.High;
            if (random.Next(30) == 0) model.RuleAsked = !model.RuleAsked;
            run.Set(tag, model.High ? 60 : 40);
            if (bad) run.SetBad(tag);
            run.Set(ruler, model.RuleAsked ? 60 : 40);
            (bool asked, bool accepted) = random.Next(4) == 0 ? Ask(random, run, model) : (false, false);
            run.Step();
            model.Scan(bad);
            string where = $"seed {seed}, latch {latch}, step {step}";
            if (asked) Assert.True(accepted == run.Frame.Outcomes.Single().Accepted, $"{where}: {run.Frame.Outcomes.Single().Text}");
            AlarmStatus got = run.Frame.Alarms[0];
            Assert.True(model.State == got.State, $"{where}: {got.State}, model {model.State}");
            Assert.True(model.Occurrence == got.Occurrence, $"{where}: occurrence {got.Occurrence}, model {model.Occurrence}");
            reached.Add(got.State);
        }
    }

    private static (bool Asked, bool Accepted) Ask(Random random, ScanRun run, Model model)
    {
        switch (random.Next(7))
        {
            case 0:
            case 1:
                long occurrence = model.Occurrence - (random.Next(5) == 0 ? 1 : 0);
                run.State.Offer(ScanCommand.Acknowledge(1, 0, occurrence, "p"));
                return (true, occurrence == model.Occurrence && model.Acknowledge());
            case 2:
                run.State.Offer(ScanCommand.ToAlarm(1, ScanCommandKind.ResetAlarm, 0, "p"));
                return (true, model.Reset());
            case 3:
                int scans = random.Next(1, 60);
                bool oneShot = random.Next(2) == 0;
                string reason = random.Next(5) == 0 ? " " : "noise";
                run.State.Offer(ScanCommand.ToAlarm(1, ScanCommandKind.ShelveAlarm, 0, "p") with { Reason = reason, For = TimeSpan.FromSeconds(scans / 10.0), OneShot = oneShot, Roles = PersonRole.Operator });
                return (true, reason != " " && model.Shelve(scans, oneShot));
            case 4:
                run.State.Offer(ScanCommand.ToAlarm(1, ScanCommandKind.UnshelveAlarm, 0, "p"));
                return (true, model.Unshelve());
            case 5:
                PersonRole role = random.Next(3) == 0 ? PersonRole.Operator : PersonRole.Maintenance;
                run.State.Offer(ScanCommand.ToAlarm(1, ScanCommandKind.TakeAlarmOutOfService, 0, "p") with { Reason = "calibration", Reference = "WO-1", Roles = role });
                return (true, role == PersonRole.Maintenance && model.TakeOut());
            default:
                run.State.Offer(ScanCommand.ToAlarm(1, ScanCommandKind.ReturnAlarmToService, 0, "p") with { Roles = PersonRole.Maintenance });
                return (true, model.PutBack());
        }
    }

    /// <summary>Independent of the table: flags and counts of scans.</summary>
    private sealed class Model(bool latches)
    {
        private bool stands, seen = true, owed, annunciated, out_, shelved, oneShot, ruled;
        private int turning, shelfLeft, sinceSeen;

        public bool High { get; set; }

        public bool RuleAsked { get; set; }

        public long Occurrence { get; private set; }

        public AlarmState State => out_ ? AlarmState.OutOfService
            : shelved ? AlarmState.Shelved
            : ruled ? AlarmState.Suppressed
            : annunciated && stands ? (seen ? AlarmState.AcknowledgedActive : AlarmState.UnacknowledgedActive)
            : owed ? (seen ? AlarmState.LatchedAcknowledged : AlarmState.LatchedUnacknowledged)
            : seen ? AlarmState.Normal : AlarmState.ReturnedUnacknowledged;

        private bool Away => out_ || shelved || ruled;

        public bool Acknowledge()
        {
            if (Away || seen) return false;
            seen = true;
            sinceSeen = 0;
            return true;
        }

        public bool Reset()
        {
            if (Away || stands || !owed) return false;
            owed = false;
            return true;
        }

        public bool Shelve(int scans, bool once)
        {
            if (out_) return false;
            shelved = true;
            (shelfLeft, oneShot) = (scans, once);
            return true;
        }

        public bool Unshelve()
        {
            if (out_ || !shelved) return false;
            shelved = false;
            Resume();
            return true;
        }

        public bool TakeOut()
        {
            if (out_) return false;
            (out_, shelved) = (true, false);
            return true;
        }

        public bool PutBack()
        {
            if (!out_) return false;
            out_ = false;
            Resume();
            return true;
        }

        public void Scan(bool bad)
        {
            bool wasAway = Away;
            ruled = RuleAsked;
            if (wasAway && !Away)
            {
                (stands, turning) = (false, 0);
                Resume();
            }

            Turn(bad);
            Time();
        }

        private void Turn(bool bad)
        {
            if (bad || High == stands)
            {
                turning = 0;
                return;
            }

            if (turning++ < (stands ? OffScans : OnScans)) return;
            turning = 0;
            stands = !stands;
            if (!Away && stands) Annunciate();
            if (!Away && !stands) annunciated = false;
            if (shelved && oneShot && !stands)
            {
                shelved = false;
                Resume();
            }
        }

        private void Time()
        {
            if (shelved && shelfLeft-- <= 0)
            {
                shelved = false;
                Resume();
            }
            else if (State == AlarmState.AcknowledgedActive && sinceSeen++ >= ReAlarmScans)
            {
                Annunciate();
            }
        }

        /// <summary>Back on the list: what stands is new, what was latched is owed, the rest is forgotten.</summary>
        private void Resume()
        {
            if (Away) return;
            annunciated = false;
            seen = true;
            if (stands) Annunciate();
            else if (owed) seen = false;
        }

        private void Annunciate()
        {
            annunciated = true;
            seen = false;
            owed = latches;
            Occurrence++;
        }
    }
}
