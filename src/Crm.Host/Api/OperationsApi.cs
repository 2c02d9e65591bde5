using System.Globalization;
using System.Text;
using Crm.Host.Access;
using Crm.Host.Service;
using Crm.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>For those who keep the box running: health and metrics.</summary>
public static class OperationsApi
{
    /// <summary>A controller without a completed scan for this long is not well.</summary>
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(2);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health", (Rigs rigs) =>
        {
            string[] ill = [.. rigs.All.Where(r => r.Failure is not null || r.SinceScan > Silent).Select(r => r.Rig.Name)];
            string[] unwritten = [.. rigs.All.Where(r => r.RecordFault is not null).Select(r => $"{r.Rig.Name} ({r.RecordFault})")];
            if (ill.Length + unwritten.Length == 0) return Results.Text("healthy\n");
            return Results.Text((ill.Length > 0 ? $"no scan: {string.Join(", ", ill)}\n" : "") + (unwritten.Length > 0 ? $"record not written: {string.Join(", ", unwritten)}\n" : ""), statusCode: StatusCodes.Status503ServiceUnavailable);
        }).Needs(Permission.Public).WithSummary("200 while every rig completes its scans and its record can be written");

        app.MapGet("/metrics", (Rigs rigs) => Results.Text(Metrics(rigs), "text/plain; version=0.0.4", Encoding.UTF8))
            .Needs(Permission.Public).WithSummary("Prometheus text");
    }

    private static string Metrics(Rigs rigs)
    {
        var text = new StringBuilder();
        Family(text, rigs, "crm_scan_overruns_total", "counter", "Scans that took longer than the time to the next one", r => r.Meter.Overruns);
        Family(text, rigs, "crm_scan_late_seconds_max", "gauge", "The latest a scan has begun", r => r.Meter.Late.Most);
        Family(text, rigs, "crm_plant_slipped_seconds_total", "counter", "Wall time by which plant time fell behind its pace", r => r.Slipped.TotalSeconds);
        Family(text, rigs, "crm_since_scan_seconds", "gauge", "Time since the last completed scan", r => r.SinceScan.TotalSeconds);
        Family(text, rigs, "crm_mailbox_depth", "gauge", "Requests waiting for the controller", r => r.Mailbox.Depth);
        Family(text, rigs, "crm_stream_clients", "gauge", "Open streams", r => r.Hub.Clients);
        Family(text, rigs, "crm_stream_folded_frames", "gauge", "Frames folded because a client that is still there was slow", r => r.Hub.Folded);
        Family(text, rigs, "crm_stream_clients_refused_total", "counter", "Streams refused because too many were open", r => r.Hub.Refused);
        Family(text, rigs, "crm_commands_pending", "gauge", "Commands that the next scan judges", r => r.Pending.Commands);
        Family(text, rigs, "crm_actor_dead_letters_total", "counter", "Messages between the control actors that reached nobody", r => r.Pending.DeadLetters);
        Family(text, rigs, "crm_actor_failures_total", "counter", "Control actors that threw", r => r.Pending.Failures);
        Family(text, rigs, "crm_journal_entries_total", "counter", "Entries on record since the start", r => r.Commits.Meter.Entries);
        Family(text, rigs, "crm_journal_faults_total", "counter", "Times the record could not be written", r => r.Commits.Meter.Faults);
        Family(text, rigs, "crm_journal_waiting_commits", "gauge", "Commits that wait for the disk", r => r.Commits.Waiting);
        Family(text, rigs, "crm_record_fault", "gauge", "1 while the record cannot be written", r => r.RecordFault is null ? 0 : 1);
        Family(text, rigs, "crm_record_waiting_entries", "gauge", "Entries that are not on the disk yet", r => r.Unwritten);
        Family(text, rigs, "crm_history_fault", "gauge", "1 while the history cannot be written", r => r.History.Disk is { Fault: not null } ? 1 : 0);
        Family(text, rigs, "crm_history_samples_total", "counter", "Samples written to the history", r => r.History.Disk?.Written ?? 0);
        Family(text, rigs, "crm_history_dropped_samples_total", "counter", "Samples that no disk took", r => r.History.Disk?.Dropped ?? 0);
        Family(text, rigs, "crm_history_waiting_samples", "gauge", "Samples on their way to the disk", r => r.History.Disk?.Waiting ?? 0);
        Family(text, rigs, "crm_history_write_seconds_total", "counter", "Time spent writing history", r => r.History.Disk?.BusySeconds ?? 0);
        Histograms(text, rigs, "crm_scan_seconds", "Time a scan takes", r => r.Meter.Took);
        Histograms(text, rigs, "crm_scan_late_seconds", "Time between when a scan was due and when it began", r => r.Meter.Late);
        Histograms(text, rigs, "crm_journal_commit_seconds", "Time until entries are on the disk", r => r.Commits.Meter.Took);
        Process(text);
        return text.ToString();
    }

    private static void Process(StringBuilder text)
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        text.Append(CultureInfo.InvariantCulture, $"# HELP process_resident_memory_bytes Resident memory\n# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes {self.WorkingSet64}\n");
        text.Append(CultureInfo.InvariantCulture, $"# HELP process_cpu_seconds_total Processor time\n# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total {self.TotalProcessorTime.TotalSeconds:0.##}\n");
    }

    private static void Family(StringBuilder text, Rigs rigs, string name, string type, string help, Func<RigService, double> value)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach (var rig in rigs.All) text.Append(CultureInfo.InvariantCulture, $"{name}{{rig=\"{rig.Rig.Name}\"}} {value(rig):0.######}\n");
    }

    private static void Histograms(StringBuilder text, Rigs rigs, string family, string help, Func<RigService, Durations> meter)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {family} {help}\n# TYPE {family} histogram\n");
        foreach (var rig in rigs.All)
        {
            string name = rig.Rig.Name;
            var durations = meter(rig);
            long count = durations.Count;
            for (int i = 0; i < durations.Buckets.Count; i++) text.Append(CultureInfo.InvariantCulture, $"{family}_bucket{{rig=\"{name}\",le=\"{durations.Buckets[i]}\"}} {Math.Min(durations.CountUpTo(i), count)}\n");
            text.Append(CultureInfo.InvariantCulture, $"{family}_bucket{{rig=\"{name}\",le=\"+Inf\"}} {count}\n{family}_sum{{rig=\"{name}\"}} {durations.Seconds:0.######}\n{family}_count{{rig=\"{name}\"}} {count}\n");
        }
    }
}
