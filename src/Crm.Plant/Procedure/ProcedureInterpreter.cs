using System.Collections.Immutable;
using Crm.Plant.Phases;
using Crm.Plant.Protection;
using Crm.Plant.Quantities;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;

namespace Crm.Plant.Procedure;

/// <summary>
/// Walks a recipe's procedure: a pure function of batch state, image, reports and commands. It knows neither actors nor disks; what it
/// wants done comes out as <see cref="BatchEffects"/>.
/// </summary>
public sealed partial class ProcedureInterpreter
{
    /// <summary>How long a step may wait for its permissives before the batch is held.</summary>
    private static readonly TimeSpan LongestWaitForPermissive = TimeSpan.FromMinutes(10);

    private readonly ControlRecipe recipe;
    private readonly RigDefinition rig;
    private readonly IReadOnlyDictionary<string, UnitOperationDescription> operations;
    private readonly Func<string, double> molarMass;
    private readonly BatchValues values;
    private readonly ProcedureTree tree;
    private readonly ProcedureClaims claims;

    /// <param name="operations">Descriptions of the unit operations, by name.</param>
    /// <param name="molarMass">g/mol of an element or species by its formula.</param>
    public ProcedureInterpreter(
        ControlRecipe recipe, RigDefinition rig, IReadOnlyDictionary<string, UnitOperationDescription> operations, Func<string, double> molarMass)
    {
        this.recipe = recipe;
        this.rig = rig;
        this.operations = operations;
        this.molarMass = molarMass;
        values = new BatchValues(recipe, rig, new Stoichiometry(rig, molarMass));
        tree = new ProcedureTree(recipe.Procedure);
        claims = new ProcedureClaims(tree, rig, operations);
    }

    public ProcedureTree Tree => tree;

    public ControlRecipe Recipe => recipe;

    /// <summary>Whether the procedure names the unit.</summary>
    public bool Uses(string unit)
    {
        for (int node = 0; node < tree.Count; node++)
            if (UnitOf(tree[node]) == unit) return true;
        return false;
    }

    /// <summary>Whether the procedure books or discharges what is in a place.</summary>
    public bool TakesOutOf(string place)
    {
        for (int node = 0; node < tree.Count; node++)
            if (tree[node] is PromptNode { Kind: PromptKind.Book or PromptKind.Discharge } prompt && prompt.Place == place) return true;
        return false;
    }

    /// <summary>The recipe's own rule for a hold of a unit; null when it has none.</summary>
    public HoldRule? HoldRuleOf(BatchState state, int unit) => state.Owner[unit] >= 0 && tree[state.Owner[unit]] is UnitProcedureNode owner ? owner.Hold : null;

    /// <summary>Name of the unit operation that runs on a unit; empty when none does.</summary>
    public string OperationOn(BatchState state, int unit) => state.PhaseOn[unit] < 0 ? "" : ((PhaseNode)tree[state.PhaseOn[unit]]).Operation;

    /// <param name="sharesRig">Other batches may be on the rig: units are asked for before they are used.</param>
    public BatchState NewBatch(bool sharesRig = false) => new(tree.Count, rig.Units.Length, values.NewWindows()) { SharesRig = sharesRig };

    /// <summary>One scan: history, limits on holding, conditions, and whatever steps can begin.</summary>
    public void Scan(BatchState state, Image image, BatchEffects effects)
    {
        if (state.Status == PhaseState.Idle || state.IsOver) return;
        values.Sample(state, image);
        if (state.Status == PhaseState.Held) LimitHold(state, image, effects);
        if (state.Status == PhaseState.Running)
        {
            JudgeSteps(state, image, effects);
            BeginReadySteps(state, image, effects);
        }

        Settle(state, image, effects);
    }

    /// <summary>
    /// The record could not be written, so nothing of what was asked for happened: takes those steps back and holds.
    /// </summary>
    public void RecordFailed(BatchState state, string reason, Image image, IReadOnlyList<BatchEffect> notDone, BatchEffects effects)
    {
        TakeBack(state, notDone, image);
        Hold(state, $"the record cannot be written: {reason}", "journal", image, effects);
    }

