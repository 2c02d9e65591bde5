using Crm.Instruments.Buses;
using Crm.Plant.Ports;
using Crm.Plant.Tags;

namespace Crm.Instruments.Tests;

/// <summary>The L1 seam proven by bytes: our bus here, fake instruments in a process of their own, TCP or a pseudo terminal between.</summary>
public class BytesTests
{
    /// <summary>For devices that answer: long, as the machine may be busy. For the one that is made not to: short, as the test waits for it.</summary>
    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(10), soon = TimeSpan.FromMilliseconds(700);

    public static TheoryData<string, string, Reason> Faults
    {
        get
        {
            var cases = new TheoryData<string, string, Reason>();
            foreach (string wire in new[] { "tcp", "pty" })
            {
                cases.Add(wire, "silence", Reason.NoAnswer);
                cases.Add(wire, "deaf", Reason.NoAnswer);
                cases.Add(wire, "wrong-address", Reason.WrongDevice);
                cases.Add(wire, "exception", Reason.Refused);
                cases.Add(wire, "truncated", Reason.ShortFrame);
                cases.Add(wire, "foreign", Reason.Corrupted);
            }

            cases.Add("pty", "wrong-check-sum", Reason.Corrupted);
            return cases;
        }
    }

    /// <summary>REL-04, NE-09: every fault has its reason, after two retries; the other devices never notice; and the device comes back by itself.</summary>
    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_on_the_wire_turns_the_tags_bad_with_its_reason(string wire, string fault, Reason reason)
    {
        using var fakes = OtherProcess.Fakes(wire, "--clock", "manual");
        var field = Connected(fakes, 2 * HastyFor(fault));
        using var bus = field.Bus;
        fakes.Ask("set 2 ph 6.5");
        field.ScanUntil(() => field.Readings[Wiring.Ph].IsGood && !field.Device(1).IsFailing);
        Assert.Equal(6.5, field.Readings[Wiring.Ph].Value, 3);

        fakes.Ask("set 2 ph 3.0");
        fakes.Ask($"fault 2 {fault} -1 4");
        TimeSpan read = field.Readings[Wiring.Ph].At;
        field.Scan(DeviceLink.Retries);
        Assert.Equal(read, field.Readings[Wiring.Ph].At);
        field.Scan();

        Assert.Equal(Quality.Bad, field.Readings[Wiring.Ph].Quality);
        Assert.Equal(reason, field.Readings[Wiring.Ph].Reason);
        Assert.True(double.IsNaN(field.Readings[Wiring.Ph].Value));
        Assert.True(field.Readings[Wiring.Speed].IsGood);
        Assert.True(field.Readings[Wiring.Relay1].IsGood);
        fakes.Ask("fault 2 none");
        field.ScanUntil(() => field.Readings[Wiring.Ph].IsGood);
        Assert.Equal(3.0, field.Readings[Wiring.Ph].Value, 3);
    }

    /// <summary>REL-04: an answer that comes with the next request is never taken for the answer to that one; the value shown is the newest or bad.</summary>
    [Theory]
    [InlineData("tcp", "late")]
    [InlineData("pty", "late")]
    [InlineData("tcp", "late-own")]
    [InlineData("pty", "late-own")]
    public void A_late_answer_never_passes_for_fresh(string wire, string late)
    {
        using var fakes = OtherProcess.Fakes(wire, "--clock", "manual");
        var field = Connected(fakes, 2);
        using var bus = field.Bus;
        for (int round = 0; round < 5; round++)
        {
            field.ScanUntil(() => !field.Device(1).IsFailing);
            fakes.Ask(FormattableString.Invariant($"set 2 ph {round + 1}"));
            fakes.Ask($"fault 2 {late} 1");
            field.Scan();
            fakes.Ask(FormattableString.Invariant($"set 2 ph {round + 8}"));
            TimeSpan before = field.Now;
            field.ScanUntil(() => field.Readings[Wiring.Ph].IsGood && field.Readings[Wiring.Ph].At > before);

            Assert.Equal(round + 8, field.Readings[Wiring.Ph].Value, 3);
        }

        Assert.True(field.Device(1).Counters[FaultKind.NoAnswer] >= 5);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("pty")]
    public void Answers_that_are_always_one_late_are_bad_as_such(string wire)
    {
        using var fakes = OtherProcess.Fakes(wire, "--clock", "manual");
        var field = Connected(fakes, 2);
        using var bus = field.Bus;
        field.ScanUntil(() => !field.Device(1).IsFailing);
        fakes.Ask("fault 2 late-own");
        field.Scan(DeviceLink.Retries + 1);

        Assert.Equal(Reason.LateAnswer, field.Readings[Wiring.Ph].Reason);
        Assert.True(field.Readings[Wiring.Speed].IsGood);
    }

