using System.Globalization;
using System.Text;
using Crm.Host.Access;
using Crm.Host.Service;
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
            return ill.Length == 0 ? Results.Text("healthy\n") : Results.Text($"no scan: {string.Join(", ", ill)}\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }).Needs(Permission.Public).WithSummary("200 while every rig completes its scans");

        app.MapGet("/metrics", (Rigs rigs) => Results.Text(Metrics(rigs), "text/plain; version=0.0.4", Encoding.UTF8))
            .Needs(Permission.Public).WithSummary("Prometheus text");
    }

    private static string Metrics(Rigs rigs)
    {
        var text = new StringBuilder();
        Family(text, rigs, "crm_scan_overruns_total", "counter", "Scans that took longer than the time to the next one", r => r.Meter.Overruns);
        Family(text, rigs, "crm_scan_late_seconds_total", "counter", "Sum of how late scans began", r => r.Meter.LateSeconds);
        Family(text, rigs, "crm_scan_late_seconds_max", "gauge", "The latest a scan has begun", r => r.Meter.MostLate);
        Family(text, rigs, "crm_plant_slipped_seconds_total", "counter", "Wall time by which plant time fell behind its pace", r => r.Slipped.TotalSeconds);
        Family(text, rigs, "crm_since_scan_seconds", "gauge", "Time since the last completed scan", r => r.SinceScan.TotalSeconds);
        Family(text, rigs, "crm_mailbox_depth", "gauge", "Requests waiting for the controller", r => r.Mailbox.Depth);
        Family(text, rigs, "crm_stream_clients", "gauge", "Open streams", r => r.Hub.Clients);
        Family(text, rigs, "crm_stream_folded_frames", "gauge", "Frames folded because a client that is still there was slow", r => r.Hub.Folded);
        text.Append("# HELP crm_scan_seconds Time a scan takes\n# TYPE crm_scan_seconds histogram\n");
        foreach (var rig in rigs.All) Histogram(text, rig);
        return text.ToString();
    }

    private static void Family(StringBuilder text, Rigs rigs, string name, string type, string help, Func<RigService, double> value)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach (var rig in rigs.All) text.Append(CultureInfo.InvariantCulture, $"{name}{{rig=\"{rig.Rig.Name}\"}} {value(rig):0.######}\n");
    }

    private static void Histogram(StringBuilder text, RigService rig)
    {
        string name = rig.Rig.Name;
        for (int i = 0; i < ScanMeter.Buckets.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"crm_scan_seconds_bucket{{rig=\"{name}\",le=\"{ScanMeter.Buckets[i]}\"}} {rig.Meter.CountUpTo(i)}\n");
        long all = rig.Meter.Scans;
        text.Append(CultureInfo.InvariantCulture, $"crm_scan_seconds_bucket{{rig=\"{name}\",le=\"+Inf\"}} {all}\n");
        text.Append(CultureInfo.InvariantCulture, $"crm_scan_seconds_sum{{rig=\"{name}\"}} {rig.Meter.Seconds:0.######}\ncrm_scan_seconds_count{{rig=\"{name}\"}} {all}\n");
    }
}
