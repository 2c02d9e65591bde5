using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Loops;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>Legs of a split range, and curves.</summary>
internal sealed partial class RigReader
{
    private SplitLeg? Leg(YamlNode node, UnitDraft unit, double low, double high)
    {
        if (Fields.Open(node, findings, $"leg of a loop of {unit.Name}") is not { } fields) return null;
        OutputDraft? output = Output(fields.Need("output"), "output", unit);
        double from = fields.Number("from", Units.Of("%"));
        double to = fields.Number("to", Units.Of("%"));
        (double atFrom, double atTo) = fields.Range("gives", output?.Unit ?? Units.Of("%"), ascending: false);
        SplitLeg leg = new(output?.Definition.Ordinal ?? -1, from, to, atFrom, atTo)
        {
            Curve = Stroke(fields),
            Least = fields.Has("least") ? fields.Number("least", Units.Of("%"), 0, 50) / 100 : 0,
            Cycle = Cycle(fields, output),
        };
        fields.Close();
        if (from == to || Math.Min(from, to) < low || Math.Max(from, to) > high)
            findings.Add(
                node, DiagnosticCodes.RigLegs,
                $"the leg {Values.Plain(from)}..{Values.Plain(to)} is outside the loop's output {Values.Plain(low)}..{Values.Plain(high)}, or has no width",
                "from and to are percent of controller output");
        if (output is { Definition: { } driven } && (Math.Min(atFrom, atTo) < driven.Low || Math.Max(atFrom, atTo) > driven.High))
            findings.Add(
                fields.Find("gives") ?? node, DiagnosticCodes.RigSpan, $"the leg drives {driven.Name} outside its span",
                "expected " + Values.Bounds(driven.Low, driven.High, output.Unit));
        return leg;
    }

    private RelayCycle? Cycle(Fields leg, OutputDraft? output)
    {
        if (leg.Find("cycle") is not { } node) return null;
        RelayCycle rule = new(
            leg.Duration("cycle").TotalSeconds, leg.Duration("least_on", TimeSpan.Zero).TotalSeconds, leg.Duration("least_off", TimeSpan.Zero).TotalSeconds);
        if (output is { Definition.IsSwitch: false })
            findings.Add(node, DiagnosticCodes.RigLegs, $"{output.Definition.Name} is no relay: power by time is for switches", "leave 'cycle' out");
        if (rule.LeastOn + rule.LeastOff >= rule.Cycle)
            findings.Add(node, DiagnosticCodes.RigLegs, "the cycle is not longer than its shortest pulse and gap", "make 'cycle' longer");
        return rule;
    }

    /// <summary>Travel to stroke, both 0 to 100 %.</summary>
    private Characteristic? Stroke(Fields leg)
    {
        Characteristic? curve = Curve(leg, "curve");
        if (curve is null) return null;
        CharacteristicPoint first = curve.Points[0], last = curve.Points[^1];
        if (first is { X: 0, Y: 0 } && last is { X: 100, Y: 100 }) return curve;
        findings.Add(leg.Find("curve")!, DiagnosticCodes.RigCurve, "the curve of a leg goes from '0 0' to '100 100'", "percent of travel and percent of stroke");
        return null;
    }

    /// <summary>A list of points, each <c>x y</c>.</summary>
    private Characteristic? Curve(Fields owner, string key)
    {
        if (owner.Find(key) is not { } node) return null;
        ImmutableArray<CharacteristicPoint>.Builder points = ImmutableArray.CreateBuilder<CharacteristicPoint>();
        foreach (string text in owner.Texts(key))
        {
            string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 2 && Number(parts[0], out double x) && Number(parts[1], out double y))
            {
                points.Add(new CharacteristicPoint(x, y));
                continue;
            }

            findings.Add(node, DiagnosticCodes.RigCurve, $"'{text}' is no point of a curve", "write two numbers, for example '25 8'");
            return null;
        }

        if (Characteristic.WhyNot(points.ToImmutable()) is not { } why) return new Characteristic(points.ToImmutable());
        findings.Add(node, DiagnosticCodes.RigCurve, why, $"'{key}' is a list of points, both numbers rising");
        return null;
    }

    private static bool Number(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
