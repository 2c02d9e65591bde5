using System.Text;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Store.History;

/// <summary>The words and digits of history files; the same for every culture and machine.</summary>
public static class HistoryFormat
{
    public const string Columns = "time_s,tag,value,unit,quality";

    /// <summary>
    /// The data dictionary that goes beside <c>history.csv</c>: what each tag and output is, in which unit, how it was kept and how far it may be
    /// trusted.
    /// </summary>
    public static string Dictionary(RigDefinition rig)
    {
        var text = new StringBuilder("tag,label,unit,span_low,span_high,standard_uncertainty,decimals,kept_deadband,kept_at_least_every_s,stale_after_s\n");
        foreach (var channel in HistoryChannel.Of(rig))
        {
            text.Append(FormattableString.Invariant($"{Quoted(channel.Name)},{Quoted(channel.Label)},{Quoted(channel.Unit)},{channel.Low},{channel.High},{channel.StandardUncertainty},{channel.Decimals},"));
            text.Append(FormattableString.Invariant($"{channel.Keep.Deadband},{channel.Keep.AtLeastEvery.TotalSeconds},{channel.StaleAfter.TotalSeconds}\n"));
        }

        return text.ToString();
    }

    /// <summary><c>good</c>, <c>uncertain:OutOfRange</c>, <c>bad:Stale</c>.</summary>
    public static string QualityWord(Quality quality, Reason reason) => quality switch
    {
        Quality.Good => "good",
        Quality.Uncertain => "uncertain:" + reason,
        _ => "bad:" + reason,
    };

    public static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    /// <summary>A row of RFC 4180 without line breaks in its cells, as <c>history.csv</c> is written.</summary>
    public static string[] Cells(string line)
    {
        if (!line.Contains('"', StringComparison.Ordinal)) return line.Split(',');
        var cells = new List<string>();
        var cell = new System.Text.StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[++i]);
            else if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(c);
        }

        return [.. cells, cell.ToString()];
    }
}
