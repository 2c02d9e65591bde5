using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Plant.Protection;

/// <summary>
/// The cause-and-effect matrix, compiled. When several tripped rows force one output, the row written first in the rig file wins; the
/// rig's own trip wins over all rows.
/// </summary>
internal sealed class TripMatrix
{
    public const int NotForced = -1;
    public const int ForcedByRig = -2;

    /// <summary>Causes one row can have: one bit each in <see cref="TripStatus"/>.</summary>
    public const int MostCauses = 64;

    private readonly RigDefinition rig;
    private readonly ImmutableArray<TripDefinition> rows;
    private readonly CauseTest[][] testsOfRow;
    private readonly int[][] unitsOfRow;

    public TripMatrix(RigDefinition rig)
    {
        this.rig = rig;
        rows = rig.Trips;
        testsOfRow = [.. rows.Select(r => r.Causes.Select(c => new CauseTest(c)).ToArray())];
        unitsOfRow = rows.Select(r => r.Units.Select(rig.Unit).Where(u => u >= 0).ToArray()).ToArray();
        TripDefinition? wide = rows.FirstOrDefault(r => r.Causes.Length > MostCauses);
        if (wide is not null) throw new ArgumentException($"trip {wide.Id} has {wide.Causes.Length} causes, {MostCauses} at most");
    }

    /// <summary>Judges every row on the image. Call <see cref="ApplyForces"/> after the resets of the same scan.</summary>
    public bool Judge(ScanState state)
    {
        TripMemory memory = state.Trips;
        TripStatus[]? changed = null;
        for (int i = 0; i < rows.Length; i++)
        {
            CauseVerdict causes = CauseJudge.Judge(rows[i], testsOfRow[i], state);
            if (causes is { Active: 0, Pending: false } && memory.Status[i].Phase == TripPhase.Normal) continue;
            TripStatus was = memory.Status[i];
            TripStatus now = Next(rows[i], was, causes, state.Scope);
            if (now == was) continue;
            changed ??= (TripStatus[])memory.Status.Clone();
            changed[i] = now;
            Tell(state, rig, rows[i], was, now);
        }

        if (changed is not null) memory.Status = changed;
        return changed is not null;
    }

    private static TripStatus Next(TripDefinition row, in TripStatus was, in CauseVerdict causes, ImageScope scope)
    {
        TimeSpan now = scope.Image.Now;
        if (was.IsTripped)
        {
            ulong first = was.FirstOut != 0 ? was.FirstOut : causes.Active;
            if (causes.Active != 0 || causes.Pending) return new TripStatus(TripPhase.Tripped, first, causes.Active, was.Since);
            if (!row.Latch) return was with { Phase = TripPhase.Normal, Active = 0 };
            return new TripStatus(Permitted(row.ResetPermit, scope) ? TripPhase.ReadyToReset : TripPhase.WaitingForPermit, first, 0, was.Since);
        }

        if (causes.Active != 0) return new TripStatus(TripPhase.Tripped, causes.Active, causes.Active, now);
        TripPhase phase = causes.Pending ? TripPhase.Delaying : TripPhase.Normal;
        return was.Phase == phase ? was : was with { Phase = phase, Active = 0 };
    }

    private static bool Permitted(Procedure.Condition? permit, ImageScope scope)
    {
        if (permit is null) return true;
        Reading answer = permit.Expression.Evaluate(scope);
        return !answer.IsBad && !double.IsNaN(answer.Value) && answer.Value != 0;
    }

    private static void Tell(ScanState state, RigDefinition rig, TripDefinition row, in TripStatus was, in TripStatus now)
    {
        if (now.IsTripped && (!was.IsTripped || (was.FirstOut == 0 && now.FirstOut != 0)))
            state.Tell(ScanEventKind.Tripped, row.Ordinal, row.Id, $"{row.Id} tripped by {now.FirstOutText(row)}{CauseJudge.BadWords(rig, row, now.FirstOut, state.Scope.Image)}");
        else if (was.IsTripped && !now.IsTripped && was.FirstOut != 0)
            state.Tell(ScanEventKind.TripCleared, row.Ordinal, row.Id, $"{row.Id} cleared itself");
    }

