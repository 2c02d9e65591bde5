using System.Collections.Immutable;
using Crm.Instruments.Instruments;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;

namespace Crm.Instruments;

/// <summary>The buses and instruments that a rig file may name, with options, units and ranges.</summary>
public static class InstrumentCatalogue
{
    public const string ModbusTcp = "modbus-tcp";
    public const string ModbusRtu = "modbus-rtu";

    private static readonly ImmutableArray<OptionDefinition> deviceOptions =
    [
        new("address", OptionKind.Number, "", 1, 247, true, "slave address on the line, or unit behind the gateway"),
        new("deadline", OptionKind.Number, "ms", 20, 5000, false, "longest wait for an answer, 250 ms when absent"),
    ];

    private static readonly ImmutableArray<(InstrumentKind Kind, Func<OptionValues, Instrument> Create)> instruments =
    [
        (DosingPump.Description, options => new DosingPump(options)),
        (PhTransmitter.Description, options => new PhTransmitter(options)),
        (RelayModule.Description, options => new RelayModule(options)),
        (CurrentInput.Description, options => new CurrentInput(options)),
    ];

    public static BusCatalogue All { get; } = new(
        [
            new(ModbusTcp, "Modbus TCP, also through a gateway.", true,
                [
                    new("host", OptionKind.Name, "", 0, 0, true, "name or address"),
                    new("port", OptionKind.Number, "", 1, 65535, false, "502 when absent"),
                ],
                deviceOptions),
            new(ModbusRtu, "Modbus RTU on a serial line.", true,
                [
                    new("device", OptionKind.Name, "", 0, 0, true, "serial device, best by its lasting name: /dev/serial/by-id/…"),
                    new("speed", OptionKind.Number, "", 1200, 115200, false, "bits per second, 19200 when absent"),
                    new("parity", OptionKind.Name, "", 0, 0, false, "even when absent") { Choices = ["even", "odd", "none"] },
                    new("stop_bits", OptionKind.Number, "", 1, 2, false, "1 when absent"),
                ],
                deviceOptions),
        ],
        [.. instruments.Select(i => i.Kind)]);

    /// <exception cref="ArgumentException">There is no such instrument.</exception>
    public static Instrument Create(DeviceDefinition device)
    {
        foreach ((InstrumentKind kind, Func<OptionValues, Instrument> create) in instruments)
        {
            if (kind.Name == device.Instrument) return create(device.Settings);
        }

        throw new ArgumentException($"there is no instrument '{device.Instrument}'");
    }
}
