using Crm.Instruments.Buses;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Plant.Twins;

namespace Crm.Instruments.Instruments;

/// <summary>pH transmitter with values as 32-bit floats; register map in the README beside this file.</summary>
public sealed class PhTransmitter : Instrument
{
    public const ushort Type = 0x5048;
    private const int Health = 6, Counter = 7;

    public static readonly InstrumentKind Description = new(
        "ph-transmitter",
        "pH transmitter with temperature, electrode potential and NE 107 status.",
        [
            new("float_order", OptionKind.Name, "", 0, 0, false, "order of the bytes of a float, abcd when absent") { Choices = ["abcd", "cdab"] },
            CommonOptions.AliveWithin,
        ],
        [
            new("ph", "pH", -2, 16, false, "pH, compensated to the temperature of the liquor"),
            new("temperature", "degC", -30, 200, false, "temperature of the electrode"),
            new("potential", "mV", -2000, 2000, false, "electrode potential, for the calibration"),
        ]);

    private readonly bool isWordSwapped;
    private AliveCounter alive;

    public PhTransmitter(OptionValues options)
    {
        isWordSwapped = options.Word("float_order", "abcd") == "cdab";
        alive = new AliveCounter(CommonOptions.AliveWithinOf(options));
    }

    public override InstrumentKind Kind => Description;

    public override ushort TypeCode => Type;

    public override RegisterBlock Measured => new(ModbusFunction.ReadInput, 100, 8);

    public override void Observe(ReadOnlySpan<ushort> measured, TimeSpan now) => alive.Observe(measured[Counter], now);

    /// <summary>A number outside what the signal can be is a failure of the transmitter, or of the <c>float_order</c>.</summary>
    public override SignalReading Read(int signal, ReadOnlySpan<ushort> measured)
    {
        SignalDefinition definition = Kind.Signals[signal];
        double value = Float(measured[(2 * signal)..]);
        bool possible = value >= definition.Low && value <= definition.High;
        SignalReading reading = possible ? SignalReading.Good(value) : SignalReading.Bad(Reason.DeviceFailure);
        return alive.Limit(reading.Limited(HealthRegister.Limit(measured[Health])));
    }

    private double Float(ReadOnlySpan<ushort> registers)
    {
        (ushort high, ushort low) = isWordSwapped ? (registers[1], registers[0]) : (registers[0], registers[1]);
        return BitConverter.UInt32BitsToSingle(((uint)high << 16) | low);
    }
}
