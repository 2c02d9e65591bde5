using System.Collections.Immutable;
using Crm.Control;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Differences;

namespace Crm.Scenarios.Tests;

/// <summary>The steps to come of a running batch are changed by an edited text of its own recipe: what is taken reaches the pins, everything else is refused with the reason.</summary>
public sealed class StepRevisionTests
{
    private const string WetOut = "          - agitate: {id: wet-out, speed: 300 rpm, for: 15 min}\n";

    private static ControlRecipe Frozen => LithiumPlant.Inputs.Recipe;

    /// <summary>What is edited into what, and what is said against it whatever the batch does.</summary>
    public static TheoryData<string, string, string> Refused => new()
    {
        { "{value: 3 kg,", "{value: 2 kg,", "charge: value was 3 kg; is 2 kg: a value is changed by its own proposal" },
        { "recovery: \">= 70 %\"", "recovery: \">= 60 %\"", "a batch that runs keeps what it began with" },
        { "rig: lithium-pilot", "rig: bench-kit", "RECIPE-RIG" },
        { "speed: 300 rpm, for: 15 min", "speed: 300 kg, for: 15 min", "UNIT" },
        { "- agitate: {id: wet-out,", "- agitat: {id: wet-out,", "STEP-UNKNOWN" },
        { "agitate: {id: wet-out, speed: 300 rpm, for: 15 min}", "fill: {id: wet-out, from: recycled_water, to: 80 L, rate: 240 L/h}", "recipe.yaml" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Everything_else_is_refused_with_the_reason(string from, string to, string reason)
    {
        var (steps, problems, _) = Read(Frozen.Text.Replace(from, to, StringComparison.Ordinal));
        Assert.Null(steps);
        Assert.NotEmpty(problems);
        if (reason != "recipe.yaml") Assert.Contains(problems, p => p.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Slots_of_what_runs_keep_their_numbers_and_new_ones_come_behind()
    {
        var (steps, problems, _) = Read(Edited(Text(), WetOut, "          - agitate: {id: wet-out, speed: 300 rpm, until: \"stable(leach.temperature, 0.3, 7 min)\", at_most: 40 min, then: continue}\n"));
        Assert.Empty(problems);
        Assert.Equal(Frozen.Slots, steps!.Recipe.Slots.Take(Frozen.Slots.Length));
        Slot added = Assert.Single(steps.Recipe.Slots.Skip(Frozen.Slots.Length));
        Assert.Equal("stable", added.Function);
        Assert.All(steps.Changes, c => Assert.Equal("leach/wet-out", c.Was));
    }

    [Fact]
    public void What_was_accepted_turns_the_agitator()
    {
        var plant = new LithiumPlant(FirstHours.Seed);
        Assert.True(plant.RunUntil(p => p.IsDoing("watch-1") || p.IsDoing("portion-2"), TimeSpan.FromHours(2)), plant.Story);
        StepRevision steps = Read(Edited(Text(), WetOut, "          - agitate: {id: wet-out, speed: 320 rpm, for: 4 min}\n          - agitate: {id: slowly, speed: 210 rpm, for: 3 min}\n")).Steps!;
        Assert.Equal(ReplyKind.Accepted, plant.Ask(Proposal(-1, steps)).Kind);
        Assert.Equal(Frozen, plant.Control.RecipeOf("B1"));
        Assert.Contains("another person", plant.Ask(new ReviewRevision(-2, "rosa", true)).Reason, StringComparison.Ordinal);
        Assert.Equal(ReplyKind.Accepted, plant.Ask(new ReviewRevision(-3, "tim", true)).Kind);

        Assert.True(plant.RunUntil(p => p.IsDoing("wet-out") && p.Pin("leach.agitator") > 0, TimeSpan.FromHours(2)), plant.Story);
        Assert.True(plant.RunUntil(p => Near(p.Pin("leach.agitator"), 320), TimeSpan.FromMinutes(2)), plant.Story);
        Assert.True(plant.RunUntil(p => p.IsDoing("slowly") && Near(p.Pin("leach.agitator"), 210), TimeSpan.FromMinutes(10)), plant.Story);
        Assert.Contains("has begun", plant.Ask(Proposal(-4, Read(Edited(plant.Control.RecipeOf("B1").Text, "slowly, speed: 210", "slowly, speed: 250"), plant.Control.RecipeOf("B1")).Steps!)).Reason, StringComparison.Ordinal);
        Assert.True(plant.RunUntil(p => p.IsDoing("acid"), TimeSpan.FromMinutes(10)), plant.Story);
    }

    [Fact]
    public void The_record_says_what_was_changed_by_whom_and_the_text_it_runs_on()
    {
        var plant = new LithiumPlant(FirstHours.Seed);
        Assert.True(plant.RunUntil(p => p.IsDoing("services"), TimeSpan.FromHours(1)), plant.Story);
        string text = Edited(Text(), WetOut, "");
        plant.Ask(Proposal(-1, Read(text).Steps!));
        plant.Ask(new ReviewRevision(-2, "tim", true, "seen in the pilot of May"));
        BatchEvent accepted = plant.Events.Single(e => e.Kind == BatchEventKind.Revision && e.Data["revision"] == "accepted");
        Assert.Contains("tim accepts what rosa proposed (seen in the pilot of May): - leach/wet-out (agitate) is gone", accepted.Text, StringComparison.Ordinal);
        Assert.Equal(text, accepted.Data[BatchRevision.TextKey]);
        ControlRecipe again = RevisionText.Again(Frozen, text, accepted.Data[BatchRevision.HashKey], UnitOperationCatalogue.Descriptions, LithiumPlant.Rig)!;
        Assert.Equal(plant.Control.RecipeOf("B1").ContentHash, again.ContentHash);
        Assert.Null(RevisionText.Again(Frozen, text + "\n", accepted.Data[BatchRevision.HashKey], UnitOperationCatalogue.Descriptions, LithiumPlant.Rig));
    }

    private static ProposeRevision Proposal(long id, StepRevision steps) => new(id, "rosa", ImmutableSortedDictionary<string, string>.Empty, "the slurry is thin", steps);

    private static RevisionRead Read(string text, ControlRecipe? of = null) =>
        RevisionText.Read(of ?? Frozen, text, UnitOperationCatalogue.Descriptions, LithiumPlant.Rig, LithiumPlant.Inputs.Twin);

    private static string Text() => Frozen.Text;

    private static string Edited(string text, string from, string to)
    {
        Assert.Contains(from, text, StringComparison.Ordinal);
        return text.Replace(from, to, StringComparison.Ordinal);
    }

    private static bool Near(double pin, double value) => Math.Abs(pin - value) < 1;
}
