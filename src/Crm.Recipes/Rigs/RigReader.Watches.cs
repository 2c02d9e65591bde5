using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Expressions;
using Crm.Plant.Loops;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>Causes that are more than one condition: votes, watches over time, outputs that are on too long.</summary>
internal sealed partial class RigReader
{
    /// <summary>A fall of a scale smaller than so many standard uncertainties is noise.</summary>
    private const double BandOfUncertainty = 4;

    private static readonly ImmutableArray<(string, Degradation)> degradations =
        [("vote", Degradation.VoteToTrip), ("drop out", Degradation.DropOutSafe), ("drop out, keep the vote", Degradation.DropOutAvailable)];

    /// <summary>A cause of one of the special forms; null when it is a plain condition.</summary>
    private CauseDefinition? Special(Fields cause, YamlNode node)
    {
        if (cause.Has("vote")) return Vote(cause);
        if (cause.Has("balance")) return Watching(cause, Balance(cause));
        if (cause.Has("loop")) return Watching(cause, LoopError(cause));
        if (cause.Has("mixing")) return Watching(cause, Mixing(cause));
        if (cause.Has("since")) return Watching(cause, Total(cause));
        if (cause.Has("within")) return Watching(cause, Change(cause, node));
        return cause.Has("while") && !cause.Has("condition") ? OnTime(cause) : null;
    }

    private CauseDefinition Closed(Fields cause, CauseDefinition read)
    {
        (BadInput bad, TimeSpan last) = read.Voter is null ? WhenBad(cause) : (BadInput.Trip, TimeSpan.Zero);
        read = read with { Delay = cause.Duration("delay", TimeSpan.Zero), ClearDelay = cause.Duration("clear_delay", TimeSpan.Zero), WhenBad = bad, LastGoodFor = last };
        cause.Close();
        return read;
    }

    private static CauseDefinition Of(string text) => new(text, always, TimeSpan.Zero, BadInput.Trip, TimeSpan.Zero);

    private CauseDefinition Watching(Fields cause, (string Text, WatchDefinition? Watch) read)
    {
        ImmutableArray<OutputGate> gates = Gates(cause, out string words);
        return Of(read.Text + words) with { Watch = read.Watch, Gates = gates };
    }

    /// <summary><c>{while: {leach.acid_pump: 1..100}, delay: 90 min}</c>: an output that is on for too long.</summary>
    private CauseDefinition OnTime(Fields cause)
    {
        ImmutableArray<OutputGate> gates = Gates(cause, out string words);
        return Of(words.TrimStart()) with { Gates = gates };
    }

    /// <summary><c>while: {unit.output: low..high}</c>, in the unit of the output.</summary>
    private ImmutableArray<OutputGate> Gates(Fields cause, out string words)
    {
        ImmutableArray<OutputGate>.Builder gates = ImmutableArray.CreateBuilder<OutputGate>();
        List<string> texts = [];
        foreach (YamlEntry entry in cause.Named("while"))
        {
            if (Output(entry.Key, "while", null) is not { } output) continue;
            (double low, double high) = Values.Range(entry.Value, findings, entry.Key.Text, output.Unit);
            gates.Add(new OutputGate(output.Definition.Ordinal, low, high));
            texts.Add($"{entry.Key.Text} at {Values.Plain(low)}..{Values.Plain(high)} {output.Unit}");
        }

        words = texts.Count == 0 ? "" : " while " + string.Join(" and ", texts);
        return gates.ToImmutable();
    }

