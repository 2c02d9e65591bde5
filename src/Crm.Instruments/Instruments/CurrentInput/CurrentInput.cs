using System.Collections.Immutable;
using Crm.Instruments.Buses;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Instruments.Instruments;

/// <summary>Eight 4-20 mA inputs in microamperes; register map in the README beside this file. 4 and 20 mA are the ends of the tag's span.</summary>
public sealed class CurrentInput : Instrument
{
    public const ushort Type = 0x4149;
    private const int Channels = 8;
    private const int Health = 8, Counter = 9;
    private const double MilliamperesPerCount = 0.001;

    public static readonly InstrumentKind Description = new(
        "current-input",
        "4-20 mA input module; failure currents by NAMUR NE 43.",
        [CommonOptions.AliveWithin],
        [.. Enumerable.Range(1, Channels).Select(n => new SignalDefinition(FormattableString.Invariant($"ai{n}"), null, 0, 1, false, "loop current"))]);

    private static readonly CurrentLoop ofSpan = new(0, 1);

    private readonly CurrentState[] states = [.. Enumerable.Repeat(CurrentState.Fresh, Channels)];
    private readonly SignalReading[] readings = new SignalReading[Channels];
    private AliveCounter alive;

    public CurrentInput(OptionValues options) => alive = new AliveCounter(CommonOptions.AliveWithinOf(options));

    public override InstrumentKind Kind => Description;

    public override ushort TypeCode => Type;

    public override RegisterBlock Measured => new(ModbusFunction.ReadInput, 200, 10);

    public override void Observe(ReadOnlySpan<ushort> measured, TimeSpan now)
    {
        alive.Observe(measured[Counter], now);
        for (int i = 0; i < Channels; i++)
        {
            (Reading reading, states[i]) = ofSpan.Read(states[i], measured[i] * MilliamperesPerCount, now);
            readings[i] = new SignalReading(reading.Value, reading.Quality, reading.Reason);
        }
    }

    public override SignalReading Read(int signal, ReadOnlySpan<ushort> measured) =>
        alive.Limit(readings[signal].Limited(HealthRegister.Limit(measured[Health])));
}
