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

/// <summary>Sets something aside for a time, with a reason; it ends by itself.</summary>
public sealed record SetAside : CommandRequest
{
    public required double Minutes { get; init; }
}

/// <summary>Which day it is.</summary>
public sealed record CalendarDay : CommandRequest
{
    /// <summary>yyyy-MM-dd.</summary>
    public required string Day { get; init; }
}

/// <summary>Switches a part of a loop on or off.</summary>
public sealed record SwitchTo : CommandRequest
{
    public required bool On { get; init; }
}

/// <summary>A tuning a person brings, in ISA standard form; it waits until a person applies it.</summary>
public sealed record ProposedTuning : CommandRequest
{
    /// <summary>Kc, percent of controller output per unit of the process value; positive is reverse action.</summary>
    public required double Gain { get; init; }

    /// <summary>Ti, s; 0: no integral action.</summary>
    public required double IntegralTime { get; init; }

    /// <summary>Td, s; 0: no derivative action.</summary>
    public double DerivativeTime { get; init; }

    /// <summary>b, 0 to 1; null keeps the one in use, as for those that follow.</summary>
    public double? SetpointWeight { get; init; }

    /// <summary>c, 0 to 1.</summary>
    public double? DerivativeWeight { get; init; }

    /// <summary>N, 2 to 30.</summary>
    public double? DerivativeFilter { get; init; }

    /// <summary>s.</summary>
    public double? FilterTime { get; init; }
}

/// <summary>A model of the process that a step test gave; the tuning that SIMC makes of it waits until a person applies it.</summary>
public sealed record SimcModel : CommandRequest
{
    /// <summary>Units of the process value per percent of controller output; of an integrating process per percent and second.</summary>
    public required double Gain { get; init; }

    /// <summary>s; null: the process integrates.</summary>
    public double? Lag { get; init; }

    /// <summary>s; 0: none. Gives derivative action.</summary>
    public double SecondLag { get; init; }

    /// <summary>s.</summary>
    public required double Delay { get; init; }

    /// <summary>Wanted time constant of the closed loop, s; null: the delay, which is tight.</summary>
    public double? ClosedLoop { get; init; }
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

    /// <summary>Formula values other than the file's, each with its unit: <c>"portion": "0.75 kg"</c>.</summary>
    public IReadOnlyDictionary<string, string>? Formula { get; init; }
}

/// <summary>Puts the batches of a campaign beside those there are; none begins before the campaign is started.</summary>
public sealed record NewCampaign : CommandRequest
{
    /// <summary>File of the campaign, as <c>campaign-files</c> lists it.</summary>
    public required string Campaign { get; init; }
}

/// <summary>Other values for adjustable parameters of the running batch, with the reason; another person reviews them.</summary>
public sealed record ProposeValues : CommandRequest
{
    /// <summary>Value with unit, by parameter.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }
}

/// <summary>Other steps for what the running batch has not begun, with the reason; another person reviews them. Values may go with them.</summary>
public sealed record ProposeSteps : CommandRequest
{
    /// <summary>The whole recipe file as it shall be.</summary>
    public required string Text { get; init; }

    /// <summary>Other values for adjustable parameters, each with its unit, by parameter.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }
}

/// <summary>Takes the proposed change of the batch as a whole, or turns it down with a reason.</summary>
public sealed record RevisionReview : CommandRequest
{
    public required bool Accept { get; init; }
}