    /// <summary>Resets one row by a person's command.</summary>
    /// <returns>Null when reset, else why not.</returns>
    public string? Reset(ScanState state, int ordinal, string by)
    {
        if (ordinal < 0 || ordinal >= rows.Length) return $"there is no trip {ordinal}";
        TripDefinition row = rows[ordinal];
        TripStatus was = state.Trips.Status[ordinal];
        if (!was.IsTripped) return $"{row.Id} is not tripped";
        if (was.Phase == TripPhase.WaitingForPermit) return $"{row.Id} cannot be reset: it needs {row.ResetPermit?.Text}";
        if (was.Phase != TripPhase.ReadyToReset) return $"{row.Id} cannot be reset: {Standing(state.Trips.Causes[ordinal], row)}";
        var changed = (TripStatus[])state.Trips.Status.Clone();
        changed[ordinal] = new TripStatus(TripPhase.Normal, was.FirstOut, 0, was.Since);
        state.Trips.Status = changed;
        state.Tell(ScanEventKind.TripReset, ordinal, row.Id, $"{row.Id} reset", by);
        return null;
    }

    /// <summary>Forgets what came first (SAF-06); only of a row that is not tripped.</summary>
    public string? ClearFirstOut(ScanState state, int ordinal, string by)
    {
        if (ordinal < 0 || ordinal >= rows.Length) return $"there is no trip {ordinal}";
        TripStatus was = state.Trips.Status[ordinal];
        if (was.IsTripped) return $"{rows[ordinal].Id} is tripped: its first-out stays until it has been reset";
        if (was.FirstOut == 0) return $"{rows[ordinal].Id} keeps no first-out: it has not tripped since start-up, or it was cleared";
        var changed = (TripStatus[])state.Trips.Status.Clone();
        changed[ordinal] = was with { FirstOut = 0 };
        state.Trips.Status = changed;
        state.Tell(ScanEventKind.FirstOutCleared, ordinal, rows[ordinal].Id, $"{rows[ordinal].Id}: first-out cleared", by);
        return null;
    }

    /// <summary>Works out again which outputs are forced and what units are commanded. Only needed when a trip changed.</summary>
    public void ApplyForces(TripMemory memory)
    {
        Array.Fill(memory.ForcedBy, NotForced);
        var commands = new PhaseCommand[rig.Units.Length];
        if (memory.Rig.IsTripped) ForceAll(memory, commands);
        for (int i = 0; i < rows.Length; i++)
        {
            TripStatus status = memory.Status[i];
            if (!status.IsTripped) continue;
            foreach (EffectDefinition effect in rows[i].Effects) Force(memory, effect.Output, effect.Value, i);
            if (status.FirstOut == 0) continue;
            foreach (int unit in unitsOfRow[i]) commands[unit] = PhaseTable.Stronger(commands[unit], rows[i].Command);
        }

        memory.UnitCommands = commands;
        memory.Stale = false;
    }

    /// <summary>What forces an output as of the last scan; null when nothing does.</summary>
    public string? Forcing(TripMemory memory, int output) => memory.ForcedBy[output] switch
    {
        NotForced => null,
        ForcedByRig => "the rig is tripped",
        int row => rows[row].Id,
    };

    private void ForceAll(TripMemory memory, PhaseCommand[] commands)
    {
        for (int o = 0; o < rig.Outputs.Length; o++)
            if (rig.Panel?.Drives(o) != true) Force(memory, o, rig.Outputs[o].Trip, ForcedByRig);
        if (memory.Rig.Fault) Array.Fill(commands, PhaseCommand.Abort);
    }

    private static void Force(TripMemory memory, int output, SafeValue value, int by)
    {
        if (memory.ForcedBy[output] != NotForced) return;
        memory.ForcedBy[output] = by;
        memory.Forced[output] = value;
    }

    private static string Standing(CauseMemory[] causes, TripDefinition row)
    {
        ulong standing = 0;
        for (int c = 0; c < causes.Length; c++)
            if (causes[c].True || causes[c].Active) standing |= 1UL << c;
        return TripStatus.Words(row, standing) + " still stands";
    }
}
