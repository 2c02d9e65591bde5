using System.Collections.Immutable;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations.Running;

/// <summary>What a unit goes on asking for although no phase mentions it, and what it asks for in the states that the table rules.</summary>
internal static class StandingDemands
{
    /// <summary>L below which a vessel is empty: neither heated nor stirred between phases.</summary>
    private const double EmptyVessel = 1;

    /// <summary>Share of the working volume below which a setpoint that only stands is dropped: the jacket is no longer covered.</summary>
    private const double CoveredShare = 0.25;

    /// <summary>Setpoints and agitator speeds among a phase's demands, laid over those that stood before.</summary>
    public static ImmutableArray<Demand> Over(ImmutableArray<Demand> before, List<Demand> made, int first, RigDefinition rig)
    {
        ImmutableArray<Demand> standing = before;
        for (int i = first; i < made.Count; i++)
        {
            Demand demand = made[i];
            bool stands = demand.IsLoop ? !Feeds(rig, demand.Target) : rig.Outputs[demand.Target].Role == OutputRole.Agitate;
            if (demand.Keep || !stands) continue;
            int known = Find(standing, demand);
            if (known < 0) standing = standing.Add(demand);
            else if (standing[known].Value != demand.Value) standing = standing.SetItem(known, demand);
        }

        return standing;
    }

    /// <summary>A loop that doses: what it asks for ends with the phase, as every feed does.</summary>
    private static bool Feeds(RigDefinition rig, int loop)
    {
        foreach (SplitLeg leg in LoopTree.Legs(rig.Loops, loop))
            if (rig.Outputs[leg.Output].Role is OutputRole.Feed or OutputRole.Transfer or OutputRole.Gas) return true;
        return false;
    }

    /// <summary>
    /// The agitator of a unit whose controller was away: the speed that the interrupted phase asks for, otherwise that of the last picture.
    /// Without it RESTART has nothing to bring back, and goes on at the speed of the jog.
    /// </summary>
    /// <param name="energised">Outputs of the last picture of the record.</param>
    public static ImmutableArray<Demand> Recalled(PhaseRun run, IReadOnlyDictionary<int, double> energised, RigDefinition rig)
    {
        ImmutableArray<Demand> standing = run.Standing;
        foreach (StateRow row in run.Unit.States.Rows)
        {
            if (rig.Outputs[row.Output].Role != OutputRole.Agitate) continue;
            string parameter = run.Operation is { } operation ? Surroundings.SpeedParameter(operation.Description) : "";
            double speed = run.Arguments.TryGetValue(parameter, out Argument asked) ? asked.Number : energised.GetValueOrDefault(row.Output);
            if (speed > 0) standing = standing.Add(Demand.Output(row.Output, speed, 0));
        }

        return standing;
    }

    /// <summary>Setpoints that the unit's loops had when its controller was lost stand again, in the order of the loops.</summary>
    public static ImmutableArray<Demand> WithSetpoints(ImmutableArray<Demand> standing, UnitDefinition unit, IReadOnlyDictionary<int, double> setpoints, RigDefinition rig)
    {
        foreach (LoopDefinition loop in rig.Loops)
            if (!Feeds(rig, loop.Ordinal) && loop.Name.StartsWith(unit.Name + ".", StringComparison.Ordinal) && setpoints.TryGetValue(loop.Ordinal, out double setpoint) && Find(standing, Demand.Loop(loop.Ordinal, 0, 0)) < 0)
                standing = standing.Add(Demand.Loop(loop.Ordinal, setpoint, 0));
        return standing;
    }

    /// <summary>Adds what stands and was not demanded since <paramref name="first"/>; a keep gives way to what stands.</summary>
    public static void Add(ImmutableArray<Demand> standing, List<Demand> demands, int first, long scan)
    {
        foreach (Demand stands in standing)
        {
            int kept = -1;
            bool demanded = false;
            for (int i = first; i < demands.Count; i++)
            {
                if (demands[i].Target != stands.Target || demands[i].IsLoop != stands.IsLoop) continue;
                if (demands[i].Keep) kept = i;
                else demanded = true;
            }

            if (demanded) continue;
            Demand renewed = stands with { AnswersScan = scan };
            if (kept >= 0) demands[kept] = renewed;
            else demands.Add(renewed);
        }
    }

    /// <summary>Feeds, transfers and gas of the unit to nothing.</summary>
    public static void FeedsOff(UnitDefinition unit, RigDefinition rig, List<Demand> demands, long scan)
    {
        foreach (StateRow row in unit.States.Rows)
            if (rig.Outputs[row.Output].Role is OutputRole.Feed or OutputRole.Transfer or OutputRole.Gas)
                demands.Add(Demand.Output(row.Output, 0, scan));
    }

    /// <summary>The unit's row of the phase-state table for a state.</summary>
    /// <param name="run">With the time that the column has ruled and the setpoints that cells without one keep.</param>
    public static void Table(PhaseRun run, PhaseState state, List<Demand> demands, long scan)
    {
        int column = PhaseStateTable.Column(state);
        bool atOnce = state is PhaseState.Holding or PhaseState.Stopping or PhaseState.Aborting;
        int first = demands.Count;
        foreach (StateRow row in run.Unit.States.Rows)
        {
            Demand demand = OfCell(row.Output, row.Cells[column], run, scan) with { AtOnce = atOnce };
            if (state == PhaseState.Restarting && demand.Keep) demand = AsItStood(demand, run.Standing);
            if (!demand.IsLoop || !Contains(demands, first, demand)) demands.Add(demand);
        }
    }

