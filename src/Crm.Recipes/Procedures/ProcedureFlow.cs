using System.Collections.Immutable;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Procedures;

/// <summary>
/// What has surely happened when a step begins: samples taken and lots made on every way that leads to it. Kept while the procedure is read
/// from top to bottom.
/// </summary>
internal sealed class ProcedureFlow
{
    private static readonly ImmutableSortedSet<string> none = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private ImmutableSortedSet<string> samples = none;
    private ImmutableSortedSet<string> lots = none;

    /// <summary>Taken in steps that run side by side: a condition may wait for them.</summary>
    private ImmutableSortedSet<string> beside = none;

    /// <summary>Taken or made in branches that may not have run.</summary>
    private ImmutableSortedSet<string> elsewhere = none;

    /// <summary>Names that are given on some way already.</summary>
    private ImmutableSortedSet<string> given = none;

    /// <summary>Lots that have surely been made.</summary>
    public IEnumerable<string> Lots => lots;

    public void Take(string sample) => samples = samples.Add(sample);

    /// <param name="name">In the record, with the number of its pass.</param>
    /// <returns>False when another step on the same way has the name.</returns>
    public bool Give(string name)
    {
        if (given.Contains(name)) return false;
        given = given.Add(name);
        return true;
    }

    public void Make(string lot) => lots = lots.Add(lot);

    public bool HasMade(string lot) => lots.Contains(lot);

    public bool MayHaveMade(string lot) => elsewhere.Contains("lot " + lot);

    /// <summary>Why a result cannot be read here; null when it can.</summary>
    public NamedValue? Refuses(string sample)
    {
        if (samples.Contains(sample) || beside.Contains(sample)) return null;
        return elsewhere.Contains(sample)
            ? NamedValue.Refused(DiagnosticCodes.BranchElsewhere, $"the sample '{sample}' is taken only in another branch of an alternative", "take it before the alternative, in every branch, or judge it in its own branch")
            : NamedValue.Refused(DiagnosticCodes.SampleLate, $"the sample '{sample}' is taken further down", "take it first: a result is there only after its sample");
    }

    /// <summary>Reads branches that run side by side: each may wait for what the others take.</summary>
    public void SideBySide(ImmutableArray<YamlNode> branches, Action<YamlNode> read)
    {
        ImmutableSortedSet<string> outer = beside;
        foreach (YamlNode branch in branches)
        {
            beside = outer.Union(branches.Where(b => !ReferenceEquals(b, branch)).SelectMany(SamplesIn));
            read(branch);
        }

        beside = outer;
    }

    /// <summary>Reads branches of which one runs: afterwards only what all of them do has surely happened.</summary>
    /// <param name="all">What any branch takes.</param>
    public void EitherOr(IEnumerable<YamlNode> all, ImmutableArray<Action> branches)
    {
        var (before, made, names) = (samples, lots, given);
        elsewhere = elsewhere.Union(all.SelectMany(SamplesIn));
        var (surely, surelyMade, anyNames, anyMade) = (none, none, given, none);
        for (int i = 0; i < branches.Length; i++)
        {
            (samples, lots, given) = (before, made, names);
            branches[i]();
            surely = i == 0 ? samples : surely.Intersect(samples);
            surelyMade = i == 0 ? lots : surelyMade.Intersect(lots);
            anyMade = anyMade.Union(lots);
            anyNames = anyNames.Union(given);
            elsewhere = elsewhere.Union(anyMade.Except(made).Select(l => "lot " + l));
        }

        (samples, lots, given) = (surely, surelyMade, anyNames);
    }

    private static IEnumerable<string> SamplesIn(YamlNode node) => node switch
    {
        YamlSequence list => list.Items.SelectMany(SamplesIn),
        YamlMapping map => map.Entries.SelectMany(e => e is { Key.Text: "sample", Value: YamlMapping sample }
            ? sample.Entries.Where(s => s.Key.Text == "name").Select(s => s.Value).OfType<YamlScalar>().Select(s => s.Text)
            : SamplesIn(e.Value)),
        _ => [],
    };
}
