using Crm.Host.CommandLine;
using Crm.Instruments.Buses;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Instruments.Tests;

/// <summary>The bench kit as its rig file says, on fake instruments behind bytes: a serial line and a TCP connection.</summary>
public class BenchKitTests
{
    [Fact]
    public void Live_check_tells_device_by_device_what_answers_and_what_it_reads()
    {
        Assert.SkipUnless(LibModbusLine.IsInstalled, "libmodbus5 is not installed: apt-get install libmodbus5");
        using var field = OtherProcess.Fakes("pty", "--clock", "manual");
        using var analysis = OtherProcess.Fakes("tcp", "--clock", "manual");
        analysis.Ask("set 2 ph 4.2");
        field.Ask("set 4 ai1 12");
        field.Ask("set 4 ai2 20");
        var at = new Dictionary<string, string> { ["field"] = field.Place, ["analysis"] = analysis.Place };
        string good = Live(at, out bool isGood);
        Assert.True(isGood, good);
        Assert.Contains("reachable, firmware 2.3, serial 66537", good, StringComparison.Ordinal);
        Assert.Matches(@"reactor\.ph +4\.20 pH +good", good);
        Assert.Matches(@"reactor\.level +2\.50 L +good", good);
        Assert.Matches(@"reactor\.acid_scale +3\.000 kg +good", good);
        Assert.Equal("", field.Ask("writes 1") + field.Ask("writes 3"));

        field.Ask("fault 3 exception -1 4");
        field.Ask("set 4 ai1 0.2");
        string bad = Live(at, out isGood);
        Assert.False(isGood);
        Assert.Contains("exception 4 (device failure)", bad, StringComparison.Ordinal);
        Assert.Matches(@"reactor\.heater_feedback +- +bad: device refuses to answer", bad);
        Assert.Matches(@"reactor\.ph +4\.20 pH +good", bad);
    }

    [Fact]
    public void Live_check_of_a_port_that_is_not_there_says_so()
    {
        Assert.SkipUnless(LibModbusLine.IsInstalled, "libmodbus5 is not installed: apt-get install libmodbus5");
        string said = Live(new Dictionary<string, string> { ["field"] = "/dev/no-such-port", ["analysis"] = "127.0.0.1:1" }, out bool isGood);

        Assert.False(isGood);
        Assert.Contains("bus field at /dev/no-such-port: port lost: No such file or directory", said, StringComparison.Ordinal);
        Assert.Contains("bus analysis at 127.0.0.1:1: port lost", said, StringComparison.Ordinal);
        Assert.Throws<UsageException>(() => Live(new Dictionary<string, string> { ["feld"] = "x" }, out _));
        Assert.Throws<UsageException>(() => Live(new Dictionary<string, string> { ["analysis"] = "nowhere" }, out _));
    }

    /// <summary>SAF-08, REL-04: from the scan to the register of the pump; a pH that is lost stops the acid, at the pin, by bytes.</summary>
    [Fact]
    public void A_lost_transmitter_trips_the_pump_at_its_register()
    {
        Assert.SkipUnless(LibModbusLine.IsInstalled, "libmodbus5 is not installed: apt-get install libmodbus5");
        using var fieldDevices = OtherProcess.Fakes("pty", "--clock", "manual");
        using var analysisDevices = OtherProcess.Fakes("tcp", "--clock", "manual");
        RigDefinition rig = BenchKit.Patient();
        TimeSpan now = TimeSpan.Zero;
        using ModbusBus field = BenchKit.Bus(rig, "field", fieldDevices.Place, () => now);
        using ModbusBus analysis = BenchKit.Bus(rig, "analysis", analysisDevices.Place, () => now);
        fieldDevices.Ask("set 4 ai1 12");
        fieldDevices.Ask("set 4 ai2 12");
        var core = new ScanCore(rig);
        ScanState state = core.Start();
        var readings = new Reading[rig.Tags.Length];
        Array.Fill(readings, Reading.Never);
        PlantFrame Scan()
        {
            now += rig.ScanPeriod;
            PlantFrame frame = core.Scan(state, now, readings);
            field.Exchange(frame.Plan, readings);
            analysis.Exchange(frame.Plan, readings);
            return frame;
        }

        for (int i = 0; i < 5; i++) Scan();
        state.Offer(new ScanCommand(1, ScanCommandKind.ResetAll, 0, 0, 0, "technician"));
        PlantFrame reset = Scan();
        Assert.DoesNotContain(reset.Trips, t => t.IsTripped);
        state.Offer(new ScanCommand(2, ScanCommandKind.TakeManual, rig.Output("reactor.acid_pump"), 40, 0, "technician"));
        state.Offer(new ScanCommand(3, ScanCommandKind.TakeManual, rig.Output("reactor.heater"), 1, 0, "technician"));
        for (int i = 0; i < 3; i++) Scan();
        Assert.Equal(4000, fieldDevices.Number("holding 1 52"));
        Assert.Equal(1, fieldDevices.Number("holding 3 49"));
        Assert.Equal(40, readings[rig.Tag("reactor.acid_pump_feedback")].Value, 2);

        analysisDevices.Ask("fault 2 exception -1 4");
        // Two retries, then bad; the row waits its second, as its file says.
        for (int i = 0; i < DeviceLink.Retries + 1 + 6; i++) Scan();

        Assert.Equal(0, fieldDevices.Number("holding 1 52"));
        Assert.True(readings[rig.Tag("reactor.level")].IsGood);
    }

