using System.Globalization;
using System.Text;
using Crm.Plant.Rigs;
using Crm.Recipes.Rigs;

namespace Crm.Bench;

/// <summary>
/// A rig of the size that the scan is asked to carry: 300 tags, 40 loops on 40 outputs, a dense 60 x 40 matrix, 120 alarms. Written as a rig
/// file and read like any other, so that it carries what every rig carries.
/// </summary>
internal static class BenchRig
{
    private const int Units = 10;
    private const int TagsPerUnit = 30;
    private const int LoopsPerUnit = 4;
    private const int Trips = 60;
    private const int AlarmsPerUnit = 12;

    /// <exception cref="InvalidOperationException">The reader has changed and does not take this rig any more.</exception>
    public static RigDefinition Build()
    {
        var (rig, findings) = RigFile.Read("bench-rig.yaml", Encoding.UTF8.GetBytes(Text()));
        return rig ?? throw new InvalidOperationException(string.Join(Environment.NewLine, findings));
    }

    private static string Text()
    {
        var text = new StringBuilder();
        Line(text, "format: 1\nrig: bench\nversion: \"1.0.0\"\ntitle: Scan benchmark\nscan: 100 ms\nbuses:\n  io: {driver: twin}\nreagents: {}\nunits:");
        for (int unit = 0; unit < Units; unit++) Unit(text, unit);
        Line(text, "protection:");
        for (int trip = 0; trip < Trips; trip++) Trip(text, trip);
        Line(text, "permissives: []\nalarms:");
        for (int unit = 0; unit < Units; unit++)
            for (int a = 0; a < AlarmsPerUnit; a++) Alarm(text, unit, a);
        return text.ToString();
    }

    private static void Unit(StringBuilder text, int unit)
    {
        Line(text, $"  u{unit}:\n    label: Unit {unit}\n    class: reactor\n    volume: {{gross: 50 L, working: 35 L}}\n    tags:");
        for (int t = 0; t < TagsPerUnit; t++)
            Line(text, $"      t{t}: {{label: Tag {t}, unit: degC, span: 0..200, from: io.a{unit}x{t}, stale_after: 2 s, keep: {{deadband: 0.3, at_least_every: 2 min}}, decimals: 1, u: 0.15}}");
        Line(text, "    outputs:");
        for (int o = 0; o < LoopsPerUnit; o++)
            Line(text, $"      heater{o}: {{label: Heater {o}, unit: \"%\", span: 0..100, role: heat, to: io.o{unit}x{o}, fail: {{value: 0, by: relay}}, lapse: {{after: 5 s, value: 0}}, trip: 0}}");
        Line(text, "    loops:");
        for (int l = 0; l < LoopsPerUnit; l++)
            Line(text, $"      loop{l}: {{label: Loop {l}, pv: t{l}, gain: 8, ti: 700 s, td: 0 s, b: 0.6, output: 0..100, setpoint: 5..195, setpoint_rate: 0.05 per s, legs: [{{output: heater{l}, from: 0, to: 100, gives: 0..100}}]}}");
        Line(text, "    states:");
        for (int o = 0; o < LoopsPerUnit; o++)
            Line(text, $"      heater{o}: {{holding: off, held: off, restarting: off, stopping: off, stopped: off, aborting: off, aborted: off}}");
        Line(text, "    hold: {longest: 4 h, then: stop, transient: 30 min}");
    }

    // Every row looks at two tags and acts on all forty outputs.
    private static void Trip(StringBuilder text, int trip)
    {
        int unit = trip % Units;
        int tag = trip / Units * 2;
        Line(text, $"  - id: trip{trip}\n    when: {{any: [{{condition: \"u{unit}.t{tag} > 190 degC\", delay: 2 s}}, {{condition: \"u{unit}.t{tag + 1} > 190 degC and u{unit}.t{tag} > 150 degC\", delay: 5 s}}]}}");
        var cells = Enumerable.Range(0, Units).SelectMany(u => Enumerable.Range(0, LoopsPerUnit).Select(o => $"u{u}.heater{o}: 0"));
        Line(text, $"    then: {{{string.Join(", ", cells)}}}\n    latch: true\n    why: Too hot");
    }

    private static void Alarm(StringBuilder text, int unit, int a) => Line(text,
        $"  - {{id: alarm{unit}x{a}, text: Tag {a} of unit {unit} warm, when: \"u{unit}.t{a} > 180 degC\", on_delay: 10 s, off_delay: 30 s, priority: low,\n     cause: Heater too strong, consequence: Product spoils, response: Look at it, time_to_respond: 30 min}}");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
