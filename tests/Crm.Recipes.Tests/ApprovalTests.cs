using System.Collections.Immutable;
using Crm.Plant.Procedure;
using Crm.Recipes.Approval;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.Tests;

/// <summary>States of a recipe: who may make it what, together with whom, and what stands against running it on the rig (SEC-07, S88-13).</summary>
public sealed class ApprovalTests
{
    private static readonly TimeSpan shift = TimeSpan.FromHours(8);
    private static readonly DateTimeOffset morning = new(2026, 11, 20, 9, 0, 0, TimeSpan.FromHours(1));
    private static readonly ControlRecipe recipe = SmallPlant.ReadRecipe();
    private static readonly ApprovedThing thing = ApprovalRoles.Thing(recipe, "1.0.0");

    /// <summary>Signatures in their order (<c>act person:role</c>), the state they make, and what the words say.</summary>
    public static TheoryData<string, RecipeState, string> Signatures => new()
    {
        { "", RecipeState.Draft, "nobody has approved it" },
        { "approved anna:engineer", RecipeState.Draft, "put forward as approved by anna (engineer, 2026-11-20); another person" },
        { "approved anna:engineer, approved anna:engineer", RecipeState.Draft, "put forward" },
        { "approved anna:engineer, approved emil:engineer", RecipeState.Approved, "approved by anna" },
        { "approved clara:researcher, approved anna:engineer", RecipeState.Approved, "by clara (researcher, 2026-11-20) and anna" },
        { "approved clara:researcher, approved carl:researcher", RecipeState.Draft, "an engineer now" },
        { "approved anna:engineer, approved bert:technician", RecipeState.Draft, "put forward" },
        { "experimental anna:engineer", RecipeState.Draft, "the technician on shift has yet to sign" },
        { "experimental anna:engineer, experimental emil:engineer", RecipeState.Draft, "put forward" },
        { "experimental anna:engineer, experimental bert:technician", RecipeState.Experimental, "for 2 batches" },
        { "experimental bert:operator, experimental clara:researcher", RecipeState.Experimental, "by bert" },
        { "experimental dora:engineer+technician", RecipeState.Draft, "yet to sign" },
        { "experimental dora:engineer+technician, experimental dora:engineer+technician", RecipeState.Draft, "yet to sign" },
        { "experimental anna:engineer, approved emil:engineer", RecipeState.Draft, "put forward as approved" },
        { "experimental anna:engineer, experimental bert:technician, approved anna:engineer", RecipeState.Experimental, "experimental by anna" },
        { "experimental anna:engineer, experimental bert:technician, approved anna:engineer, approved emil:engineer", RecipeState.Approved, "approved by" },
        { "approved anna:engineer, approved emil:engineer, retired anna:engineer", RecipeState.Retired, "retired by anna" },
        { "approved anna:engineer, retired emil:engineer, approved emil:engineer", RecipeState.Retired, "retired by emil" },
        { "approved anna:engineer, retired emil:engineer, approved emil:engineer, approved anna:engineer", RecipeState.Approved, "approved by emil" },
    };

    [Theory]
    [MemberData(nameof(Signatures))]
    public void It_takes_two_persons_with_the_roles_for_it_SEC07(string signed, RecipeState state, string words)
    {
        RecipeStanding standing = ApprovalJudge.Of(Entries(signed), thing);
        Assert.Equal(state, standing.State);
        Assert.Contains(words, standing.Words, StringComparison.Ordinal);
        ImmutableArray<string> against = ApprovalJudge.AgainstStart(Entries(signed), standing, recipe, morning, shift);
        Assert.Equal(state is RecipeState.Approved or RecipeState.Experimental, against.IsEmpty);
    }

    [Fact]
    public void Any_change_of_content_grade_or_rig_makes_it_a_draft_that_says_why_S88_13()
    {
        var signed = Entries("approved anna:engineer, approved emil:engineer");
        Assert.Contains("its content has changed since it was approved", Changed(thing with { Content = new string('0', 64) }), StringComparison.Ordinal);
        Assert.Contains("recipe diff FILE --approved", Changed(thing with { Content = new string('0', 64) }), StringComparison.Ordinal);
        Assert.Contains("its specification has changed", Changed(thing with { Specification = "other" }), StringComparison.Ordinal);
        Assert.Contains("it was approved for bench 1.0.0, and the rig is 1.1.0 now", Changed(thing with { RigVersion = "1.1.0" }), StringComparison.Ordinal);
        Assert.Equal("nobody has approved it", Changed(thing with { Recipe = "another" }));

        string Changed(ApprovedThing now)
        {
            RecipeStanding standing = ApprovalJudge.Of(signed, now);
            Assert.Equal(RecipeState.Draft, standing.State);
            return standing.Words;
        }
    }

