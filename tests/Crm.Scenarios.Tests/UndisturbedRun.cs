namespace Crm.Scenarios.Tests;

/// <summary>One undisturbed batch of a recipe on its rig's twin, forked when each of the named steps has been on for some minutes: what faults are tried on.</summary>
/// <param name="minutes">By step: how long it has been on when it is forked.</param>
public abstract class UndisturbedRun(string rig, string recipe, Dictionary<string, double> minutes, TimeSpan longest)
{
    private readonly RunMoments moments = new(new PilotRun(PilotFiles.Load(rig, recipe), 3), minutes, longest);

    internal PilotRun At(string moment) => moments.At(moment);

    /// <summary>The fault is named in the record, alarmed, and the row of HELD of the unit stands at the pins.</summary>
    /// <returns>The fork it was tried on.</returns>
    internal PilotRun Meets(string moment, string fault, string words, string alarm, string unit, int minutes)
    {
        PilotRun plant = At(moment).Fork();
        FaultMeets.IsNamedAlarmedAndHeld(plant, fault, words, alarm, unit, TimeSpan.FromMinutes(minutes), p => p.IsHeld(unit) || p.AtRest);
        return plant;
    }
}
