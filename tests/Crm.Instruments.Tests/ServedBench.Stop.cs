using System.Diagnostics;
using System.Globalization;
using Crm.Plant.Records;
using Crm.Store.Journal;

namespace Crm.Instruments.Tests;

/// <summary>The orderly end: SIGTERM, seen at the registers of the other process and in the closed record.</summary>
internal sealed partial class ServedBench
{
    /// <summary>Nobody holds the batch for a look.</summary>
    private bool isCalm;

    /// <summary>Wall time from SIGTERM until pump and heater were off, and until the process had ended.</summary>
    /// <param name="drive">Pump or heater shall be on before.</param>
    public async Task<(TimeSpan Off, TimeSpan Ended)> Terminate(bool drive = true)
    {
        isCalm = true;
        if (drive)
        {
            await WorkFor(TimeSpan.FromSeconds(60), () => Driven() is not (false, false));
            Assert.True(Driven() is not (false, false), $"nothing was driven\n{await Situation()}\n{Said}");
        }

        long asked = Stopwatch.GetTimestamp();
        using (Process kill = Process.Start("kill", ["-TERM", service!.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        while (Driven() is not (false, false)) Assert.True(Stopwatch.GetElapsedTime(asked) < patience, "pump or heater stay on\n" + Said);
        TimeSpan off = Stopwatch.GetElapsedTime(asked);
        await service.WaitForExitAsync(new CancellationTokenSource(patience).Token);
        return (off, Stopwatch.GetElapsedTime(asked));
    }

    /// <summary>Exit code, whether the file was closed whole, and its events.</summary>
    public (int Exit, bool IsClosed, BatchEvent[] Events) Closed()
    {
        bool isClosed = !File.Exists(Journal + "-wal");
        VerificationResult verified = JournalVerification.Verify(Journal);
        Assert.True(verified.IsUntouched, verified.Problem);
        using SqliteJournal journal = SqliteJournal.Open(Journal);
        return (service!.ExitCode, isClosed, [.. journal.Entries().Select(e => e.Event)]);
    }
}
