using System.Collections.Immutable;
using Crm.Plant.Quantities;
using Crm.Plant.Twins;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Twins;

/// <summary>Reads <c>fitted.yaml</c>, multipliers that <c>crm twin fit</c> found, and puts them on the twin they were found for.</summary>
public static class FittedFile
{
    /// <summary>The rig that the file says it was fitted for.</summary>
    public static (string? Rig, ImmutableArray<Diagnostic> Diagnostics) RigOf(string path)
    {
        Findings findings = new(path);
        string? rig = SourceFile.Bytes(path, findings) is { } bytes && SourceFile.Open(bytes, "fitted", findings) is { } file ? file.Text("fitted") : null;
        return (findings.Count == 0 ? rig : null, findings.InOrder());
    }

    public static (TwinDefinition? Value, ImmutableArray<Diagnostic> Diagnostics) Apply(string path, TwinDefinition twin)
    {
        Findings findings = new(path);
        return SourceFile.Bytes(path, findings) is { } bytes ? Apply(path, bytes, twin) : (null, findings.InOrder());
    }

    /// <param name="path">Only named in the diagnostics.</param>
    public static (TwinDefinition? Value, ImmutableArray<Diagnostic> Diagnostics) Apply(string path, ReadOnlySpan<byte> bytes, TwinDefinition twin)
    {
        Findings findings = new(path);
        if (SourceFile.Open(bytes, "fitted", findings) is not { } file) return (null, findings.InOrder());
        string rig = file.Text("fitted");
        if (rig != twin.Rig) findings.Add(file.Find("fitted") ?? file.Map, DiagnosticCodes.RecipeRig, $"the file was fitted for rig '{rig}'", $"this is rig '{twin.Rig}'");
        if (file.Text("twin_hash") != twin.ContentHash)
            findings.Add(file.Find("twin_hash") ?? file.Map, DiagnosticCodes.TwinFitted, "the twin file has changed since: a multiplier on another number means something else", "fit again with crm twin fit");
        string source = file.Text("source");
        foreach (YamlEntry entry in file.Named("values"))
        {
            string name = entry.Key.Text;
            if (Fields.Open(entry.Value, findings, $"value {name}") is not { } fields) continue;
            double multiplier = fields.Number("multiplier", Unit.One, 1e-3, 1e3);
            fields.Number("low", Unit.One);
            fields.Number("high", Unit.One);
            fields.Close();
            if (twin.Uncertain.FirstOrDefault(u => u.Name == name) is { } uncertain) twin = uncertain.Apply(twin, multiplier);
            else if (TwinParameter.Value(twin, name) is { } value) twin = TwinParameter.With(twin, name, value * multiplier);
            else findings.Add(entry.Key, DiagnosticCodes.TwinFitted, $"the twin has neither an uncertain parameter nor a number '{name}'", Nearest.Suggest(name, twin.Uncertain.Select(u => u.Name)));
            twin = twin with { Changes = twin.Changes.Add(new TwinChange(name, $"× {Values.Plain(multiplier)}", $"fit of {source}")) };
        }

        file.Close();
        return (findings.Count == 0 ? twin : null, findings.InOrder());
    }
}
