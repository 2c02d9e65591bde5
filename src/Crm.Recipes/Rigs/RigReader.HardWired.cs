using Crm.Plant.Protection;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>Protections outside this software: each says what it does and how commissioning sees that it does (SAF-33).</summary>
internal sealed partial class RigReader
{
    private HardWiredProtection HardWired(YamlEntry entry, int ordinal)
    {
        Name(entry.Key);
        if (Fields.Open(entry.Value, findings, $"hard-wired protection {entry.Key.Text}") is not { } fields) return new HardWiredProtection(ordinal, entry.Key.Text, "", "");
        var protection = new HardWiredProtection(ordinal, entry.Key.Text, Sentence(fields, "what"), Sentence(fields, "proof"));
        fields.Close();
        return protection;
    }

    private string Sentence(Fields fields, string key)
    {
        string text = fields.Text(key);
        if (fields.Find(key) is { } node && text.Count(char.IsLetter) < 10)
            findings.Add(node, DiagnosticCodes.RigHardWired, $"'{text}' does not say {(key == "what" ? "what the protection does" : "how commissioning sees that it works")}", "a sentence that a person at the rig can act on");
        return text;
    }
}
