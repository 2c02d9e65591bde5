using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;

namespace Crm.Host.CommandLine;

/// <summary>What is different between two rig files in what protects and what calls a person: the alarm list (ALM-27) and the protection (SAF-32), in process words.</summary>
public static class RigDiff
{
    /// <summary>Empty when nothing differs.</summary>
    public static string Of(RigDefinition old, RigDefinition now)
    {
        var text = new StringBuilder();
        Section(text, "protection", Protection(old), Protection(now));
        Section(text, "alarms", MasterAlarmList.Facts(old), MasterAlarmList.Facts(now));
        if (text.Length == 0) return "";
        string was = ProtectionItems.Checksum(old), same = ProtectionItems.Checksum(now);
        if (was != same) text.Append(CultureInfo.InvariantCulture, $"checksum of protection was {was}\n                       is  {same}\n");
        return text.ToString();
    }

    private static ImmutableArray<(string Subject, string Aspect, string Words)> Protection(RigDefinition rig) =>
        [.. ProtectionItems.Of(rig).Select(i => (i.Subject, i.Aspect, i.Words))];

    private static void Section(StringBuilder text, string title, ImmutableArray<(string Subject, string Aspect, string Words)> old, ImmutableArray<(string Subject, string Aspect, string Words)> now)
    {
        var lines = new List<string>();
        var before = old.ToLookup(i => i.Subject, StringComparer.Ordinal);
        var after = now.ToLookup(i => i.Subject, StringComparer.Ordinal);
        foreach (var gone in before.Where(s => !after.Contains(s.Key))) lines.Add($"- {gone.Key} is gone");
        foreach (var subject in after)
        {
            if (!before.Contains(subject.Key)) lines.Add($"+ {subject.Key} is new: {string.Join("; ", subject.Where(i => i.Words.Length > 0).Select(i => $"{i.Aspect} {i.Words}"))}");
            else Changes(lines, subject.Key, before[subject.Key], subject);
        }

        if (lines.Count > 0) text.Append(title).Append('\n').AppendJoin('\n', lines.Select(l => "  " + l)).Append('\n');
    }

    private static void Changes(
        List<string> lines, string subject, IEnumerable<(string Subject, string Aspect, string Words)> old, IEnumerable<(string Subject, string Aspect, string Words)> now)
    {
        var before = old.DistinctBy(i => i.Aspect).ToDictionary(i => i.Aspect, i => i.Words, StringComparer.Ordinal);
        var after = now.DistinctBy(i => i.Aspect).ToDictionary(i => i.Aspect, i => i.Words, StringComparer.Ordinal);
        foreach (string aspect in before.Keys.Union(after.Keys, StringComparer.Ordinal))
        {
            string was = before.GetValueOrDefault(aspect, ""), so = after.GetValueOrDefault(aspect, "");
            if (was == so) continue;
            lines.Add(was.Length == 0 ? $"~ {subject}: {aspect} is new: {so}" : so.Length == 0 ? $"~ {subject}: {aspect} is gone: {was}" : $"~ {subject}: {aspect} was {was}; is {so}");
        }
    }
}
