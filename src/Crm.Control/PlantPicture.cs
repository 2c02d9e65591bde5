using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Control;

/// <summary>
/// What was energised and how full, warm and heavy things were, every quarter of an hour and after every phase that began or ended, for the units the batch owns: the record alone
/// must tell a controller that comes back what it left (S88-22).
/// </summary>
public static class PlantPicture
{
    public const string Subject = "plant";

    private const string OutputPrefix = "output.", LoopPrefix = "loop.", TagPrefix = "tag.";

    public static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    /// <summary>A phase that began or ended has the plant where it wants it after this.</summary>
    public static readonly TimeSpan AfterChange = TimeSpan.FromSeconds(30);

    public static BatchEvent Of(RigDefinition rig, BatchState state, PlantFrame frame)
    {
        var data = BatchEvent.NoData.ToBuilder();
        foreach (OutputDefinition output in rig.Outputs)
            if (IsOwned(rig, state, output.Name) && frame.Plan.Values[output.Ordinal] != 0) data[OutputPrefix + output.Name] = Number(frame.Plan.Values[output.Ordinal]);
        foreach (LoopDefinition loop in rig.Loops)
            if (frame.Loops[loop.Ordinal] is { Running: true } status && !loop.IsSetBy(rig.Loops) && IsOwned(rig, state, loop.Name)) data[LoopPrefix + loop.Name] = Number(status.Target);
        foreach (TagDefinition tag in rig.Tags)
            if (tag.Unit is "L" or "kg" or "degC" or "bar" && !frame.Image[tag.Ordinal].IsBad && IsOwned(rig, state, tag.Name))
                data[TagPrefix + tag.Name] = frame.Image[tag.Ordinal].Value.ToString("F" + tag.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return new BatchEvent(frame.Now, frame.Scan, BatchEventKind.Note, Subject, "what is energised and how things stand", "controller", data.ToImmutable());
    }

    /// <summary>Outputs that were energised in the last picture of a record, by ordinal.</summary>
    public static ImmutableSortedDictionary<int, double> Outputs(RigDefinition rig, IReadOnlyList<BatchEvent> record) => Values(record, OutputPrefix, rig.Output);

    /// <summary>Setpoints that units asked for in the last picture of a record, by loop.</summary>
    public static ImmutableSortedDictionary<int, double> Setpoints(RigDefinition rig, IReadOnlyList<BatchEvent> record) => Values(record, LoopPrefix, rig.Loop);

    /// <summary>Readings of the last picture of a record, by tag.</summary>
    public static ImmutableSortedDictionary<int, double> Readings(RigDefinition rig, IReadOnlyList<BatchEvent> record) => Values(record, TagPrefix, rig.Tag);

    private static ImmutableSortedDictionary<int, double> Values(IReadOnlyList<BatchEvent> record, string prefix, Func<string, int> ordinal)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<int, double>();
        BatchEvent? picture = record.LastOrDefault(e => e.Kind == BatchEventKind.Note && e.Subject == Subject);
        foreach ((string key, string text) in picture?.Data ?? BatchEvent.NoData)
            if (key.StartsWith(prefix, StringComparison.Ordinal) && ordinal(key[prefix.Length..]) is >= 0 and var found)
                values[found] = double.Parse(text, CultureInfo.InvariantCulture);
        return values.ToImmutable();
    }

    private static bool IsOwned(RigDefinition rig, BatchState state, string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        int unit = dot < 0 ? -1 : rig.Unit(name[..dot]);
        return unit >= 0 && state.Owns(unit);
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
