using System.Diagnostics;
using System.Text.Json;
using Crm.Contracts;
using Crm.Host.Approvals;
using Crm.Host.Workshop;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Microsoft.Extensions.Logging;

namespace Crm.Host.Service;

/// <summary>
/// One rig as a service: one controller thread that paces plant time, takes commands between scans and publishes what it saw with the scan, ten times
/// a second at most. Everything public may be called from any thread.
/// </summary>
public sealed partial class RigService : IDisposable
{
    /// <summary>Plant time a skip runs at most when nothing happens.</summary>
    private static readonly TimeSpan LongestSkip = TimeSpan.FromHours(6);

    /// <summary>Wall time of full speed between two looks at the mailbox.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan SituationEvery = TimeSpan.FromMilliseconds(400);

    private readonly RigCore core;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly long started;
    private readonly Thread thread;
    private readonly Pacer pacer;
    private double asked = Pacer.Slowest;
    private readonly FrameBeat beat = new();
    private TimeSpan situationDue, pictureDue;
    private (TimeSpan Until, long Notable)? skip;
    private volatile bool stopping;
    private readonly Dictionary<string, string> lastSituations = new(StringComparer.Ordinal);
    private long version;

    public RigService(RigCore core, TimeProvider clock, ILogger log)
    {
        (this.core, this.clock, this.log) = (core, clock, log);
        started = clock.GetTimestamp();
        pacer = new Pacer(core.Rig.ScanPeriod, TimeSpan.Zero);
        thread = new Thread(Run) { Name = "controller " + core.Rig.Name, IsBackground = false, Priority = ThreadPriority.AboveNormal };
        Description = RigText.Describe(core.Rig, core.Plant.Recipe, twin: core.IsTwin);
    }

    /// <summary>The rig, with the recipe of the first batch.</summary>
    public RigDescription Description { get; }

    public RigDefinition Rig => core.Rig;

    /// <summary>File of the first batch's recipe; further ones are taken from beside it. Null: there are none.</summary>
    public string? RecipeFile { get; init; }

    /// <summary>What is signed for the recipes of this rig; null: nothing is known of it.</summary>
    public ApprovalStore? Approvals { get; init; }

    /// <summary>Where its recipes lie and are judged; null: it is served without their files.</summary>
    public RecipePlace? Place { get; init; }

    /// <summary>Recipes tried on a twin beside the plant; null without their files.</summary>
    public DryRuns? DryRuns { get; init; }
    /// <summary>The record as pages read it; null when there is no file.</summary>
    public Records.RecordBook? Record { get; init; }

    /// <summary>Content of the twin file; null on hardware.</summary>
    public string? TwinHash => core.TwinHash;

    public Mailbox Mailbox { get; } = new();

    public StreamHub Hub { get; } = new();

    public ScanMeter Meter { get; } = new();

    public RigHistory History => core.History;

    /// <summary>How long entries take to the record, and how many commits wait for its disk.</summary>
    public (Store.Journal.CommitMeter Meter, int Waiting) Commits => core.Commits;

    /// <summary>Commands that the next scan judges; messages that actors could not deliver and failures they had. As of the last picture.</summary>
    public (int Commands, long DeadLetters, long Failures) Pending => (Volatile.Read(ref commandsPending), Volatile.Read(ref deadLetters), Volatile.Read(ref actorFailures));

    /// <summary>Why the record cannot be written; null when it can. As of the last scan.</summary>
    public string? RecordFault => Volatile.Read(ref recordFault);

    /// <summary>Entries that are not on the disk yet. As of the last scan.</summary>
    public int Unwritten => Volatile.Read(ref unwritten);

    private string? recordFault;
    private int unwritten;
    private int commandsPending;
    private long deadLetters, actorFailures;

    /// <summary>Wall time by which plant time has slipped behind its pace.</summary>
    public TimeSpan Slipped => pacer.Slipped;

    /// <summary>What ended the controller thread; null while it runs or after an orderly stop.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Wall time since the last scan was completed.</summary>
    public TimeSpan SinceScan => clock.GetElapsedTime(Volatile.Read(ref lastScan));

    private long lastScan;

    /// <summary>The plant as it stood in the last second, for whoever comes back after this process was killed; null without a batch.</summary>
    public Plant.Records.BatchEvent? Picture => Volatile.Read(ref picture);

    private Plant.Records.BatchEvent? picture;

    public void Start(double pace)
    {
        asked = core.IsTwin ? Math.Clamp(pace, Pacer.Slowest, Pacer.Fastest) : Pacer.Slowest;
        Volatile.Write(ref lastScan, clock.GetTimestamp());
        thread.Start();
    }

    /// <summary>How the rig came to rest when it was stopped; empty while it runs, and when its controller failed.</summary>
    public string Rest { get; private set; } = "";