    /// <summary>Steps back from what was asked for and never carried out, because its record could not be written or a hold came first.</summary>
    public void TakeBack(BatchState state, IReadOnlyList<BatchEffect> notDone, Image image)
    {
        for (int i = notDone.Count - 1; i >= 0; i--)
        {
            if (notDone[i] is StartPhase start) TakeBack(state, start, image);
            if (notDone[i] is CommandUnit { Command: PhaseCommand.Restart } && state.Status == PhaseState.Restarting) state.Status = PhaseState.Held;
        }
    }

    private void TakeBack(BatchState state, StartPhase start, Image image)
    {
        int node = tree.Find(start.Phase.Id);
        state.Steps.RemoveAll(s => s.Node == node);
        FreePhase(state, node);
        state.Ready.Insert(0, new ReadyStep(node, image.Now, ""));
    }

    /// <summary>The recipe's own limit on a hold of a unit procedure.</summary>
    private void LimitHold(BatchState state, Image image, BatchEffects effects)
    {
        foreach (int owner in state.Owner)
        {
            if (owner < 0 || tree[owner] is not UnitProcedureNode { Hold: { } rule } unit) continue;
            if (image.Now - state.HeldSince < rule.AtMost) continue;
            if (rule.Then is not (Consequence.Stop or Consequence.Abort)) continue;
            Follow(state, rule.Then, $"{unit.Unit} held longer than {PlantClock.Length(rule.AtMost)}", "recipe", image, effects);
            return;
        }
    }

    /// <summary>Gives a transient state of the batch its end once every phase has got there (S88-10).</summary>
    private void Settle(BatchState state, Image image, BatchEffects effects)
    {
        switch (state.Status)
        {
            case PhaseState.Holding when state.Steps.TrueForAll(s => !IsPhase(s) || s.HasEnded || s.Phase == PhaseState.Held):
                state.HeldSince = image.Now;
                Become(state, PhaseState.Held, "recipe", image, effects);
                break;
            case PhaseState.Restarting when state.Steps.TrueForAll(s => s.Phase is not (PhaseState.Held or PhaseState.Holding or PhaseState.Restarting)):
                state.Reason = "";
                Become(state, PhaseState.Running, "recipe", image, effects);
                break;
            case PhaseState.Stopping when state.Steps.TrueForAll(s => !IsPhase(s) || s.HasEnded):
                Become(state, PhaseState.Stopped, "recipe", image, effects);
                break;
            case PhaseState.Aborting when state.Steps.TrueForAll(s => !IsPhase(s) || s.HasEnded):
                Become(state, PhaseState.Aborted, "recipe", image, effects);
                break;
        }
    }

    private bool IsPhase(ActiveStep step) => tree[step.Node] is PhaseNode;

    private string? MissingPermissive(PhaseNode phase, StepScope scope)
    {
        foreach (PermissiveDefinition permissive in rig.Permissives)
        {
            if (permissive.Unit != phase.Unit) continue;
            if (!permissive.Operations.IsEmpty && !permissive.Operations.Contains(phase.Operation)) continue;
            if (!IsTrue(permissive.Condition.Evaluate(scope))) return permissive.Text;
        }

        return null;
    }

    private StepScope Scope(BatchState state, Image image, TimeSpan since)
    {
        TimeSpan age = image.Now - since;
        return new StepScope(recipe.Slots, image) { Values = state.Values, Contact = age, Active = age, Wall = age };
    }

    private static bool IsTrue(Reading reading) => !reading.IsBad && reading.Value >= 0.5;

    private void Become(BatchState state, PhaseState status, string cause, Image image, BatchEffects effects)
    {
        state.Status = status;
        string why = state.Reason.Length == 0 ? "" : $": {state.Reason}";
        Note(effects, image, BatchEventKind.BatchState, recipe.Id, $"Batch {Words(status)}{why}", cause, Data(("state", Words(status)), ("reason", state.Reason)));
    }

    private static void Note(
        BatchEffects effects, Image image, BatchEventKind kind, string subject, string text, string cause, ImmutableSortedDictionary<string, string>? data = null) =>
        effects.Events.Add(new BatchEvent(image.Now, image.Scan, kind, subject, text, cause, data ?? BatchEvent.NoData));

    private static ImmutableSortedDictionary<string, string> Data(params ReadOnlySpan<(string Key, string Value)> pairs)
    {
        var data = BatchEvent.NoData.ToBuilder();
        foreach ((string key, string value) in pairs) data[key] = value;
        return data.ToImmutable();
    }

    private static string Words(PhaseState state) => state.ToString().ToLowerInvariant();


    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;
}