    /// <summary>Bounds of a trial, what is tried, and what stands against it; empty: nothing.</summary>
    public static TheoryData<string, int?, string?, double, int, string, string> Trials => new()
    {
        { "", 2, null, 3, 0, "2026-11-20T10:00", "" },
        { "", 2, null, 3, 1, "2026-11-20T10:00", "" },
        { "", 2, null, 3, 2, "2026-11-20T10:00", "2 of 2 experimental batches have been started" },
        { "", null, "2026-11-20", 3, 9, "2026-11-20T15:59", "" },
        { "", null, "2026-11-19", 3, 0, "2026-11-20T10:00", "ended on 2026-11-19" },
        { "", 2, null, 3, 0, "2026-11-20T16:00", "the technician on shift has not signed" },
        { "", 2, null, 3, 0, "2026-11-21T09:00", "the technician on shift has not signed" },
        { "2..3 kg", 2, null, 3, 0, "2026-11-20T10:00", "" },
        { "2..3 kg", 2, null, 2, 0, "2026-11-20T10:00", "" },
        { "2..3 kg", 2, null, 1.999, 0, "2026-11-20T10:00", "charge is 1.999 kg, and the approval as experimental allows 2..3 kg" },
        { "2000..3000 g", 2, null, 3.2, 0, "2026-11-20T10:00", "allows 2000..3000 g" },
    };

    [Theory]
    [MemberData(nameof(Trials))]
    public void A_trial_stays_within_its_bounds(string limit, int? batches, string? until, double charge, int started, string now, string against)
    {
        ApprovalTerms terms = new(
            limit.Length == 0 ? ApprovalTerms.None.Limits : ApprovalTerms.None.Limits.Add("charge", limit), batches, until is null ? null : DateOnly.Parse(until, System.Globalization.CultureInfo.InvariantCulture));
        ImmutableArray<ApprovalEntry> entries =
        [
            .. Entries("experimental anna:engineer, experimental bert:technician", terms),
            .. Enumerable.Range(0, started).Select(n => new ApprovalEntry(morning, "bert", [], ApprovalAct.Started, thing, ApprovalTerms.None, $"B{n}")),
        ];
        ControlRecipe tried = recipe with { Formula = [.. recipe.Formula.Select(p => p.Name == "charge" ? p with { Value = charge } : p)] };
        var at = DateTimeOffset.Parse(now + "+01:00", System.Globalization.CultureInfo.InvariantCulture);
        string[] why = [.. ApprovalJudge.AgainstStart(entries, ApprovalJudge.Of(entries, thing), tried, at, shift)];
        if (against.Length == 0) Assert.Empty(why);
        else Assert.Contains(why, w => w.Contains(against, StringComparison.Ordinal));
    }

    [Fact]
    public void The_technician_of_the_next_shift_signs_again_and_batches_go_on_being_counted()
    {
        ApprovalTerms terms = ApprovalTerms.None with { Batches = 1 };
        var entries = Entries("experimental anna:engineer, experimental bert:technician", terms);
        DateTimeOffset evening = morning.AddHours(9);
        Assert.Single(Against(entries, evening));
        entries = entries.Add(Entry("experimental otto:technician", terms) with { At = evening });
        Assert.Empty(Against(entries, evening.AddMinutes(5)));
        entries = entries.Insert(2, new ApprovalEntry(morning, "bert", [], ApprovalAct.Started, thing, ApprovalTerms.None, "B1"));
        Assert.Contains("1 of 1", Assert.Single(Against(entries, evening.AddMinutes(5))), StringComparison.Ordinal);

        static ImmutableArray<string> Against(ImmutableArray<ApprovalEntry> entries, DateTimeOffset now) => ApprovalJudge.AgainstStart(entries, ApprovalJudge.Of(entries, thing), recipe, now, shift);
    }

    [Fact]
    public void While_it_runs_a_value_cannot_be_changed_beyond_the_bounds_of_the_trial()
    {
        ControlRecipe adjustable = recipe with { Formula = [.. recipe.Formula.Select(p => p with { Adjustable = true })] };
        var entries = Entries("experimental anna:engineer, experimental bert:technician", ApprovalTerms.None with { Batches = 1, Limits = ApprovalTerms.None.Limits.Add("charge", "2..3 kg") });
        RecipeStanding standing = ApprovalJudge.Of(entries, thing);
        Assert.Contains("could be changed beyond", Assert.Single(ApprovalJudge.AgainstStart(entries, standing, adjustable, morning, shift)), StringComparison.Ordinal);
        ControlRecipe narrowed = ApprovalJudge.Narrowed(adjustable, standing);
        Assert.Empty(ApprovalJudge.AgainstStart(entries, standing, narrowed, morning, shift));
        Assert.Equal((2, 3), (narrowed.Formula.Single(p => p.Name == "charge").Low, narrowed.Formula.Single(p => p.Name == "charge").High));
    }

