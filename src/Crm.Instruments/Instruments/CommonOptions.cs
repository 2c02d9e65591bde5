using Crm.Plant.Rigs;
using Crm.Plant.Twins;

namespace Crm.Instruments.Instruments;

/// <summary>Options that several instruments share.</summary>
internal static class CommonOptions
{
    public static readonly OptionDefinition Watchdog = new(
        "watchdog", OptionKind.Number, "ms", 200, 10000, false, "longest time the device holds a command that is not renewed, 2 s when absent");

    public static readonly OptionDefinition AliveWithin = new(
        "alive_within", OptionKind.Number, "s", 0.2, 60, false, "the measurement counter must move within this time, 5 s when absent");

    public static TimeSpan WatchdogOf(OptionValues options) => TimeSpan.FromMilliseconds(options.Number("watchdog", 2000));

    public static TimeSpan AliveWithinOf(OptionValues options) => TimeSpan.FromSeconds(options.Number("alive_within", 5));
}
