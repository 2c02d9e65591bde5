using System.Collections.Immutable;
using Crm.Plant.Lots;
using Crm.Plant.Materials;
using Crm.Plant.Permissions;
using Crm.Plant.Phases;

namespace Crm.Plant.Procedure;

/// <summary>What a unit says of its phase, whenever its state changes.</summary>
/// <param name="Step">Path of the step, <c>leach/dose-acid</c>.</param>
/// <param name="Reason">Why it is in this state, in words; the reason of a hold is never empty.</param>
public sealed record PhaseReport(string Step, string Unit, PhaseState State, string Reason)
{
    /// <summary>Output that a person took from the phase, by ordinal; -1 for none.</summary>
    public int LostOutput { get; init; } = -1;
}

/// <summary>A person's answer to a prompt.</summary>
/// <param name="Mass">kg as weighed; needed by everything but plain confirmations.</param>
/// <param name="Lot">Identity on the bag or label; null takes the recipe's name for it.</param>
public sealed record PromptAnswer(string Prompt, string By, Measured? Mass = null, string? Lot = null, Assay? Assay = null, string Note = "")
{
    /// <summary>What becomes of a refused charge; with a weighing only <see cref="ChargeChoice.Accept"/> means anything.</summary>
    public ChargeChoice? Choice { get; init; }

    /// <summary>In what roles the person signed in: stated by whoever authenticated the person.</summary>
    public PersonRole Roles { get; init; }
}

/// <summary>What a person can say to a refused charge.</summary>
public enum ChargeChoice : byte
{
    /// <summary>The lot named is drawn from instead.</summary>
    AnotherLot,

    /// <summary>The lot named makes up what is missing.</summary>
    TopUp,

    /// <summary>It goes in as it is: with a reason, by a person who may answer for it.</summary>
    Accept,

    /// <summary>What was wrong has been put right: emptied, cleaned, delivered.</summary>
    TryAgain,

    /// <summary>The batch is aborted.</summary>
    Abort,
}

/// <summary>What a charge goes by after a person's choices.</summary>
/// <param name="Attempts">How often it has been refused.</param>
internal sealed record ChargeTerms(ImmutableArray<string> Lots, ImmutableArray<Acceptance> Accepted, int Attempts)
{
    public static readonly ChargeTerms None = new([], [], 0);
}

/// <summary>A charge that was refused and waits for a person.</summary>
public sealed record RefusedCharge(ChargeOffer Offer, string Material, string Place, TimeSpan Since, int Attempt);

/// <summary>Results of one sample: mass fractions (kg/kg) by analyte; <c>density</c> in kg/L may be among them.</summary>
public sealed record LabReport(string Sample, string By, Assay Results);

/// <summary>Whether a command was taken, and if not, why, in words a person can act on.</summary>
public readonly record struct CommandVerdict(bool Accepted, string Reason)
{
    public static readonly CommandVerdict Ok = new(true, "");

    public static CommandVerdict Refused(string reason) => new(false, reason);
}
