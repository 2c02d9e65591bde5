using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Approval;

/// <summary>
/// The file of approvals: text that people read, only ever added to. Each entry names the hash of all that stands before it, so that a changed, removed or inserted entry shows.
/// Entries cut off at the end do not show here: batch records name the hash that they were started under.
/// </summary>
public static class ApprovalFile
{
    /// <summary>What a new file begins with.</summary>
    public const string Head =
        "# Approvals of recipes on this controller, written by crm recipe approve. Only ever added to: each entry names the hash (SHA-256) of all that stands before it.\n"
        + "# An edited entry makes every later one wrong, and no recipe is then approved. It does not protect against who may write this folder: see docs/decisions/0016.\n"
        + "format: 1\n"
        + "approvals:\n";

    private const string Begin = "- act: ";

    private static readonly ImmutableArray<(string Word, ApprovalAct Value)> acts = [.. Enum.GetValues<ApprovalAct>().Select(a => (a.ToString().ToLowerInvariant(), a))];

    /// <param name="path">Only named in the findings.</param>
    /// <returns>The entries; none when anything is wrong, for a file that was tampered with approves nothing.</returns>
    public static (ImmutableArray<ApprovalEntry> Entries, ImmutableArray<Diagnostic> Diagnostics) Read(string path, string text)
    {
        if (text.Length == 0) return ([], []);
        Findings findings = new(path);
        if (SourceFile.Open(Encoding.UTF8.GetBytes(text), "approvals", findings) is not { } file) return ([], findings.InOrder());
        ImmutableArray<YamlNode> items = file.Find("approvals") is YamlScalar { Text: "" } ? [] : file.Items("approvals");
        int[] begins = [.. Begins(text)];
        var entries = ImmutableArray.CreateBuilder<ApprovalEntry>();
        for (int i = 0; i < items.Length; i++)
        {
            (ApprovalEntry? entry, string before) = Entry(items[i], findings);
            string is256 = i < begins.Length ? SourceFile.Hash(Encoding.UTF8.GetBytes(text[..begins[i]])) : "";
            if (before != is256) findings.Add(items[i], DiagnosticCodes.ApprovalChain, "what stands before this entry is not what it was when it was signed", "restore the file from a copy, or sign anew in an empty one");
            if (entry is not null) entries.Add(entry);
        }

        if (begins.Length != items.Length) findings.Add(file.Map, DiagnosticCodes.ApprovalChain, $"{items.Length} entries, and {begins.Length} that begin as they are written");
        file.Close();
        return findings.Count == 0 ? (entries.ToImmutable(), []) : ([], findings.InOrder());
    }

    /// <summary>The text with an entry added.</summary>
    public static string Added(string text, ApprovalEntry entry)
    {
        if (text.Length == 0) text = Head;
        if (!text.EndsWith('\n')) text += "\n";
        return text + Written(entry, Fingerprint(text));
    }

    /// <summary>Hash of the whole text: what a record names, to tell later whether the file was cut.</summary>
    public static string Fingerprint(string text) => SourceFile.Hash(Encoding.UTF8.GetBytes(text));

    private static string Written(ApprovalEntry entry, string before)
    {
        StringBuilder text = new();
        void Line(string key, string value) => text.Append("  ").Append(key).Append(": ").Append(value).Append('\n');
        text.Append(Begin).Append(entry.Act.ToString().ToLowerInvariant()).Append('\n');
        Line("at", Quoted(entry.At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        Line("by", Quoted(entry.By));
        Line("roles", "[" + string.Join(", ", entry.Roles) + "]");
        Line("recipe", Quoted(entry.Thing.Recipe));
        Line("version", Quoted(entry.Thing.Version));
        Line("content", entry.Thing.Content);
        Line("specification", entry.Thing.Specification);
        Line("rig", Quoted(entry.Thing.Rig));
        Line("rig_version", Quoted(entry.Thing.RigVersion));
        Line("reason", Quoted(entry.Reason));
        if (!entry.Terms.Limits.IsEmpty) Line("limits", "{" + string.Join(", ", entry.Terms.Limits.Select(l => $"{l.Key}: {Quoted(l.Value)}")) + "}");
        if (entry.Terms.Batches is { } batches) Line("batches", batches.ToString(CultureInfo.InvariantCulture));
        if (entry.Terms.Until is { } until) Line("until", Quoted(until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        Line("before", before);
        return text.ToString();
    }

    private static (ApprovalEntry? Entry, string Before) Entry(YamlNode node, Findings findings)
    {
        if (Fields.Open(node, findings, "an approval") is not { } fields) return (null, "");
        ApprovalAct act = fields.Choice("act", acts);
        string at = fields.Text("at"), by = fields.Text("by");
        var roles = fields.Texts("roles");
        ApprovedThing thing = new(fields.Text("recipe"), fields.Text("version"), fields.Text("content"), fields.Text("specification"), fields.Text("rig"), fields.Text("rig_version"));
        string reason = fields.Text("reason");
        var limits = fields.Named("limits").ToImmutableSortedDictionary(e => e.Key.Text, e => (e.Value as YamlScalar)?.Text ?? "", StringComparer.Ordinal);
        int? batches = fields.Has("batches") ? (int)fields.Number("batches", 0) : null;
        string until = fields.Text("until", ""), before = fields.Text("before");
        fields.Close();
        DateOnly? day = DateOnly.TryParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly last) ? last : null;
        if (!DateTimeOffset.TryParseExact(at, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            findings.Add(fields.Find("at") ?? node, DiagnosticCodes.NumberWrong, $"'{at}' is no time", "expected 2026-01-31T08:00:00Z");
        if (until.Length > 0 && day is null) findings.Add(fields.Find("until")!, DiagnosticCodes.NumberWrong, $"'{until}' is no day", "expected 2026-01-31");
        return (new ApprovalEntry(time, by, roles, act, thing, new ApprovalTerms(limits, batches, day), reason), before);
    }

    private static IEnumerable<int> Begins(string text)
    {
        for (int at = text.IndexOf("\n" + Begin, StringComparison.Ordinal); at >= 0; at = text.IndexOf("\n" + Begin, at + 1, StringComparison.Ordinal)) yield return at + 1;
    }

    /// <summary>In double quotes, on one line.</summary>
    private static string Quoted(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in text) quoted.Append(c is '"' or '\\' ? "\\" + c : char.IsControl(c) ? " " : c.ToString());
        return quoted.Append('"').ToString();
    }
}
