using Crm.Instruments.Buses;
using Crm.Plant.Ports;
using Crm.Plant.Tags;

namespace Crm.Instruments.Tests;

/// <summary>REL-14 without a wire: who is asked when, in time that the test owns.</summary>
public class BusRulesTests
{
    private static readonly TimeSpan deadline = TimeSpan.FromMilliseconds(250);

    [Fact]
    public void A_dead_device_costs_an_exchange_one_deadline_and_is_asked_ever_more_rarely()
    {
        var (field, line) = Start();
        line.Fault = request => request.Unit == 1 ? new ModbusFault(FaultKind.NoAnswer) : ModbusFault.None;
        var waits = new List<double>();
        TimeSpan last = field.Now;
        for (int i = 0; i < 600; i++)
        {
            TimeSpan before = field.Now;
            int asked = line.Asked.Count(r => r.Unit == 1);
            field.Scan();
            Assert.InRange(field.Now - before - TimeSpan.FromMilliseconds(100), TimeSpan.Zero, deadline);
            Assert.True(field.Readings[Wiring.Ph].At >= before, "the pH is read in every exchange");
            if (line.Asked.Count(r => r.Unit == 1) == asked) continue;
            waits.Add((before - last).TotalSeconds);
            last = field.Now;
        }

        // The first attempt and two retries follow at once, then 0.5, 1, 2, 4, 8, 10, 10 … s.
        Assert.All(waits.Take(3), w => Assert.InRange(w, 0, 0.1));
        double[] expected = [0.5, 1, 2, 4, 8, 10, 10];
        for (int i = 0; i < expected.Length; i++) Assert.InRange(waits[3 + i], expected[i] - 0.2, expected[i] + 0.2);
    }

    [Fact]
    public void Of_many_dead_devices_one_is_asked_in_an_exchange()
    {
        var (field, line) = Start();
        line.Fault = request => request.Unit != 2 ? new ModbusFault(FaultKind.NoAnswer) : ModbusFault.None;
        field.Scan();
        for (int i = 0; i < 200; i++)
        {
            int before = line.Asked.Count;
            field.Scan();
            Assert.InRange(line.Asked.Skip(before).Count(r => r.Unit != 2), 0, 1);
            Assert.True(field.Readings[Wiring.Ph].IsGood && field.Readings[Wiring.Ph].At >= field.Now - TimeSpan.FromSeconds(1));
        }

        Assert.True(field.Device(0).IsFailing && field.Device(2).IsFailing);
        Assert.Equal(Reason.NoAnswer, field.Readings[Wiring.Speed].Reason);
        Assert.Equal(Reason.NoAnswer, field.Readings[Wiring.Relay1].Reason);
    }

    [Fact]
    public void A_single_glitch_leaves_the_reading_with_its_own_time_and_is_counted()
    {
        var (field, line) = Start();
        TimeSpan read = field.Readings[Wiring.Ph].At;
        line.Fault = request => request.Unit == 2 ? new ModbusFault(FaultKind.BadCheckSum) : ModbusFault.None;
        field.Scan();
        Assert.Equal(read, field.Readings[Wiring.Ph].At);
        line.Fault = _ => ModbusFault.None;
        field.Scan();

        Assert.True(field.Readings[Wiring.Ph].IsGood && field.Readings[Wiring.Ph].At > read);
        Assert.Equal(1, field.Device(1).Counters[FaultKind.BadCheckSum]);
    }

