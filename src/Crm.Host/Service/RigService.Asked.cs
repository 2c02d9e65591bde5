using Crm.Contracts;
using Crm.Plant.Procedure;

namespace Crm.Host.Service;

/// <summary>What other threads ask of the controller's thread, done between two scans.</summary>
public sealed partial class RigService
{
    /// <summary>Runs <paramref name="work"/> between two scans.</summary>
    /// <exception cref="ControllerBusyException">Too much waits already, or the controller stops.</exception>
    public Task<T> Ask<T>(Func<RigCore, T> work) => Mailbox.Ask(() =>
    {
        T result = work(core);
        situationDue = TimeSpan.Zero;
        return result;
    });

    public Task<CommandResult> Command(string by, string id, Func<long, Control.OperatorCommand> make) =>
        Ask(c => c.Command(by, id, make)).Unwrap();

    /// <summary>Puts a further batch beside those there are; a repeat under the same id is harmless.</summary>
    /// <param name="formula">Values other than the file's, with their units.</param>
    public Task<CommandResult> Begin(string by, string id, Plant.Procedure.ControlRecipe recipe, string file, IReadOnlyDictionary<string, string> formula) =>
        Ask(c => c.Begin(by, id, recipe, file, formula)).Unwrap();

    /// <summary>Puts a campaign on the rig; a repeat under the same id is harmless.</summary>
    public Task<CommandResult> Begin(string by, string id, Plant.Campaigns.CampaignPlan plan, string file) => Ask(c => c.Begin(by, id, plan, file)).Unwrap();

    /// <param name="batch">Empty: the current one.</param>
    public Task<Snapshot?> Snapshot(string batch = "") => Ask(c =>
    {
        // Peeks without taking what the stream has not been sent yet.
        var situation = Situation(batch);
        return LastFrame is { } frame ? new Snapshot(frame.Message, situation) : null;
    });

    /// <summary>A batch with its recipe; null when there is none of that name.</summary>
    public Task<BatchDetail?> Batch(string batch) => Ask(c =>
    {
        if (!c.Plant.Has(batch)) return null;
        var situation = Situation(batch);
        var recipe = c.Plant.RecipeOf(batch);
        return new BatchDetail(situation.Batches.First(b => b.Id == situation.Id), RigText.Describe(recipe), RigText.Steps(recipe.Procedure), situation);
    });

    public Task<bool> SetPace(double pace) => Ask(c =>
    {
        if (!c.IsTwin) return false;
        asked = Math.Clamp(pace, Pacer.Slowest, Pacer.Fastest);
        skip = null;
        return true;
    });

    /// <summary>Full speed until something happens that a person would want to see.</summary>
    public Task<bool> SkipToNextEvent() => Ask(c =>
    {
        if (!c.IsTwin) return false;
        skip = skip is null ? (c.Now + LongestSkip, c.Notable) : null;
        return skip is not null;
    });
}