    /// <summary>Holds the batch, brings the outputs to their values and ends the thread; returns at once.</summary>
    public void BeginStop()
    {
        stopping = true;
        Mailbox.Close();
        Mailbox.Wake();
    }

    /// <summary>The same; returns when that is done.</summary>
    public void Stop()
    {
        BeginStop();
        if (thread.IsAlive) thread.Join();
    }

    public void Dispose()
    {
        Stop();
        core.Dispose();
        DryRuns?.Dispose();
        Mailbox.Dispose();
    }

    private FoldedFrame? LastFrame { get; set; }

    private TimeSpan Wall => clock.GetElapsedTime(started);

    private void Run()
    {
        try
        {
            pacer.Resume(Wall);
            while (!stopping)
            {
                Mailbox.Drain();
                PublishWhenDue(skip is not null ? Skip() : Pace());
                if (skip is null) Mailbox.Wait(Least(pacer.Wait(Wall), beat.Wait(Wall)));
            }

            Rest = core.BringToRest("the service stops");
            Mailbox.Drain();
            situationDue = TimeSpan.Zero;
            beat.Force();
            PublishWhenDue(isWithScan: true);
        }
        catch (Exception failure)
        {
            Failure = failure;
            Failed(log, failure, core.Rig.Name);
            Mailbox.Close();
            Mailbox.Drain();
        }
    }

    /// <returns>Whether a scan was due.</returns>
    private bool Pace()
    {
        pacer.Set(core.Slow.Length > 0 ? Pacer.Slowest : asked, Wall);
        var end = Wall + Turn;
        bool isWithScan = false;
        while (pacer.Take(Wall))
        {
            isWithScan = true;
            ScanOnce(Rig.ScanPeriod / pacer.Pace, pacer.Late);
            if (Wall > end) break;
        }

        return isWithScan;
    }

    private bool Skip()
    {
        var end = Wall + Turn;
        var (until, notable) = skip!.Value;
        while (Wall < end)
        {
            ScanOnce(Rig.ScanPeriod, TimeSpan.Zero);
            if (core.Notable == notable && core.Now < until) continue;
            skip = null;
            pacer.Resume(Wall);
            situationDue = TimeSpan.Zero;
            beat.Force();
            break;
        }

        return true;
    }

    private void ScanOnce(TimeSpan allowed, TimeSpan late)
    {
        long begin = Stopwatch.GetTimestamp();
        core.Scan();
        Meter.Scanned(Stopwatch.GetElapsedTime(begin), allowed, late);
        Volatile.Write(ref lastScan, clock.GetTimestamp());
        Volatile.Write(ref commandsPending, core.CommandsPending);
        Volatile.Write(ref recordFault, core.Plant.RecordFault);
        Volatile.Write(ref unwritten, core.Plant.Unwritten);
        if (Wall < pictureDue) return;
        Volatile.Write(ref deadLetters, core.Plant.Counters.DeadLetters);
        Volatile.Write(ref actorFailures, core.Plant.Counters.Failures);
        pictureDue = Wall + LifeSign.Every;
        Volatile.Write(ref picture, core.Plant.Picture());
    }

    /// <summary>With a scan, so that nothing is made ready for pages while the next one is due; what a person asked for, at once.</summary>
    private void PublishWhenDue(bool isWithScan)
    {
        var wall = Wall;
        if (situationDue == TimeSpan.Zero || (isWithScan && wall >= situationDue))
        {
            situationDue = wall + SituationEvery;
            PublishSituations();
        }

        if (!beat.Take(wall, isWithScan)) return;
        string why = skip is not null ? "skipping to the next event" : pacer.Pace < asked ? core.Slow : "";
        if (core.Folder.Take(clock.GetUtcNow(), pacer.Pace, asked, why) is not { } frame) return;
        LastFrame = frame;
        Hub.Publish(frame);
    }

    /// <summary>Where a batch and the plant stand. Controller thread.</summary>
    /// <param name="batch">Empty: the current one.</param>
    private Situation Situation(string batch = "") => SituationText.Describe(core, core.Look(batch), core.Plant.AbsentAlarms(), version, skip is not null);

    /// <summary>Told only to those who look at that batch, and only when it changed.</summary>
    private void PublishSituations()
    {
        core.Look();
        foreach (string batch in Hub.Watched)
        {
            if (!core.Plant.Has(batch)) continue;
            var situation = Situation(batch);
            string text = JsonSerializer.Serialize(situation with { Version = 0 }, ApiJson.Options);
            if (text == lastSituations.GetValueOrDefault(batch)) continue;
            version++;
            lastSituations[batch] = text;
            Hub.Publish(batch, JsonSerializer.SerializeToUtf8Bytes(situation with { Version = version }, ApiJson.Options));
        }
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    [LoggerMessage(Level = LogLevel.Critical, Message = "The controller of {Rig} failed; its outputs fall to their fail values")]
    private static partial void Failed(ILogger log, Exception failure, string rig);
}
