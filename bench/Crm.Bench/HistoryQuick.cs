using System.Diagnostics;
using System.Globalization;
using Crm.Plant.Outputs;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Store.History;

namespace Crm.Bench;

/// <summary>History by exception beside the scan, into a file and into memory; and a day of eight pens at 10 Hz folded to a screen.</summary>
internal static class HistoryQuick
{
    private const int Scans = 20_000;
    private const int Pens = 8;
    private const int Columns = 1600;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    public static void Run(TextWriter output)
    {
        RigDefinition rig = BenchRig.Build();
        Reading[][] images = [.. Enumerable.Range(0, 64).Select(k => rig.Tags.Select(t => Reading.Good(20 + Math.Sin((k + t.Ordinal) * 0.02), TimeSpan.Zero)).ToArray())];
        using var csv = new CsvHistory(Stream.Null, rig);
        var recorder = new HistoryRecorder(rig, csv, new MemoryHistory(rig));
        double[] driven = [.. rig.Outputs.Select(o => o.Low)];
        var watch = Stopwatch.StartNew();
        for (int scan = 0; scan < Scans; scan++) recorder.Record(new Image(scan, scan * Period, images[scan / 64 % 64]), new OutputPlan(scan, scan * Period, scan * Period, driven));
        recorder.Finish();
        Line(output, $"recording {rig.Tags.Length} tags and {rig.Outputs.Length} outputs: {watch.Elapsed.TotalMicroseconds / Scans:F1} microseconds a scan");

        var trends = new MemoryHistory(rig, Folding.OlderHalf, 20_000);
        int day = (int)(TimeSpan.FromDays(1) / Period);
        for (int scan = 0; scan < day; scan++)
            for (int tag = 0; tag < Pens; tag++) trends.Keep(scan * Period, tag, Reading.Good(Math.Sin((scan + tag) * 0.01), scan * Period));
        watch.Restart();
        for (int tag = 0; tag < Pens; tag++) trends.Columns(tag, 0, 86_400.0 / Columns, Columns);
        Line(output, $"{Pens} pens, 24 h at 10 Hz, folded to {Columns} columns: {watch.Elapsed.TotalMilliseconds:F1} ms");
        OnDisk(output, rig, day);
    }

    /// <summary>The same day from the file, as the trend page of a controller that was started again opens it.</summary>
    private static void OnDisk(TextWriter output, RigDefinition rig, int day)
    {
        string folder = Directory.CreateTempSubdirectory("crm-bench").FullName;
        string path = Path.Combine(folder, "history.db");
        var watch = Stopwatch.StartNew();
        using (var file = SqliteHistory.Open(path, rig))
        {
            for (int scan = 0; scan < day; scan++)
                for (int tag = 0; tag < Pens; tag++) file.Keep(scan * Period, tag, Reading.Good(Math.Sin((scan + tag) * 0.01), scan * Period));
            file.Begin(day * Period, goesOn: true, DateTimeOffset.UnixEpoch);
        }

        Line(output, $"written to a file: {watch.Elapsed.TotalMicroseconds / (Pens * day):F2} microseconds a sample, {new FileInfo(path).Length / (double)(Pens * day):F1} bytes a sample");
        using (var history = HistoryThread.Open(path, rig, day * Period, goesOn: true, TimeProvider.System))
        {
            foreach (string turn in (string[])["first time", "again"])
            {
                watch.Restart();
                for (int tag = 0; tag < Pens; tag++) history.Columns(tag, 0, 86_400.0 / Columns, Columns);
                Line(output, $"{Pens} pens, 24 h at 10 Hz, folded from the file to {Columns} columns, {turn}: {watch.Elapsed.TotalMilliseconds:F0} ms");
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