    /// <summary><c>{vote: 2oo3, of: [conditions], when_bad: drop out}</c>.</summary>
    private CauseDefinition Vote(Fields cause)
    {
        string form = cause.Text("vote");
        string[] parts = form.Split("oo");
        int need = 0, count = 0;
        bool read = parts.Length == 2 && int.TryParse(parts[0], CultureInfo.InvariantCulture, out need) && int.TryParse(parts[1], CultureInfo.InvariantCulture, out count)
            && need >= 1 && need <= count && count <= Voter.MostChannels;
        if (!read) findings.Add(cause.Find("vote")!, DiagnosticCodes.RigVote, $"'{form}' is no vote", $"expected 1oo1, 1oo2, 2oo2, 2oo3 …, {Voter.MostChannels} channels at most");
        ImmutableArray<YamlNode> written = cause.Items("of");
        ImmutableArray<Condition> conditions = [.. written.Select(node => Conditions.Read(node, "of", names, findings)).OfType<Condition>()];
        if (read && written.Length != count)
            findings.Add(cause.Find("vote")!, DiagnosticCodes.RigVote, $"{form} has {written.Length} channels under 'of'", $"write {count} conditions, one for each instrument");
        if (read && conditions.Length > 1) Compared(cause, conditions);
        VoterDefinition voter = new(need, [.. conditions.Select(c => new ChannelDefinition(c.Text, c.Expression))], cause.Choice("when_bad", degradations, Degradation.VoteToTrip));
        return Watching(cause, ($"{form} of {string.Join(", ", conditions.Select(c => c.Text))}", null)) with { Voter = voter };
    }

    /// <summary>Channels on one quantity are compared, or a silent drift of one goes unseen (SAF-12).</summary>
    private void Compared(Fields cause, ImmutableArray<Condition> channels)
    {
        int[] read = [.. channels.SelectMany(c => c.Expression.Tags).Distinct()];
        foreach (int tag in read)
        {
            bool compared = tags[tag].Plausible?.Twin >= 0 || read.Any(other => tags[other].Plausible?.Twin == tag);
            if (!compared && !tags[tag].IsSwitch)
                findings.Add(
                    cause.Find("of")!, DiagnosticCodes.RigVote, $"nothing compares {tags[tag].Name} with the other channels",
                    "give it 'plausible: {agrees: {with: …, within: …, for: …}}'");
        }
    }

    /// <summary><c>{tag: leach.temperature, rises: 8 K, within: 2 min}</c>, also <c>falls</c> and <c>rises_less_than</c>.</summary>
    private (string, WatchDefinition?) Change(Fields cause, YamlNode node)
    {
        string name = cause.Text("tag");
        NamedTag? tag = RigTag(cause.Find("tag"));
        TimeSpan within = cause.Duration("within");
        (string Key, ChangeKind Kind)[] kinds = [("rises", ChangeKind.Rises), ("falls", ChangeKind.Falls), ("rises_less_than", ChangeKind.RisesLessThan)];
        (string Key, ChangeKind Kind)[] found = [.. kinds.Where(k => cause.Has(k.Key))];
        if (found.Length != 1 || within < TimeSpan.FromSeconds(10))
        {
            findings.Add(node, DiagnosticCodes.RigWatch, "a change over time needs one amount, and 10 s at least", "write {tag: …, rises: 8 K, within: 2 min}, or falls, or rises_less_than");
            return (name, null);
        }

        double amount = cause.Quantity(found[0].Key, (tag?.Unit ?? Plant.Quantities.Unit.One).Difference, 0);
        string text = $"{name} {found[0].Key.Replace('_', ' ')} {cause.Text(found[0].Key)} within {cause.Text("within")}";
        return (text, new ChangeWatch(tag?.Ordinal ?? 0, found[0].Kind, amount, within));
    }

    /// <summary><c>{scale: leach.acid_scale, falls: 6 kg, since: leach.level &lt; 1 L}</c>: the most of one batch.</summary>
    private (string, WatchDefinition?) Total(Fields cause)
    {
        string name = cause.Text("scale");
        NamedTag? scale = Scale(cause.Find("scale"));
        double amount = cause.Quantity("falls", Units.Of("kg"), 0);
        Condition? since = cause.Need("since") is { } node ? Conditions.Read(node, "since", names, findings) : null;
        return ($"{name} falls {cause.Text("falls")} in all since {since?.Text}", new TotalWatch(scale?.Ordinal ?? 0, amount, since?.Expression ?? always, Band(scale)));
    }

