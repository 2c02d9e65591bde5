using System.Numerics;

namespace Crm.Plant.Protection;

/// <summary>Effect states of a cause-and-effect block (SAF-03).</summary>
public enum TripPhase : byte
{
    Normal,

    /// <summary>Trip initiated: a cause is true, its delay is running.</summary>
    Delaying,

    /// <summary>Tripped and at least one cause is still true.</summary>
    Tripped,

    /// <summary>Tripped and latched, all causes clear, but the reset permit is not true.</summary>
    WaitingForPermit,

    /// <summary>Tripped and latched, all causes clear: waits for a person's reset.</summary>
    ReadyToReset,
}

/// <summary>State of one row of the cause-and-effect matrix.</summary>
/// <param name="FirstOut">Bit per cause: those active in the scan that tripped (SAF-06). Kept until the next trip or until it is cleared. Zero: tripped since start-up, no cause seen yet (SAF-04).</param>
/// <param name="Active">Bit per cause: those true now, delay over.</param>
/// <param name="Since">Plant time at which the row tripped.</param>
public readonly record struct TripStatus(TripPhase Phase, ulong FirstOut, ulong Active, TimeSpan Since)
{
    public bool IsTripped => Phase >= TripPhase.Tripped;

    /// <summary>The first-out causes in words.</summary>
    public string FirstOutText(TripDefinition trip) => FirstOut == 0 ? "start-up" : Words(trip, FirstOut);

    /// <summary>The causes that stand against a reset, in words.</summary>
    public string ActiveText(TripDefinition trip) => Words(trip, Active);

    internal static string Words(TripDefinition trip, ulong causes)
    {
        var words = new List<string>();
        for (ulong left = causes; left != 0; left &= left - 1) words.Add(trip.Causes[BitOperations.TrailingZeroCount(left)].Text);
        return string.Join(" and ", words);
    }
}

/// <summary>The trip of the whole rig: every output at its own trip value, latched, from start-up (SAF-04) and after a fault of the scan itself (SAF-31).</summary>
/// <param name="Fault">True when the scan failed; false for start-up.</param>
public readonly record struct RigTripStatus(bool IsTripped, bool Fault, string Why, TimeSpan Since);
