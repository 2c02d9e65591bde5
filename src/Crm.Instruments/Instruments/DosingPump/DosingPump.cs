using Crm.Instruments.Buses;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Instruments.Instruments;

/// <summary>Dosing pump drive; register map in the README beside this file.</summary>
public sealed class DosingPump : Instrument
{
    public const ushort Type = 0x4450;
    public const double SetpointStep = 0.01;
    public const ushort FullSetpoint = 10000;
    private const double CurrentStep = 0.01;

    private enum Slot { Status, Speed, Current, Health, Setpoint, Watchdog }

    [Flags]
    private enum State : ushort { Running = 1, Fault = 2, WatchdogTripped = 4, Local = 8 }

    public static readonly InstrumentKind Description = new(
        "dosing-pump",
        "Dosing pump drive with setpoint, speed, status and watchdog registers.",
        [CommonOptions.Watchdog],
        [
            new("setpoint", "%", 0, 100, true, "speed asked for"),
            new("speed", "%", 0, 100, false, "speed of the shaft, of full speed"),
            new("current", "A", 0, 655.35, false, "motor current"),
            new("setpoint_in_force", "%", 0, 100, false, "setpoint the drive follows; the fail value after its watchdog ran out"),
            new("running", "on/off", 0, 1, false, "shaft turns"),
            new("fault", "on/off", 0, 1, false, "drive has tripped"),
            new("watchdog", "on/off", 0, 1, false, "watchdog has run out, fail value in force"),
            new("local", "on/off", 0, 1, false, "operated at its own panel, setpoint ignored"),
        ]);

    public DosingPump(OptionValues options) => Watchdog = CommonOptions.WatchdogOf(options);

    public override InstrumentKind Kind => Description;

    public override ushort TypeCode => Type;

    public override RegisterBlock Measured => new(ModbusFunction.ReadHolding, 0x30, 6);

    public override RegisterBlock? Commanded => new RegisterBlock(ModbusFunction.ReadHolding, 0x20, 2);

    public override RegisterBlock? Guarded => new RegisterBlock(ModbusFunction.ReadHolding, 0x10, 3);

    public override SignalReading Read(int signal, ReadOnlySpan<ushort> measured)
    {
        var state = (State)measured[(int)Slot.Status];
        SignalReading value = Kind.Signals[signal].Name switch
        {
            "speed" => SignalReading.Of(measured[(int)Slot.Speed] * SetpointStep),
            "current" => SignalReading.Of(measured[(int)Slot.Current] * CurrentStep),
            "setpoint_in_force" => SignalReading.Of(measured[(int)Slot.Setpoint] * SetpointStep),
            "running" => Bit(state, State.Running),
            "fault" => Bit(state, State.Fault),
            "watchdog" => Bit(state, State.WatchdogTripped),
            "local" => Bit(state, State.Local),
            _ => SignalReading.Bad(Reason.DeviceFailure),
        };
        return value.Limited(HealthRegister.Limit(measured[(int)Slot.Health]));
    }

    public override bool HasForgotten(ReadOnlySpan<ushort> measured) => measured[(int)Slot.Watchdog] != Milliseconds(Watchdog);

    public override void Guard(ReadOnlySpan<FailState> fail, Span<ushort> guard)
    {
        guard[0] = Milliseconds(Watchdog);
        guard[1] = fail.Length > 0 && fail[0].Keep ? (ushort)1 : (ushort)0;
        guard[2] = fail.Length > 0 && !fail[0].Keep ? Steps(fail[0].Value, SetpointStep, FullSetpoint) : (ushort)0;
    }

    public override void Command(int signal, double value, Span<ushort> command) => command[0] = Steps(value, SetpointStep, FullSetpoint);

    public override void Feed(Span<ushort> command) => command[1]++;

    private static SignalReading Bit(State state, State bit) => SignalReading.Good(state.HasFlag(bit) ? 1 : 0);
}