    /// <summary>Every output that a state's column ramps is at its value, or is no longer driven by its demand.</summary>
    public static bool RampsAreOver(UnitDefinition unit, PhaseState state, ReadOnlySpan<double> driven, ImmutableArray<OutputStatus> outputs)
    {
        int column = PhaseStateTable.Column(state);
        foreach (StateRow row in unit.States.Rows)
        {
            StateCell cell = row.Cells[column];
            if (!cell.IsRamp || row.Output >= driven.Length) continue;
            bool follows = outputs.IsDefault || outputs[row.Output].Source == OutputSource.Demand;
            if (follows && driven[row.Output] != cell.Value.Value) return false;
        }

        return true;
    }

    /// <summary>No cell of a state's column has yet to come to its second value.</summary>
    public static bool TimesAreOver(UnitDefinition unit, PhaseState state, TimeSpan inState)
    {
        int column = PhaseStateTable.Column(state);
        foreach (StateRow row in unit.States.Rows)
            if (row.Cells[column].IsTimed && inState < row.Cells[column].For) return false;
        return true;
    }

    /// <summary>
    /// What the loops of cells without a setpoint keep: the working setpoint they had come to, also on the way to another; what stands; without
    /// either what is measured now, for a vessel that nobody heated is not heated while held.
    /// </summary>
    public static ImmutableArray<Demand> CameTo(PhaseRun run, in RunnerInputs inputs)
    {
        if (inputs.Loops.IsDefault) return [];
        ImmutableArray<Demand> kept = [];
        foreach (StateRow row in run.Unit.States.Rows)
        {
            StateCell cell = row.Cells[PhaseStateTable.Column(PhaseState.Held)];
            if (!cell.IsLoop || !double.IsNaN(cell.Setpoint) || Find(kept, Demand.Loop(cell.Loop, 0, 0)) >= 0) continue;
            LoopStatus loop = inputs.Loops[cell.Loop];
            int stands = Find(run.Standing, Demand.Loop(cell.Loop, 0, 0));
            Reading now = inputs.Rig.Loops[cell.Loop].Measured(inputs.Image);
            if (loop.Running) kept = kept.Add(Demand.Loop(cell.Loop, loop.Setpoint, 0));
            else if (stands < 0 && !now.IsBad) kept = kept.Add(Demand.Loop(cell.Loop, now.Value, 0));
        }

        return kept;
    }

    /// <summary>What still stands with the level as it is: no setpoint on a nearly empty vessel, unless the running phase itself asks for one.</summary>
    public static ImmutableArray<Demand> Covered(ImmutableArray<Demand> standing, UnitDefinition unit, RigDefinition rig, Image image)
    {
        int tag = rig.Tag(unit.Name, "level");
        if (standing.IsEmpty || tag < 0 || unit.WorkingVolume is not double volume) return standing;
        bool low = !image[tag].IsBad && image[tag].Value < CoveredShare * volume;
        return low ? standing.RemoveAll(d => d.IsLoop) : standing;
    }

    public static bool IsEmptyVessel(UnitDefinition unit, RigDefinition rig, Image image)
    {
        int tag = rig.Tag(unit.Name, "level");
        return tag >= 0 && !image[tag].IsBad && image[tag].Value < EmptyVessel;
    }

    /// <summary>Speed that a state's table or the standing demands ask of the unit's agitator; 0 when none.</summary>
    public static double AgitatorSpeed(UnitDefinition unit, PhaseState state, ImmutableArray<Demand> standing, RigDefinition rig)
    {
        foreach (StateRow row in unit.States.Rows)
        {
            if (rig.Outputs[row.Output].Role != OutputRole.Agitate) continue;
            StateCell cell = row.Cells[PhaseStateTable.Column(state)];
            int stands = Find(standing, Demand.Output(row.Output, 0, 0));
            return !cell.Value.Keep ? cell.Value.Value : stands >= 0 ? standing[stands].Value : 0;
        }

        return 0;
    }

    /// <summary>"Keep" while restarting is the speed of before the hold: the agitator comes back first.</summary>
    private static Demand AsItStood(Demand kept, ImmutableArray<Demand> standing)
    {
        int stands = Find(standing, kept);
        return stands < 0 ? kept : standing[stands] with { AnswersScan = kept.AnswersScan };
    }

    private static Demand OfCell(int output, in StateCell cell, PhaseRun run, long scan)
    {
        SafeValue value = cell.At(run.InColumn);
        if (!cell.IsLoop) return value.Keep ? Demand.KeepOutput(output, scan) : Demand.Output(output, value.Value, scan) with { PerSecond = cell.PerSecond };
        Demand loop = Demand.Loop(cell.Loop, cell.Setpoint, scan);
        return double.IsNaN(cell.Setpoint) ? loop with { Value = Kept(loop, cell.AtMost, run) } : loop;
    }

    private static double Kept(Demand loop, double atMost, PhaseRun run)
    {
        int cameTo = Find(run.CameTo, loop), stands = Find(run.Standing, loop);
        double kept = cameTo >= 0 ? run.CameTo[cameTo].Value : stands >= 0 ? run.Standing[stands].Value : double.NaN;
        return kept > atMost ? atMost : kept;
    }

    private static int Find(ImmutableArray<Demand> standing, Demand demand)
    {
        for (int i = 0; i < standing.Length; i++)
            if (standing[i].Target == demand.Target && standing[i].IsLoop == demand.IsLoop) return i;
        return -1;
    }

    private static bool Contains(List<Demand> demands, int first, Demand demand)
    {
        for (int i = first; i < demands.Count; i++)
            if (demands[i].Target == demand.Target && demands[i].IsLoop == demand.IsLoop) return true;
        return false;
    }
}
