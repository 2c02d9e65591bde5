using System.Text;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Store.History;

/// <summary>The words and digits of history files; the same for every culture and machine.</summary>
public static class HistoryFormat
{
    public const string Columns = "time_s,tag,value,unit,quality";

    /// <summary>
    /// The data dictionary that goes beside <c>history.csv</c>: what each tag is, in which unit, how it was kept and how far it may be
    /// trusted.
    /// </summary>
    public static string Dictionary(RigDefinition rig)
    {
        var text = new StringBuilder("tag,label,unit,span_low,span_high,standard_uncertainty,decimals,kept_deadband,kept_at_least_every_s,stale_after_s\n");
        foreach (var tag in rig.Tags)
        {
            text.Append(FormattableString.Invariant($"{Quoted(tag.Name)},{Quoted(tag.Label)},{Quoted(tag.Unit)},{tag.Low},{tag.High},{tag.StandardUncertainty},{tag.Decimals},"));
            text.Append(FormattableString.Invariant($"{tag.Keep.Deadband},{tag.Keep.AtLeastEvery.TotalSeconds},{tag.StaleAfter.TotalSeconds}\n"));
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

    /// <summary>Digits kept after the point: those of the instrument, or of the deadband where it is finer.</summary>
    public static int Decimals(TagDefinition tag) =>
        tag.IsSwitch ? 0 : Math.Clamp(Math.Max(tag.Decimals, tag.Keep.Deadband > 0 ? (int)Math.Ceiling(-Math.Log10(tag.Keep.Deadband)) : 0), 0, 9);

    public static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}
