using System.Collections.Immutable;
using Crm.Instruments.Buses;
using Crm.Instruments.Instruments;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Instruments.Tests;

/// <summary>REL-13: everything here that reads bytes or registers, with bytes and registers that nobody would send.</summary>
public class FuzzTests(ITestOutputHelper output)
{
    private static readonly int cases = Environment.GetEnvironmentVariable("CRM_DEEP") == "1" ? 20_000_000 : 300_000;

    /// <summary>Judged against a second reading of the specification: an answer is right when it is, byte for byte, the one there can be.</summary>
    [Theory]
    [InlineData(4711)]
    public void Only_the_answer_to_the_request_is_taken(int seed)
    {
        output.WriteLine($"seed {seed}, {cases} cases");
        var random = new Random(seed);
        var registers = new ushort[ModbusRequest.MostRegisters];
        var bytes = new byte[300];
        int right = 0;
        for (int i = 0; i < cases; i++)
        {
            ModbusRequest request = Request(random);
            int length = Candidate(random, request, bytes);
            ModbusFault fault = request.Check(bytes.AsSpan(0, length), registers);
            Assert.Equal(IsRight(request, bytes.AsSpan(0, length)), fault.IsNone);
            if (fault.IsNone) right++;
        }

        Assert.InRange(right, cases / 50, cases);
    }

    [Theory]
    [InlineData(815)]
    public void No_registers_upset_a_driver_and_what_it_calls_good_is_a_number(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        foreach (InstrumentKind kind in InstrumentCatalogue.All.Instruments)
        {
            Instrument driver = InstrumentCatalogue.Create(new DeviceDefinition("x", kind.Name, OptionValues.None));
            var measured = new ushort[driver.Measured.Count];
            for (int i = 0; i < cases / 30; i++)
            {
                for (int r = 0; r < measured.Length; r++) measured[r] = random.Next(4) == 0 ? (ushort)random.Next(16) : (ushort)random.Next(65536);
                driver.Observe(measured, TimeSpan.FromSeconds(i));
                for (int signal = 0; signal < kind.Signals.Length; signal++)
                {
                    SignalReading reading = driver.Read(signal, measured);
                    Assert.True(reading.Quality == Quality.Bad || double.IsFinite(reading.Value), $"{kind.Name}.{kind.Signals[signal].Name} {reading}");
                }
            }
        }
    }

    /// <summary>Whatever a plan asks for, the registers are within the instrument's range.</summary>
    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(-1, 0)]
    [InlineData(0.004, 0)]
    [InlineData(0.005, 1)]
    [InlineData(50, 5000)]
    [InlineData(100, 10000)]
    [InlineData(250, 10000)]
    public void A_pump_is_never_asked_for_more_than_it_can(double percent, int register)
    {
        ushort[] command = [0, 0];
        new DosingPump(OptionValues.None).Command(0, percent, command);
        Assert.Equal(register, command[0]);
    }

    /// <summary>SAF-20: the rig file's fail values, as the module is told them.</summary>
    [Fact]
    public void Fail_values_become_the_guard_of_the_module()
    {
        var relays = new RelayModule(new OptionValues(ImmutableSortedDictionary<string, double>.Empty.Add("watchdog", 1500), ImmutableSortedDictionary<string, string>.Empty));
        var guard = new ushort[3];
        relays.Guard([new FailState(0, 0, false), new FailState(1, 1, false), new FailState(2, 0, true)], guard);
        Assert.Equal([1500, 0b1111_1011, 0b0000_0010], guard);
    }

    private static ModbusRequest Request(Random random)
    {
        ModbusFunction[] functions = [ModbusFunction.ReadHolding, ModbusFunction.ReadInput, ModbusFunction.WriteHolding];
        var count = (ushort)random.Next(1, 12);
        return new ModbusRequest((byte)random.Next(1, 5), functions[random.Next(3)], (ushort)random.Next(300), count, new ushort[count]);
    }

    /// <summary>A right answer, changed, cut or lengthened more often than not; or noise.</summary>
    private static int Candidate(Random random, ModbusRequest request, byte[] bytes)
    {
        random.NextBytes(bytes);
        int length = random.Next(0, 40);
        if (random.Next(4) == 0) return length;
        bytes[0] = request.Unit;
        bytes[1] = (byte)request.Function;
        if (request.Function == ModbusFunction.WriteHolding)
        {
            (bytes[2], bytes[3], bytes[4], bytes[5]) = ((byte)(request.First >> 8), (byte)request.First, (byte)(request.Count >> 8), (byte)request.Count);
            length = 6;
        }
        else
        {
            bytes[2] = (byte)(2 * request.Count);
            length = 3 + (2 * request.Count);
        }

        switch (random.Next(5))
        {
            case 0: bytes[random.Next(length)] ^= (byte)(1 << random.Next(8)); break;
            case 1: length = random.Next(length); break;
            case 2: length += random.Next(1, 20); break;
            case 3: bytes[1] |= 0x80; break;
        }

        return length;
    }

    private static bool IsRight(ModbusRequest request, ReadOnlySpan<byte> answer)
    {
        if (answer.Length < 3 || answer[0] != request.Unit || answer[1] != (byte)request.Function) return false;
        return request.Function == ModbusFunction.WriteHolding
            ? answer[2..].SequenceEqual([(byte)(request.First >> 8), (byte)request.First, (byte)(request.Count >> 8), (byte)request.Count])
            : answer[2] == 2 * request.Count && answer.Length == 3 + answer[2];
    }
}