    /// <summary>NE-01 to NE-03 through bytes; the value of a failure current is never seen.</summary>
    [Theory]
    [InlineData(0.2, Quality.Bad, Reason.OpenLoop, double.NaN)]
    [InlineData(3.5, Quality.Bad, Reason.DeviceFailure, double.NaN)]
    [InlineData(3.7, Quality.Uncertain, Reason.OutOfRange, 0)]
    [InlineData(3.9, Quality.Good, Reason.None, -0.03125)]
    [InlineData(4, Quality.Good, Reason.None, 0)]
    [InlineData(12, Quality.Good, Reason.None, 2.5)]
    [InlineData(20, Quality.Good, Reason.None, 5)]
    [InlineData(20.4, Quality.Good, Reason.None, 5.125)]
    [InlineData(20.8, Quality.Uncertain, Reason.OutOfRange, 5)]
    [InlineData(21.5, Quality.Bad, Reason.DeviceFailure, double.NaN)]
    [InlineData(23, Quality.Bad, Reason.Overcurrent, double.NaN)]
    public void A_loop_current_is_judged_by_its_band(double milliampere, Quality quality, Reason reason, double litres)
    {
        RigDefinition rig = BenchKit.Rig();
        DeviceLink inputs = BusBuilder.Devices(rig, rig.Buses.First(b => b.Name == "field")).First(d => d.Name == "inputs");
        var line = new CurrentsLine((ushort)Math.Round(milliampere * 1000));
        var readings = new Reading[rig.Tags.Length];
        for (int i = 1; i <= 3; i++) inputs.Turn(line, null, () => TimeSpan.FromSeconds(i), readings);

        Reading level = readings[rig.Tag("reactor.level")];
        Assert.Equal((quality, reason), (level.Quality, level.Reason));
        Assert.Equal(litres, level.Value, 6);
    }

    private static string Live(IReadOnlyDictionary<string, string> at, out bool isGood)
    {
        using var output = new StringWriter();
        isGood = LiveCheck.Run(BenchKit.Patient(), at, output);
        return output.ToString();
    }

    /// <summary>A current input module that answers with one current on every channel.</summary>
    private sealed class CurrentsLine(ushort microampere) : IModbusLine
    {
        private ushort counter;

        public bool IsOpen => true;

        public ModbusFault Open() => ModbusFault.None;

        public void Close()
        {
        }

        public void Dispose()
        {
        }

        public ModbusFault Transact(ModbusRequest request, TimeSpan deadline, Span<ushort> registers)
        {
            if (request.First == 0)
            {
                (registers[0], registers[1]) = (0x4149, 1);
                return ModbusFault.None;
            }

            registers[..8].Fill(microampere);
            registers[8] = 0;
            registers[9] = ++counter;
            return ModbusFault.None;
        }
    }
}