    /// <summary>REL-13 at the seam: random bytes for answers; nothing throws, nothing reads good but what is true, and the line recovers.</summary>
    [Theory]
    [InlineData("tcp", 11)]
    [InlineData("pty", 12)]
    public void Garbage_is_never_a_reading(string wire, int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        using var fakes = OtherProcess.Fakes(wire, "--clock", "manual");
        var field = Connected(fakes, 2);
        using var bus = field.Bus;
        field.ScanUntil(() => !field.Device(1).IsFailing);
        fakes.Ask("set 2 ph 2.25");
        fakes.Ask($"fault 2 garbage 6 {seed}");
        for (int i = 0; i < 12; i++)
        {
            field.Now += TimeSpan.FromSeconds(20);
            field.Scan();
            Reading ph = field.Readings[Wiring.Ph];
            Assert.True(ph.IsBad || ph.Value == 2.25 || ph.At < field.Now - TimeSpan.FromSeconds(10), $"{ph}");
        }

        field.ScanUntil(() => field.Readings[Wiring.Ph].IsGood);
        Assert.Equal(2.25, field.Readings[Wiring.Ph].Value, 3);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("pty")]
    public void A_frame_sent_twice_disturbs_nobody(string wire)
    {
        using var fakes = OtherProcess.Fakes(wire, "--clock", "manual");
        var field = Connected(fakes);
        using var bus = field.Bus;
        fakes.Ask("fault 1 duplicate");
        for (int i = 1; i <= 5; i++)
        {
            fakes.Ask($"set 2 ph {i}");
            field.Values[Wiring.Pump] = 10 * i;
            field.Scan(2);
            Assert.Equal(i, field.Readings[Wiring.Ph].Value, 3);
            Assert.Equal(10 * i, field.Readings[Wiring.Speed].Value, 3);
        }
    }

    /// <summary>REL-04, port gone: the exchange fails as a whole, and the connection is made anew by itself.</summary>
    [Fact]
    public void A_broken_connection_is_made_again()
    {
        using var fakes = OtherProcess.Fakes("tcp", "--clock", "manual");
        var field = Connected(fakes);
        using var bus = field.Bus;
        field.Scan();
        fakes.Ask("hang-up");
        Assert.Throws<BusFaultException>(() => field.Scan(2));
        field.Now += TimeSpan.FromSeconds(20);
        field.Scan(2);

        Assert.True(field.Readings[Wiring.Ph].IsGood);
        Assert.Equal(2, field.Bus.Openings);
    }

    [Fact]
    public void A_serial_port_that_is_pulled_out_is_a_lost_bus()
    {
        using var fakes = OtherProcess.Fakes("pty", "--clock", "manual");
        var field = Connected(fakes);
        using var bus = field.Bus;
        field.Scan();
        fakes.Ask("hang-up");

        BusFaultException lost = Assert.Throws<BusFaultException>(() => field.Scan(2));
        Assert.Contains("port lost", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_kind_of_device_is_refused_by_name()
    {
        using var fakes = OtherProcess.Fakes("tcp", "--clock", "manual", "dosing-pump:1", "dosing-pump:2", "relay-module:3");
        var field = Connected(fakes);
        using var bus = field.Bus;
        field.Scan(DeviceLink.Retries + 1);

        Assert.Equal(Reason.WrongDevice, field.Readings[Wiring.Ph].Reason);
        Assert.Equal("another kind of device: type 0x4450", field.Device(1).LastFault.ToString());
    }

    /// <summary>NE-10: fresh frames with a standing measurement counter are old values, and bad.</summary>
    [Fact]
    public void A_transmitter_that_measures_no_more_is_frozen()
    {
        using var fakes = OtherProcess.Fakes("tcp", "--clock", "manual");
        var field = Connected(fakes);
        using var bus = field.Bus;
        field.Scan();
        fakes.Ask("set 2 frozen 1");
        field.Scan();
        field.Now += TimeSpan.FromSeconds(6);
        field.Scan();

        Assert.Equal(Reason.Frozen, field.Readings[Wiring.Ph].Reason);
    }

    /// <summary>NE-04, NE-06, NE-08: the device's own status limits every value it gives.</summary>
    [Theory]
    [InlineData(0, Quality.Good, Reason.None)]
    [InlineData(1, Quality.Bad, Reason.DeviceFailure)]
    [InlineData(2, Quality.Uncertain, Reason.Substituted)]
    [InlineData(4, Quality.Uncertain, Reason.OutOfRange)]
    [InlineData(8, Quality.Good, Reason.None)]
    [InlineData(14, Quality.Uncertain, Reason.Substituted)]
    [InlineData(15, Quality.Bad, Reason.DeviceFailure)]
    public void The_devices_own_status_limits_its_values(int status, Quality quality, Reason reason)
    {
        using var fakes = OtherProcess.Fakes("tcp", "--clock", "manual");
        var field = Connected(fakes);
        using var bus = field.Bus;
        fakes.Ask($"set 2 health {status}");
        field.Scan();

        Assert.Equal((quality, reason), (field.Readings[Wiring.Ph].Quality, field.Readings[Wiring.Ph].Reason));
    }

    internal static Wiring Connected(OtherProcess fakes, int hasty = 0) => new(_ => Open(fakes.Place), deadline, hasty, soon);

    internal static int HastyFor(string fault) => fault is "silence" or "deaf" or "late" or "late-own" or "garbage" ? 1 : 0;

    internal static LibModbusLine Open(string place)
    {
        Assert.SkipUnless(LibModbusLine.IsInstalled, "libmodbus5 is not installed: apt-get install libmodbus5");
        return place.StartsWith('/')
            ? LibModbusLine.Serial(place, 19200, 'E', 1, TimeProvider.System)
            : LibModbusLine.Tcp(place.Split(':')[0], int.Parse(place.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture), TimeProvider.System);
    }
}