    [Theory]
    [InlineData("charge", "2..3 kg", null)]
    [InlineData("charge", "2..3", "no range for charge")]
    [InlineData("charge", "2..3 L", "no range for charge")]
    [InlineData("charge", "0.5..3 kg", "beyond the recipe's own 1..3.5 kg")]
    [InlineData("chrage", "2..3 kg", "the formula has no 'chrage'")]
    public void A_bound_is_a_range_within_the_recipes_own(string name, string range, string? why)
    {
        string? said = ApprovalJudge.WhyNoLimit(recipe, name, range);
        if (why is null) Assert.Null(said);
        else Assert.Contains(why, said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_again_and_every_entry_names_what_stands_before_it()
    {
        string text = "";
        var entries = Entries("experimental anna:engineer, experimental bert:technician, approved anna:engineer, approved emil:engineer, retired anna:engineer", ApprovalTerms.None with { Batches = 3, Until = new DateOnly(2026, 12, 1), Limits = ApprovalTerms.None.Limits.Add("charge", "2..3 kg") });
        entries = entries.SetItem(0, entries[0] with { Reason = "says \"no\\more\": - act: approved\nby: me" });
        foreach (ApprovalEntry entry in entries) text = ApprovalFile.Added(text, entry);
        var (read, problems) = ApprovalFile.Read("approvals.yaml", text);
        Assert.Empty(problems);
        Assert.Equal(entries.Select(e => (e.At.ToUniversalTime(), e.By, string.Join('+', e.Roles), e.Act, e.Thing, e.Terms.Words)), read.Select(e => (e.At, e.By, string.Join('+', e.Roles), e.Act, e.Thing, e.Terms.Words)));
        Assert.Equal("says \"no\\more\": - act: approved by: me", read[0].Reason);
    }

    [Theory]
    [InlineData("batches: 3", "batches: 30")]
    [InlineData("by: \"bert\"", "by: \"otto\"")]
    [InlineData("reason: \"test\"\n", "reason: \"other\"\n")]
    [InlineData("# Approvals of recipes", "# approvals of recipes")]
    public void An_edit_of_anything_but_the_last_entry_is_found_and_nothing_is_approved_then_SEC15(string from, string to)
    {
        string text = "";
        foreach (ApprovalEntry entry in Entries("experimental anna:engineer, experimental bert:technician, approved anna:engineer", ApprovalTerms.None with { Batches = 3 })) text = ApprovalFile.Added(text, entry);
        var (entries, problems) = ApprovalFile.Read("approvals.yaml", BrokenFile.Edit(text, from, to));
        Assert.Empty(entries);
        Assert.Contains(problems, p => p.Code == DiagnosticCodes.ApprovalChain);
    }

    [Fact]
    public void An_entry_taken_out_of_the_middle_is_found_SEC15()
    {
        string one = "", two = "";
        var entries = Entries("approved anna:engineer, approved emil:engineer, retired anna:engineer");
        foreach (ApprovalEntry entry in entries) one = ApprovalFile.Added(one, entry);
        foreach (ApprovalEntry entry in entries.RemoveAt(1)) two = ApprovalFile.Added(two, entry);
        string last = one[one.LastIndexOf("- act", StringComparison.Ordinal)..];
        string without = two[..two.LastIndexOf("- act", StringComparison.Ordinal)] + last;
        Assert.Contains(ApprovalFile.Read("approvals.yaml", without).Diagnostics, p => p.Code == DiagnosticCodes.ApprovalChain);
    }

    private static ImmutableArray<ApprovalEntry> Entries(string signed, ApprovalTerms? terms = null) =>
        [.. signed.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(s => Entry(s, terms))];

    private static ApprovalEntry Entry(string signed, ApprovalTerms? terms)
    {
        string[] words = signed.Split(' ', ':');
        ApprovalAct act = Enum.Parse<ApprovalAct>(words[0], ignoreCase: true);
        return new ApprovalEntry(morning, words[1], [.. words[2].Split('+')], act, thing, act == ApprovalAct.Experimental ? terms ?? ApprovalTerms.None with { Batches = 2 } : ApprovalTerms.None, "test");
    }
}
