using System.Collections.Immutable;
using Crm.Plant.Scan;

namespace Crm.Plant.Permissions;

/// <summary>Acts that set protection or alarms aside, or change how the rig controls: not for everybody who may command.</summary>
public enum GuardedAct : byte
{
    Shelve,
    OutOfService,
    Bypass,
    StartUpOverride,
    Force,
    Substitute,
    ProofTest,
    Tune,
    AcceptProtection,
    Commission,
    AcceptMaterial,
}

/// <summary>
/// Who may do what, as the rig file declares it (<c>permissions</c>). To end a bypass, a force or a shelving is nobody's privilege:
/// towards as built everybody may go.
/// </summary>
/// <param name="Roles">By <see cref="GuardedAct"/>.</param>
public sealed record PermissionTable(ImmutableArray<PersonRole> Roles)
{
    /// <summary>What holds for an act that a rig file does not mention.</summary>
    public static readonly PermissionTable Usual = new(
    [
        PersonRole.Operator | PersonRole.Technician | PersonRole.Engineer,
        PersonRole.Maintenance,
        PersonRole.Engineer | PersonRole.Maintenance,
        PersonRole.Operator | PersonRole.Technician | PersonRole.Engineer,
        PersonRole.Engineer | PersonRole.Maintenance,
        PersonRole.Engineer | PersonRole.Maintenance,
        PersonRole.Engineer | PersonRole.Maintenance,
        PersonRole.Technician | PersonRole.Engineer,
        PersonRole.Engineer,
        PersonRole.Engineer | PersonRole.Maintenance,
        PersonRole.Engineer | PersonRole.Researcher,
    ]);

    public static readonly ImmutableArray<GuardedAct> Acts = [.. Enum.GetValues<GuardedAct>()];

    /// <summary>As in rig files: <c>out_of_service</c>.</summary>
    public static string Key(GuardedAct act) => act switch
    {
        GuardedAct.OutOfService => "out_of_service",
        GuardedAct.StartUpOverride => "start_up_override",
        GuardedAct.ProofTest => "proof_test",
        GuardedAct.AcceptProtection => "accept_protection",
        GuardedAct.AcceptMaterial => "accept_material",
        _ => act.ToString().ToLowerInvariant(),
    };

    public PersonRole Of(GuardedAct act) => Roles[(int)act];

    /// <returns>Null when the person may, else who may, in words.</returns>
    public string? WhyNot(in ScanCommand command) => ActOf(command.Kind) is { } act ? WhyNot(act, command.Roles, command.By) : null;

    /// <inheritdoc cref="WhyNot(in ScanCommand)"/>
    public string? WhyNot(GuardedAct act, PersonRole roles, string by)
    {
        if ((roles & Of(act)) != 0) return null;
        string who = roles == PersonRole.None ? "has no role that the rig knows" : $"is {PersonRoles.Words(roles)}";
        return $"{Words(act)} is for {PersonRoles.Words(Of(act))}; {(by.Length > 0 ? by : "who asks")} {who}";
    }

    /// <summary>What a command to the scan is guarded as; null: whoever may command may give it.</summary>
    public static GuardedAct? ActOf(ScanCommandKind kind) => kind switch
    {
        ScanCommandKind.ShelveAlarm => GuardedAct.Shelve,
        ScanCommandKind.TakeAlarmOutOfService or ScanCommandKind.ReturnAlarmToService => GuardedAct.OutOfService,
        ScanCommandKind.Bypass or ScanCommandKind.SetHardWiredAside => GuardedAct.Bypass,
        ScanCommandKind.StartUpOverride => GuardedAct.StartUpOverride,
        ScanCommandKind.ForceOutput => GuardedAct.Force,
        ScanCommandKind.SubstituteTag => GuardedAct.Substitute,
        ScanCommandKind.ProofTested => GuardedAct.ProofTest,
        ScanCommandKind.StartAutotune or ScanCommandKind.ProposeTuning or ScanCommandKind.ApplyTuning or ScanCommandKind.RestoreTuning => GuardedAct.Tune,
        ScanCommandKind.AcceptProtection => GuardedAct.AcceptProtection,
        ScanCommandKind.TickHardWired => GuardedAct.Commission,
        _ => null,
    };

    public static string Words(GuardedAct act) => act switch
    {
        GuardedAct.Shelve => "shelving an alarm",
        GuardedAct.OutOfService => "taking an alarm out of service or returning it",
        GuardedAct.Bypass => "a bypass",
        GuardedAct.StartUpOverride => "a start-up override",
        GuardedAct.Force => "forcing an output",
        GuardedAct.Substitute => "giving a tag a value by hand",
        GuardedAct.ProofTest => "recording a proof test",
        GuardedAct.Tune => "tuning a loop",
        GuardedAct.Commission => "ticking a hard-wired protection",
        GuardedAct.AcceptMaterial => "accepting refused material",
        _ => "accepting a change of the protection",
    };
}
