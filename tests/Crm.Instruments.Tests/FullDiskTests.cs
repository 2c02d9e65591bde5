using Crm.Instruments.Buses;
using Crm.Plant.Records;

namespace Crm.Instruments.Tests;

/// <summary>
/// Issue 6, bad days: the disk fills while a batch runs on the real service. Nothing acknowledged is lost, nothing crashes, what needs a durable record is refused with a reason,
/// HOLD, STOP and ABORT act at the pins, everybody is told, and it goes on by itself when there is room (REL-06).
/// </summary>
public sealed class FullDiskTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_batch_holds_everybody_is_told_and_it_goes_on_when_there_is_room(bool isMounted)
    {
        using FullDisk disk = Disk(isMounted);
        using var bench = new ServedBench(new Random(13), disk.Folder);
        await bench.Start();
        await bench.Drive();
        await bench.Remark("before the disk was full");

        disk.Fill(bench.ServiceId);
        await bench.Command("/remarks", "on a full disk");
        await bench.Shows("recordFault", fault => fault.Length > 0);
        await bench.Shows("batch", batch => batch == "Held");
        await bench.Off();
        await bench.Shows("reason", reason => reason.Contains("the record cannot be written", StringComparison.Ordinal));
        (int status, string restart) = await bench.Command("/batch/restart");
        Assert.Equal(409, status);
        Assert.Contains("the record cannot be written", restart, StringComparison.Ordinal);
        (status, string manual) = await bench.TakeManual("reactor.agitator", 40);
        Assert.True(status == 409 && manual.Contains("make room on the disk", StringComparison.Ordinal), $"{status} {manual}");
        (status, string health) = await bench.Say("/health");
        Assert.True(status == 503 && health.Contains("record not written: bench-kit", StringComparison.Ordinal), $"{status} {health}");
        Assert.Contains("crm_record_fault{rig=\"bench-kit\"} 1\n", (await bench.Say("/metrics")).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await bench.SignInAgain()).Status);

        disk.Free(bench.ServiceId);
        await bench.Shows("recordFault", fault => fault.Length == 0);
        Assert.Equal("healthy\n", (await bench.Say("/health")).Text);
        await bench.GoOn();
        await bench.Remark("room again");
        bench.Kill();
        Assert.True(bench.IsWhole());
        (int exit, string said) = await bench.VerifyLog();
        Assert.True(exit == 0, said);
        output.WriteLine(bench.Said);
        Assert.Contains("cannot be written", bench.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hold", "Held")]
    [InlineData("abort", "Aborted")]
    public async Task A_command_towards_safe_acts_at_the_pins_at_once_and_is_on_record_when_there_is_room(string command, string state)
    {
        using FullDisk disk = Disk(isMounted: true);
        using var bench = new ServedBench(new Random(14), disk.Folder);
        await bench.Start();
        await bench.Drive();
        disk.Fill(bench.ServiceId);
        (int status, string text) = await bench.Command("/batch/" + command, "the disk is full");
        output.WriteLine($"{status} {text}");
        Assert.True(status is 200 or 202, text);
        await bench.Off();
        await bench.Shows("batch", batch => batch == state);
        if (command == "hold")
        {
            state = "Stopped";
            Assert.Equal(200, (await bench.Command("/batch/stop", "the disk is still full")).Status);
            await bench.Shows("batch", batch => batch == state);
        }

        disk.Free(bench.ServiceId);
        await bench.Shows("recordFault", fault => fault.Length == 0);
        await bench.Terminate(drive: false);
        (int exit, bool isClosed, BatchEvent[] events) = bench.Closed();
        Assert.Equal((0, true), (exit, isClosed));
        Assert.Contains(events, e => e.Kind == BatchEventKind.BatchState && e.Data.GetValueOrDefault("state") == state.ToLowerInvariant());
        Assert.Contains(events, e => (e.Text + e.Cause).Contains("the disk is full", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Killed_on_a_full_disk_the_record_stays_where_it_is_and_the_batch_comes_back_when_there_is_room()
    {
        using FullDisk disk = Disk(isMounted: true);
        using var bench = new ServedBench(new Random(15), disk.Folder);
        await bench.Start();
        await bench.Drive();
        await bench.Remark("before the disk was full");
        disk.Fill(bench.ServiceId);
        await bench.Command("/remarks", "on a full disk");
        await bench.Shows("recordFault", fault => fault.Length > 0);
        bench.Kill();
        disk.Fill(bench.ServiceId);
        await bench.Off();

        (int exit, string said) = await bench.StartInVain();
        output.WriteLine($"{exit} {said}");
        Assert.NotEqual(0, exit);
        Assert.Contains("Make room on the disk", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(disk.Folder, "*.unreadable-*"));

        disk.Free(bench.ServiceId);
        await bench.Start();
        Assert.Equal("Held", (await bench.Situation()).GetProperty("batch").GetString());
        bench.Kill();
        Assert.True(bench.IsWhole());
        (exit, said) = await bench.VerifyLog();
        Assert.True(exit == 0, said);
    }

    private static FullDisk Disk(bool isMounted)
    {
        Assert.SkipUnless(LibModbusLine.IsInstalled, "libmodbus5 is not installed: apt-get install libmodbus5");
        FullDisk? disk = isMounted ? FullDisk.Mounted() : FullDisk.Limited();
        Assert.SkipWhen(disk is null, isMounted ? "a file system cannot be mounted here; the limit of file size is tried instead" : "there is no prlimit");
        return disk!;
    }
}
