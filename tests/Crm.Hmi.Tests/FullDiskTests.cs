using Crm.Instruments.Tests;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>A bench whose disk can be filled.</summary>
public sealed class SmallDiskBench : Bench
{
    private readonly FullDisk disk = FullDisk.Mounted() ?? FullDisk.Limited() ?? throw new InvalidOperationException("neither mount nor prlimit is here");

    protected override string[] Beginning => ["--from", "leach/acid+10min"];

    protected override string Folder() => disk.Folder;

    protected override void Remove(string folder) => disk.Dispose();

    public void Fill() => disk.Fill(Controller!.Id);

    public void Free() => disk.Free(Controller!.Id);
}

/// <summary>The disk of the controller fills under a running batch: what a technician sees and may do (REL-06).</summary>
public sealed class FullDiskTests(SmallDiskBench bench) : IClassFixture<SmallDiskBench>
{
    [Fact]
    public async Task The_page_says_so_the_batch_is_held_and_goes_on_when_there_is_room()
    {
        var page = await bench.Open("/rigs/lithium-pilot/batch");
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("RUNNING");
        bench.Fill();
        // The next entry meets the full disk: here a remark.
        await page.Locator("form.remark input").FillAsync("the acid smells stronger than yesterday");
        await page.Locator("form.remark button").ClickAsync();
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("HELD", new() { Timeout = 30000 });
        await Expect(page.Locator("#record-fault")).ToContainTextAsync("The record cannot be written");
        await Expect(page.Locator("#batch-step")).ToContainTextAsync("the record cannot be written");
        await Expect(page.Locator("#batch-step")).ToContainTextAsync("no room on the disk");
        await Demonstration.Screenshot(page, "record-fault");

        await page.Locator("#start").ClickAsync(new() { Force = true });
        await Expect(page.Locator("#said")).ToContainTextAsync("RESTART not now: the record cannot be written: no room on the disk");
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("HELD");

        bench.Free();
        await Expect(page.Locator("#record-fault")).ToHaveCountAsync(0, new() { Timeout = 30000 });
        await Expect(page.Locator("#start")).ToHaveAttributeAsync("aria-disabled", "false");
        await page.Locator("#start").ClickAsync();
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("RUNNING", new() { Timeout = 30000 });
        await page.CloseAsync();
    }
}
