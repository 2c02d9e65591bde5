using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Crm.Plant.Outputs;
using Crm.Plant.Permissions;
using Crm.Plant.Phases;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.Protection;

/// <summary>One thing that decides what protection does, in words.</summary>
/// <param name="Subject"><c>trip leach-overheat</c>, <c>tag leach.temperature</c>, <c>output leach.heater</c>.</param>
/// <param name="Aspect"><c>cause 1</c>, <c>bypass</c>, <c>plausible</c>.</param>
public readonly record struct ProtectionItem(string Subject, string Aspect, string Words);

/// <summary>
/// Everything that can change what a trip does (SAF-32), and nothing else: rows with causes, votes, watches, gates, effects and bypass
/// rules; permissives; what each output falls to; span, staleness, address and plausibility of each tag that a row or permissive reads; who
/// may set protection aside. The checksum and the comparison of two rigs are made from it.
/// </summary>
public static class ProtectionItems
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static ImmutableArray<ProtectionItem> Of(RigDefinition rig)
    {
        var items = ImmutableArray.CreateBuilder<ProtectionItem>();
        items.Add(new("rig", "scan", Seconds(rig.ScanPeriod)));
        items.Add(new("rig", "order of rows", string.Join(", ", rig.Trips.Select(t => t.Id))));
        foreach (TripDefinition trip in rig.Trips) Add(items, rig, trip);
        foreach (PermissiveDefinition permissive in rig.Permissives)
            items.Add(new($"permissive of {permissive.Unit}", permissive.Text, permissive.Operations.IsEmpty ? "every operation" : string.Join(", ", permissive.Operations)));
        foreach (OutputDefinition output in rig.Outputs)
            items.Add(new($"output {output.Name}", "safe values", string.Create(Invariant, $"rig trip {output.Trip}, without power {output.Fail.Value} by {output.Fail.By}, span {output.Low:G9}..{output.High:G9} {output.Unit}, at {output.Bus} {output.Address}")));
        foreach (int tag in Read(rig)) Add(items, rig, rig.Tags[tag]);
        foreach (GuardedAct act in PermissionTable.Acts)
            if (act is GuardedAct.Bypass or GuardedAct.StartUpOverride or GuardedAct.Force or GuardedAct.Substitute or GuardedAct.AcceptProtection)
                items.Add(new("permissions", PermissionTable.Key(act), PersonRoles.Words(rig.Permissions.Of(act))));
        return items.ToImmutable();
    }

    /// <summary>SHA-256, lower-case hex. Dates of proof tests and explanations (<c>why</c>) are left out.</summary>
    public static string Checksum(RigDefinition rig)
    {
        var text = new StringBuilder();
        foreach (ProtectionItem item in Of(rig)) text.Append(Invariant, $"{item.Subject}|{item.Aspect}|{item.Words}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Add(ImmutableArray<ProtectionItem>.Builder items, RigDefinition rig, TripDefinition trip)
    {
        string subject = "trip " + trip.Id;
        items.Add(new(subject, "class", $"{trip.Class.ToString().ToLowerInvariant()}, {(trip.Latch ? "latched" : "not latched")}"));
        if (trip.ResetPermit is { } permit) items.Add(new(subject, "reset needs", permit.Text));
        if (trip.Bypass is { } bypass) items.Add(new(subject, "bypass", Words(bypass)));
        if (trip.StartUp is { } startUp) items.Add(new(subject, "start-up override", Words(startUp)));
        for (int i = 0; i < trip.Causes.Length; i++) items.Add(new(subject, string.Create(Invariant, $"cause {i + 1}"), Words(rig, trip.Causes[i])));
        foreach (EffectDefinition effect in trip.Effects) items.Add(new(subject, "effect on " + rig.Outputs[effect.Output].Name, effect.Value.ToString()));
        if (trip.Command != PhaseCommand.None) items.Add(new(subject, "command", $"{PhaseTable.Word(trip.Command)} to {string.Join(", ", trip.Units)}"));
    }

    private static void Add(ImmutableArray<ProtectionItem>.Builder items, RigDefinition rig, TagDefinition tag)
    {
        string subject = "tag " + tag.Name;
        items.Add(new(subject, "signal", string.Create(Invariant, $"{tag.Low:G9}..{tag.High:G9} {tag.Unit}, stale after {Seconds(tag.StaleAfter)}, at {tag.Bus} {tag.Address}")));
        if (tag.Plausible is not { } plausible) return;
        items.Add(new(subject, "plausible", string.Create(Invariant, $"{plausible.Low:G9}..{plausible.High:G9}, {plausible.RatePerSecond:G9}/s at most, frozen after {(plausible.FrozenAfter is { } frozen ? Seconds(frozen) : "never")}{(plausible.FrozenWhile is null ? "" : " while running")}")));
        if (plausible.Twin >= 0)
            items.Add(new(subject, "twin", string.Create(Invariant, $"{rig.Tags[plausible.Twin].Name}, {plausible.Apart:G9} apart for {Seconds(plausible.ApartFor)}")));
    }

    private static string Words(RigDefinition rig, CauseDefinition cause)
    {
        var text = new StringBuilder(cause.Text);
        text.Append(Invariant, $"; delay {Seconds(cause.Delay)}, clears after {Seconds(cause.ClearDelay)}");
        if (cause.Voter is { } voter)
            text.Append(Invariant, $"; {voter.Need} of {voter.Channels.Length}: {string.Join(" | ", voter.Channels.Select(c => c.Text))}; a bad channel: {voter.WhenBad}");
        else
            text.Append(Invariant, $"; when bad: {cause.WhenBad}{(cause.WhenBad == BadInput.UseLastGoodFor ? " " + Seconds(cause.LastGoodFor) : "")}");
        if (cause.Watch is { } watch) text.Append("; ").Append(Words(rig, watch));
        foreach (OutputGate gate in cause.Gates) text.Append(Invariant, $"; while {rig.Outputs[gate.Output].Name} in {gate.Low:G9}..{gate.High:G9}");
        return text.ToString();
    }

    private static string Words(RigDefinition rig, WatchDefinition watch) => watch switch
    {
        ChangeWatch w => string.Create(Invariant, $"{rig.Tags[w.Tag].Name} {w.Kind} {w.Amount:G9} within {Seconds(w.Within)}"),
        TotalWatch w => string.Create(Invariant, $"{rig.Tags[w.Scale].Name} falls {w.Amount:G9} in all, band {w.Band:G9}"),
        MixingWatch w => string.Create(Invariant, $"{rig.Tags[w.Scale].Name} falls {w.Least:G9}, mixing {Seconds(w.Mixing)}, band {w.Band:G9}"),
        ErrorWatch w => string.Create(Invariant, $"{rig.Loops[w.Loop].Name} off by {w.OffBy:G9}, sum {w.Sum:G9}{(w.Voted is { } v ? $", by the {v.Rule} of {string.Join(", ", v.Tags.Select(t => rig.Tags[t].Name))}" : "")}"),
        BalanceWatch w => string.Create(Invariant, $"{rig.Tags[w.Level].Name} against {string.Join(", ", w.Doses.Select(d => $"{rig.Tags[d.Scale].Name} at {d.Density.ToString("G9", Invariant)} kg/L"))}, {w.Tolerance:G9} L within {Seconds(w.Within)}"),
        _ => throw new InvalidOperationException($"no words for {watch.GetType().Name}: the checksum would not cover it"),
    };

    private static string Words(OverrideRule rule) =>
        string.Create(Invariant, $"{Seconds(rule.Longest)}{(rule.Permit is { } p ? ", needs " + p.Text : "")}{(rule.Until is { } u ? ", until " + u.Text : "")}");

    /// <summary>Tags that a row, its bypass rules or a permissive reads, and those that judge them by being their twin.</summary>
    private static IEnumerable<int> Read(RigDefinition rig)
    {
        var tags = new SortedSet<int>();
        foreach (TripDefinition trip in rig.Trips)
        {
            foreach (CauseDefinition cause in trip.Causes) tags.UnionWith(cause.Tags);
            foreach (var condition in new[] { trip.ResetPermit, trip.Bypass?.Permit, trip.Bypass?.Until, trip.StartUp?.Permit, trip.StartUp?.Until })
                if (condition is not null) tags.UnionWith(condition.Expression.Tags);
        }

        foreach (PermissiveDefinition permissive in rig.Permissives) tags.UnionWith(permissive.Condition.Tags);
        foreach (int tag in tags.ToArray())
            if (rig.Tags[tag].Plausible is { Twin: >= 0 and int twin }) tags.Add(twin);
        return tags.Where(t => t >= 0);
    }

    private static string Seconds(TimeSpan time) => string.Create(Invariant, $"{time.TotalSeconds:0.###} s");
}
