using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Outputs;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>What a row of the matrix declares beside causes and effects: class, reset, bypass, time, proof test; and what contradicts.</summary>
internal sealed partial class RigReader
{
    private static readonly ImmutableArray<(string, TripClass)> classes = [("safety", TripClass.Safety), ("protective", TripClass.Protective), ("process", TripClass.Process)];


    private TripDefinition Row(Fields fields, TripDefinition row)
    {
        bool classed = fields.Has("class");
        TripClass kind = fields.Choice("class", classes, TripClass.Protective);
        Condition? permit = fields.Find("reset_when") is { } node ? Conditions.Read(node, "reset_when", names, findings) : null;
        row = row with
        {
            Class = kind,
            ResetPermit = permit,
            Bypass = Override(fields, "bypass", TimeSpan.FromHours(4)),
            StartUp = Override(fields, "start_up", TimeSpan.FromMinutes(15)),
            Time = Time(fields),
            Proof = Proof(fields),
            Effects = [.. row.Effects.Select(e => e with { Justified = Justified(fields, e) })],
        };
        Classed(fields, row, classed);
        Contradictions(fields, row);
        Budget(fields, row);
        return row;
    }

    /// <summary>SAF-16: what guards people and equipment is latched and never bypassed.</summary>
    private void Classed(Fields fields, TripDefinition row, bool classed)
    {
        if (row.Class == TripClass.Process) return;
        string kind = row.Class.ToString().ToLowerInvariant();
        if (row.Bypass is not null) findings.Add(fields.Find("bypass")!, DiagnosticCodes.RigClass, $"trip {row.Id} is of class {kind} and can be bypassed", "only rows of class process can");
        if (row.StartUp is not null) findings.Add(fields.Find("start_up")!, DiagnosticCodes.RigClass, $"trip {row.Id} is of class {kind} and has a start-up override", "only rows of class process can");
        if (!row.Latch && classed) findings.Add(fields.Find("latch")!, DiagnosticCodes.RigClass, $"trip {row.Id} is of class {kind} and clears itself", "latch: true, or class: process");
        if (row.Time is null && classed) findings.Add(fields.Map, DiagnosticCodes.RigResponse, $"trip {row.Id} does not say how much time it has", "add 'time: {process: 60 s, sensor: 5 s, actuator: 2 s}'");
    }

    private OverrideRule? Override(Fields row, string key, TimeSpan most)
    {
        if (Fields.Open(row.Find(key), findings, $"'{key}' of a trip") is not { } fields) return null;
        Condition? permit = fields.Find("permit") is { } node ? Conditions.Read(node, "permit", names, findings) : null;
        TimeSpan longest = fields.Duration("longest");
        Condition? until = key == "start_up" && fields.Find("until") is { } end ? Conditions.Read(end, "until", names, findings) : null;
        fields.Close();
        if (longest <= TimeSpan.Zero || longest > most)
            findings.Add(fields.Find("longest") ?? row.Find(key)!, DiagnosticCodes.ValueRange, $"'{key}' lasts {Values.Plain(longest.TotalMinutes)} min", $"at most {Values.Plain(most.TotalMinutes)} min");
        return new OverrideRule(permit, longest, until);
    }

    private SafetyTime? Time(Fields row)
    {
        if (Fields.Open(row.Find("time"), findings, "'time' of a trip") is not { } fields) return null;
        SafetyTime time = new(fields.Duration("process"), fields.Duration("sensor"), fields.Duration("actuator"));
        fields.Close();
        return time;
    }

    /// <summary>SAF-10: sensor, delay, scan and actuator together take at most half of the process safety time.</summary>
    private void Budget(Fields fields, TripDefinition row)
    {
        if (row.Time is not { } time || row.Causes.IsEmpty) return;
        TimeSpan needs = MatrixTable.Response(row, file.Has("scan") ? Values.Duration(file.Find("scan")!, new Findings(""), "scan") : TimeSpan.Zero);
        if (needs > time.Process / 2)
            findings.Add(
                fields.Find("time")!, DiagnosticCodes.RigResponse,
                $"trip {row.Id} needs {Values.Plain(needs.TotalSeconds)} s of the {Values.Plain(time.Process.TotalSeconds)} s it has",
                "at most half: shorten the delay, trip earlier, or take a faster instrument");
    }

    private ProofTest? Proof(Fields row)
    {
        if (Fields.Open(row.Find("proof"), findings, "'proof' of a trip") is not { } fields) return null;
        string how = fields.Text("how");
        TimeSpan every = fields.Duration("every");
        string last = fields.Text("last");
        fields.Close();
        if (!DateOnly.TryParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            findings.Add(fields.Find("last") ?? fields.Map, DiagnosticCodes.RigProof, $"'{last}' is no date", "write it as 2026-01-31");
        if (every < TimeSpan.FromDays(1)) findings.Add(fields.Find("every") ?? fields.Map, DiagnosticCodes.RigProof, "a proof test is due every day at most", "for example 'every: 180 d'");
        return new ProofTest(how, every, day);
    }

    private string Justified(Fields row, EffectDefinition effect)
    {
        string output = outputs[effect.Output].Definition.Name;
        return row.Named("justified").FirstOrDefault(e => e.Key.Text == output) is { } entry ? Values.Text(entry.Value, findings, output) ?? "" : "";
    }

    /// <summary>SAF-18: de-energise to trip. An effect that differs from the value without power says why.</summary>
    private void Contradictions(Fields fields, TripDefinition row)
    {
        foreach (EffectDefinition effect in row.Effects)
        {
            OutputDefinition output = outputs[effect.Output].Definition;
            SafeValue fail = output.Fail.Value;
            bool differs = !effect.Value.Keep && !fail.Keep && effect.Value.Value != fail.Value;
            if (differs && effect.Justified.Length == 0)
                findings.Add(
                    fields.Find("then")!, DiagnosticCodes.RigContradiction,
                    $"trip {row.Id} drives {output.Name} to {effect.Value}, without power it goes to {fail}",
                    $"add 'justified: {{{output.Name}: why}}', or change the one or the other");
        }

        foreach (YamlEntry entry in fields.Named("justified").Where(e => row.Effects.All(x => outputs[x.Output].Definition.Name != e.Key.Text)))
            findings.Add(entry.Key, DiagnosticCodes.RigOutput, $"trip {row.Id} does not drive '{entry.Key.Text}'", "only its own effects need a justification");
    }
}