    /// <summary>After any fault the next request to that device is for its identity, whatever the fault was and whatever was asked.</summary>
    [Theory]
    [InlineData(FaultKind.NoAnswer)]
    [InlineData(FaultKind.BadCheckSum)]
    [InlineData(FaultKind.ShortFrame)]
    [InlineData(FaultKind.LateAnswer)]
    [InlineData(FaultKind.Malformed)]
    [InlineData(FaultKind.WrongAddress)]
    public void After_a_fault_the_device_names_itself_before_it_is_believed(FaultKind kind)
    {
        var (field, line) = Start();
        field.Values[Wiring.Pump] = 10;
        line.Fault = request => request.Unit == 1 && request.Function == ModbusFunction.WriteHolding ? new ModbusFault(kind) : ModbusFault.None;
        field.Scan();
        line.Fault = _ => ModbusFault.None;
        int before = line.Asked.Count;
        field.Scan();

        ModbusRequest[] toPump = [.. line.Asked.Skip(before).Where(r => r.Unit == 1)];
        Assert.Equal((ModbusFunction.ReadInput, (ushort)0), (toPump[0].Function, toPump[0].First));
        Assert.Equal((ModbusFunction.ReadHolding, (ushort)0x20), (toPump[1].Function, toPump[1].First));
        Assert.Equal(ModbusFunction.WriteHolding, toPump[2].Function);
    }

    /// <summary>An exception is an answer: what was asked was not done, and nothing has to be read back.</summary>
    [Fact]
    public void A_write_refused_by_exception_is_no_write_of_unknown_outcome()
    {
        var (field, line) = Start();
        line.Fault = request => request.Function == ModbusFunction.WriteHolding ? new ModbusFault(FaultKind.Exception, 6) : ModbusFault.None;
        field.Scan();

        Assert.Equal(0, field.Device(0).Counters.WritesUnknown);
        Assert.Equal("exception 6 (device busy)", field.Device(0).LastFault.ToString());
    }

    [Fact]
    public void A_port_that_cannot_be_opened_is_tried_again_with_back_off()
    {
        ScriptedLine? line = null;
        var field = new Wiring(w => line = new ScriptedLine(w) { Opening = new ModbusFault(FaultKind.PortLost, 2) }, deadline);
        for (int i = 0; i < 300; i++) Assert.Throws<BusFaultException>(() => field.Scan());
        Assert.InRange(line!.Openings, 5, 8);

        line.Opening = ModbusFault.None;
        field.Now += TimeSpan.FromSeconds(10);
        field.Scan();
        Assert.True(field.Readings[Wiring.Speed].IsGood);
    }

    [Fact]
    public void A_line_on_which_nobody_answers_any_more_is_opened_anew()
    {
        var (field, line) = Start();
        line.Fault = _ => new ModbusFault(FaultKind.NoAnswer);
        field.Scan(20);
        Assert.True(line.Openings > 1);
        line.Fault = _ => ModbusFault.None;
        field.Now += TimeSpan.FromSeconds(10);
        field.Scan(5);

        Assert.True(field.Readings[Wiring.Speed].IsGood && field.Readings[Wiring.Ph].IsGood && field.Readings[Wiring.Relay1].IsGood);
    }

    /// <summary>Identity is the one request of its shape: the proof against late answers on a serial line rests on it.</summary>
    [Fact]
    public void No_other_read_of_any_instrument_has_the_shape_of_the_identity()
    {
        foreach (var kind in InstrumentCatalogue.All.Instruments)
        {
            var instrument = InstrumentCatalogue.Create(new Plant.Rigs.DeviceDefinition("x", kind.Name, Plant.Rigs.OptionValues.None));
            RegisterBlock?[] reads = [instrument.Measured, instrument.Commanded];
            Assert.All(reads, r => Assert.False(r is { } b && b.Function == DeviceLink.IdentityBlock.Function && b.Count == DeviceLink.IdentityBlock.Count));
            Assert.NotEqual(instrument.Measured.Count, instrument.Commanded?.Count);
        }
    }

    private static (Wiring Field, ScriptedLine Line) Start()
    {
        ScriptedLine? line = null;
        var field = new Wiring(w => line = new ScriptedLine(w), deadline);
        field.Scan(2);
        Assert.True(field.Readings[Wiring.Speed].IsGood);
        return (field, line!);
    }
}
