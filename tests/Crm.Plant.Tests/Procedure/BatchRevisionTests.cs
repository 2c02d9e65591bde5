using Crm.Plant.Expressions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Xunit;

namespace Crm.Plant.Tests.Procedure;

/// <summary>A running batch takes one reviewed change of what its recipe declares adjustable, for steps that have not begun; anything else is refused with the reason.</summary>
public sealed class BatchRevisionTests
{
    [Fact]
    public void A_reviewed_change_reaches_the_steps_to_come_and_both_persons_are_on_record()
    {
        Scene scene = Running();
        Assert.True(Propose(scene, "ann", "feed", "2 kg", "liquor is thin").Accepted);
        Assert.Equal("ann", scene.State.Proposed!.By);
        Assert.True(Review(scene, "bob", true).Accepted);
        Assert.Null(scene.State.Proposed);
        scene.Report("p1", PhaseState.Complete).Scan();
        Assert.Equal(2.0, Assert.Single(scene.Effects.Forward.OfType<StartPhase>()).Arguments["amount"].Number);
        string[] texts = [.. scene.Events.Where(e => e.Kind == BatchEventKind.Revision).Select(e => e.Text)];
        Assert.Equal(["ann proposes feed 1 kg to 2 kg: liquor is thin", "bob accepts what ann proposed: feed 1 kg to 2 kg; reason: liquor is thin"], texts);
    }

    [Fact]
    public void What_was_turned_down_changes_nothing()
    {
        Scene scene = Running();
        Propose(scene, "ann", "feed", "2 kg", "thin");
        Assert.Contains("reason", scene.Ask(e => scene.Interpreter.ReviewRevision(scene.State, false, "bob", " ", scene.Image, e)).Reason, StringComparison.Ordinal);
        Assert.True(scene.Ask(e => scene.Interpreter.ReviewRevision(scene.State, false, "bob", "wait for the sample", scene.Image, e)).Accepted);
        scene.Report("p1", PhaseState.Complete).Scan();
        Assert.Equal(1.0, Assert.Single(scene.Effects.Forward.OfType<StartPhase>()).Arguments["amount"].Number);
    }

    [Theory]
    [InlineData("feed", "9 kg", "outside its range")]
    [InlineData("feed", "2 L", "expected a value in kg")]
    [InlineData("feed", "much", "is no value for feed")]
    [InlineData("feed", "1 kg", "already")]
    [InlineData("first", "2 kg", "no step that is still to come reads first")]
    [InlineData("fixed", "2 kg", "does not declare fixed adjustable")]
    [InlineData("fead", "2 kg", "has no 'fead'")]
    public void What_cannot_be_changed_is_refused_with_the_reason(string name, string value, string reason)
    {
        Scene scene = Running();
        CommandVerdict verdict = Propose(scene, "ann", name, value, "because");
        Assert.False(verdict.Accepted);
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
        Assert.Contains(scene.Events, e => e.Kind == BatchEventKind.CommandRefused && e.Subject == "revision");
        Assert.Null(scene.State.Proposed);
    }

    [Fact]
    public void The_author_does_not_review_and_a_reason_and_a_running_batch_are_needed()
    {
        Scene idle = Plant();
        Assert.Contains("before START", Propose(idle, "ann", "feed", "2 kg", "x").Reason, StringComparison.Ordinal);
        Scene scene = idle.Begin();
        Assert.Contains("reason", Propose(scene, "ann", "feed", "2 kg", " ").Reason, StringComparison.Ordinal);
        Assert.Contains("no change", Review(scene, "bob", true).Reason, StringComparison.Ordinal);
        Propose(scene, "ann", "feed", "2 kg", "x");
        Assert.Contains("another person", Review(scene, "ann", true).Reason, StringComparison.Ordinal);
        // Meanwhile the step has begun: nobody would see the change.
        scene.Report("p1", PhaseState.Complete).Scan();
        Assert.Contains("no step that is still to come", Review(scene, "bob", true).Reason, StringComparison.Ordinal);
        scene.Command(PhaseCommand.Abort);
        scene.Report("p2", PhaseState.Aborted).Scan();
        Assert.Contains("aborted", Propose(scene, "ann", "feed", "3 kg", "x").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Proposal_and_change_come_back_from_the_record_and_a_fork_has_its_own()
    {
        Scene scene = Running();
        Propose(scene, "ann", "feed", "2.5 kg", "thin");
        Assert.Equal(2.5, scene.Interpreter.Recover(scene.Events, Scene.Second).State.Proposed!.Values["feed"]);
        BatchState fork = scene.State.Fork();
        Review(scene, "bob", true);
        BatchState back = scene.Interpreter.Recover(scene.Events, Scene.Second).State;
        Assert.Null(back.Proposed);
        Assert.Equal(2.5, back.Adjusted["feed"]);
        Assert.Equal(2.5, back.Values[1].Value);
        Assert.Empty(fork.Adjusted);
        Assert.NotNull(fork.Proposed);
    }

    private static Scene Running() => Plant().Begin();

    private static Scene Plant()
    {
        FormulaParameter first = new("first", "First", 1, "kg", 0, 5, false) { Adjustable = true };
        return new Scene(
            [new Slot(0, SlotKind.Formula, "first", -1, TimeSpan.Zero, "", 0), new Slot(1, SlotKind.Formula, "feed", -1, TimeSpan.Zero, "", 0), new Slot(2, SlotKind.Formula, "fixed", -1, TimeSpan.Zero, "", 0)],
            [first, first with { Name = "feed", Label = "Feed" }, first with { Name = "fixed", Adjustable = false }],
            [],
            Scene.Unit("a", Scene.Phase("p1", "a", new SlotValue(0, -1)), Scene.Phase("p2", "a", new SlotValue(1, -1)), Scene.Phase("p3", "a", new SlotValue(2, -1))));
    }

    private static CommandVerdict Propose(Scene scene, string by, string name, string value, string reason) =>
        scene.Ask(e => scene.Interpreter.ProposeRevision(scene.State, new Dictionary<string, string> { [name] = value }, by, reason, scene.Image, e));

    private static CommandVerdict Review(Scene scene, string by, bool accept) => scene.Ask(e => scene.Interpreter.ReviewRevision(scene.State, accept, by, "", scene.Image, e));
}