    /// <summary><c>{scale: leach.acid_scale, doses: 0.2 kg, mixing: 5 min}</c>: true until a dose has been mixed in.</summary>
    private (string, WatchDefinition?) Mixing(Fields cause)
    {
        string name = cause.Text("scale");
        NamedTag? scale = Scale(cause.Find("scale"));
        double least = cause.Quantity("doses", Units.Of("kg"), 0);
        return ($"{name} gave {cause.Text("doses")} less than {cause.Text("mixing")} ago", new MixingWatch(scale?.Ordinal ?? 0, least, cause.Duration("mixing"), Band(scale)));
    }

    /// <summary><c>{loop: leach.temperature_loop, off_by: 5 K, for: 20 min}</c>: what is beyond 5 K sums up to 5 K for 20 min.</summary>
    private (string, WatchDefinition?) LoopError(Fields cause)
    {
        string name = cause.Text("loop");
        if (!loopNames.TryGetValue(name, out int loop))
        {
            findings.Add(cause.Find("loop")!, DiagnosticCodes.RigLoop, $"there is no loop '{name}'", Nearest.Suggest(name, loopNames.Keys));
            return (name, null);
        }

        int tag = loops[loop].ProcessValue;
        Unit measure = tag >= 0 ? tagNames[tags[tag].Name].Unit : Plant.Quantities.Unit.One;
        double by = cause.Quantity("off_by", measure.Difference, 0);
        return ($"{name} is off by {cause.Text("off_by")} for {cause.Text("for")}", new ErrorWatch(loop, Math.Max(0, tag), by, by * cause.Duration("for").TotalSeconds)
        {
            Voted = loops[loop].Voted,
            Reach = LoopReach.Of(loops, loop),
        });
    }

    /// <summary><c>{balance: leach.level, dosed: [sulfuric_acid], tolerance: 1.5 L, within: 20 min, while: {…}}</c>.</summary>
    private (string, WatchDefinition?) Balance(Fields cause)
    {
        string name = cause.Text("balance");
        NamedTag? level = RigTag(cause.Find("balance"));
        string unit = name.Split('.')[0];
        ImmutableArray<DoseTerm>.Builder doses = ImmutableArray.CreateBuilder<DoseTerm>();
        foreach (YamlNode node in cause.Items("dosed"))
        {
            string reagent = Values.Text(node, findings, "dosed") ?? "";
            DosingLine? line = dosingLines.FirstOrDefault(l => l.Unit == unit && l.Line.Reagent == reagent).Line;
            if (line is null || line.Scale < 0) findings.Add(node, DiagnosticCodes.RigReagent, $"unit {unit} has no dosing line for '{reagent}'", "name a reagent under 'dosing' of the unit");
            else doses.Add(new DoseTerm(line.Scale, reagents.FirstOrDefault(r => r.Name == reagent)?.Density ?? 1, BandOfUncertainty * tags[line.Scale].StandardUncertainty));
        }

        double tolerance = cause.Quantity("tolerance", Units.Of("L"), 0);
        TimeSpan within = cause.Duration("within");
        string text = $"{name} and what was dosed differ by {cause.Text("tolerance")} within {cause.Text("within")}";
        return (text, new BalanceWatch(level?.Ordinal ?? 0, doses.ToImmutable(), tolerance, within));
    }

    private NamedTag? RigTag(YamlNode? node)
    {
        if (node is null || Values.Text(node, findings, "tag") is not { } name) return null;
        if (tagNames.TryGetValue(name, out NamedTag tag)) return tag;
        findings.Add(node, DiagnosticCodes.RigTag, $"there is no tag '{name}'", Nearest.Suggest(name, tagNames.Keys));
        return null;
    }

    private NamedTag? Scale(YamlNode? node)
    {
        NamedTag? scale = RigTag(node);
        if (scale is { } tag && !tag.Unit.Matches(Units.Of("kg"))) findings.Add(node!, DiagnosticCodes.UnitMismatch, $"that tag measures {tag.Unit}", "expected a scale, in kg");
        return scale;
    }

    private double Band(NamedTag? scale) => scale is { } tag ? BandOfUncertainty * tags[tag.Ordinal].StandardUncertainty : 0;
}
