namespace Crm.Contracts;

/// <summary>Mode of the batch or of one unit; moves no output by itself.</summary>
public sealed record ModeChoice : CommandRequest
{
    /// <summary>automatic, semi_automatic or manual; of a loop OOS, MAN, AUTO, CAS or RCAS.</summary>
    public required string Mode { get; init; }
}

/// <summary>A step that waits for a person: confirmed in semi-automatic mode, picked with a reason in manual mode.</summary>
public sealed record StepName : CommandRequest
{
    public required string Step { get; init; }
}

/// <summary>A number a person sets; refused when the picture was old.</summary>
public sealed record SetNumber : CommandRequest
{
    /// <summary>Setpoint in the unit of the process value, or percent of controller output.</summary>
    public required double Value { get; init; }

    /// <summary><see cref="FrameMessage.At"/> of the frame the person was looking at.</summary>
    public required DateTimeOffset SeenAt { get; init; }
}

/// <summary>Holds an output or a tag at a value for a time, with a reason; it ends by itself.</summary>
public sealed record TimedValue : CommandRequest
{
    public required double Value { get; init; }

    public required double Minutes { get; init; }

    public required DateTimeOffset SeenAt { get; init; }
}

/// <summary>Sets one cause of a row of class process aside for a time, with a reason (SAF-13).</summary>
public sealed record Bypass : CommandRequest
{
    /// <summary>Number of the cause as the matrix lists it, from 1; 0 for the whole row.</summary>
    public int Cause { get; init; }

    /// <summary>Number of the voter's channel, from 1; 0 for the whole cause.</summary>
    public int Channel { get; init; }

    public required double Minutes { get; init; }
}

/// <summary>A change of the protection is taken over by name: the person enters the password again as a signature (SAF-32).</summary>
public sealed record SignedOff : CommandRequest
{
    public string Password { get; init; } = "";
}

/// <summary>Puts a further batch beside those there are: IDLE until its START.</summary>
public sealed record NewBatch : CommandRequest
{
    /// <summary>File of the recipe, as <c>recipes</c> lists it.</summary>
    public required string Recipe { get; init; }
}
