namespace Crm.Plant.Loops;

/// <summary>Mode of a loop, weakest claim on the output first (Fieldbus words, PID-06).</summary>
public enum LoopMode : byte
{
    /// <summary>OOS: taken out of service; its outputs are at 0.</summary>
    OutOfService,

    /// <summary>IMAN: nobody asks, or what it drives is in other hands; it follows, ready to take over without a bump.</summary>
    Initialising,

    /// <summary>LO: the tracking input holds the output.</summary>
    LocalOverride,

    /// <summary>MAN: a person holds the output.</summary>
    Manual,

    /// <summary>AUTO: a person's setpoint.</summary>
    Automatic,

    /// <summary>CAS: the setpoint of the loop above.</summary>
    Cascade,

    /// <summary>RCAS: the setpoint a unit's phase or state table demands; sheds to IMAN when the demand lapses.</summary>
    RemoteCascade,

    /// <summary>ROUT: a unit drives the outputs directly; only ever an actual mode.</summary>
    RemoteOutput,
}

/// <summary>What the actual mode is chosen from.</summary>
/// <param name="Target">What was asked for: OOS, MAN, AUTO, CAS or RCAS.</param>
/// <param name="Asked">A demand lives, the loop's own or that of the loop above.</param>
/// <param name="FromAbove">The demand that lives is that of the loop above.</param>
/// <param name="Usable">The process value can be controlled on.</param>
/// <param name="Tracks">The tracking input is on.</param>
/// <param name="Connected">At least one output follows this loop.</param>
/// <param name="Direct">All outputs carry a unit's direct demand.</param>
public readonly record struct LoopCircumstances(LoopMode Target, bool Asked, bool FromAbove, bool Usable, bool Tracks, bool Connected, bool Direct);

/// <summary>Target mode and circumstances to actual mode: the best that is permitted (PID-06). Target and actual are kept apart.</summary>
public static class LoopModes
{
    /// <summary>Modes a person may ask for.</summary>
    public static bool CanBeTarget(LoopMode mode) =>
        mode is LoopMode.OutOfService or LoopMode.Manual or LoopMode.Automatic or LoopMode.Cascade or LoopMode.RemoteCascade;

    public static LoopMode Actual(in LoopCircumstances now)
    {
        if (now.Target == LoopMode.OutOfService) return LoopMode.OutOfService;
        if (!now.Asked) return now.Direct ? LoopMode.RemoteOutput : LoopMode.Initialising;
        if (!now.Connected) return now.Direct ? LoopMode.RemoteOutput : LoopMode.Initialising;
        if (now.Tracks) return LoopMode.LocalOverride;
        if (now.Target == LoopMode.Manual || !now.Usable) return LoopMode.Manual;
        if (now.Target == LoopMode.Automatic) return LoopMode.Automatic;
        return now.FromAbove ? LoopMode.Cascade : LoopMode.RemoteCascade;
    }

    /// <summary>The loop's own algorithm makes the output.</summary>
    public static bool Computes(LoopMode mode) => mode is LoopMode.Automatic or LoopMode.Cascade or LoopMode.RemoteCascade;

    /// <summary>The target mode of a loop that no person has touched: CAS below another loop, else RCAS.</summary>
    public static LoopMode Usual(IReadOnlyList<LoopDefinition> loops, LoopDefinition loop) =>
        loop.IsSetBy(loops) ? LoopMode.Cascade : LoopMode.RemoteCascade;

    public static string Word(LoopMode mode) => mode switch
    {
        LoopMode.OutOfService => "OOS",
        LoopMode.Initialising => "IMAN",
        LoopMode.LocalOverride => "LO",
        LoopMode.Manual => "MAN",
        LoopMode.Automatic => "AUTO",
        LoopMode.Cascade => "CAS",
        LoopMode.RemoteCascade => "RCAS",
        _ => "ROUT",
    };
}
