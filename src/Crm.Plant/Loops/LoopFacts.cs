using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Records;

namespace Crm.Plant.Loops;

/// <summary>What a person set on a loop as facts of the record, and back: mode, setpoint, output and tuning outlive the program.</summary>
internal static class LoopFacts
{
    private const string Mode = "loop.mode", Setpoint = "loop.setpoint", Output = "loop.output", FeedForward = "loop.feed_forward", Tuning = "loop.tuning", OldTuning = "loop.tuning_before";

    /// <summary>Everything a person has set on a loop, as it stands.</summary>
    public static ImmutableSortedDictionary<string, string> Of(in LoopMemory memory)
    {
        ImmutableSortedDictionary<string, string>.Builder data = BatchEvent.NoData.ToBuilder();
        data[Mode] = memory.TargetMode.ToString();
        data[FeedForward] = memory.FeedForwardOff ? "off" : "on";
        data[Tuning] = Words(memory.Tuning);
        if (memory.HasOldTuning) data[OldTuning] = Words(memory.OldTuning);
        if (memory.TargetMode == LoopMode.Automatic && double.IsFinite(memory.OperatorSetpoint)) data[Setpoint] = Number(memory.OperatorSetpoint);
        if (memory.TargetMode == LoopMode.Manual) data[Output] = Number(memory.ManualOutput);
        return data.ToImmutable();
    }

    /// <summary>Brings a loop back as an event of the record left it.</summary>
    public static void Recall(BatchEvent happened, ref LoopMemory memory)
    {
        if (!Enum.TryParse(happened.Data.GetValueOrDefault(Mode), out LoopMode mode) || !LoopModes.CanBeTarget(mode)) return;
        memory.TargetMode = mode;
        memory.FeedForwardOff = happened.Data.GetValueOrDefault(FeedForward) == "off";
        memory.OperatorSetpoint = Read(happened, Setpoint);
        if (Read(happened, Output) is var output && double.IsFinite(output)) memory.ManualOutput = output;
        if (Parse(happened.Data.GetValueOrDefault(Tuning)) is { } tuning && tuning.WhyNot() is null) memory.Tuning = tuning;
        memory.HasOldTuning = Parse(happened.Data.GetValueOrDefault(OldTuning)) is { };
        memory.OldTuning = Parse(happened.Data.GetValueOrDefault(OldTuning)) ?? default;
    }

    private static string Words(in LoopTuning t) =>
        string.Join(' ', new[] { t.Gain, t.IntegralTime, t.DerivativeTime, t.SetpointWeight, t.DerivativeWeight, t.DerivativeFilter, t.FilterTime }.Select(Number));

    private static LoopTuning? Parse(string? words)
    {
        double[] parts = [.. (words ?? "").Split(' ').Select(w => double.TryParse(w, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
        return parts.Length == 7 && Array.TrueForAll(parts, double.IsFinite)
            ? new LoopTuning(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6])
            : null;
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static double Read(BatchEvent happened, string key) =>
        double.TryParse(happened.Data.GetValueOrDefault(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
}
