using Crm.Plant.Phases;

namespace Crm.Control;

/// <summary>Which commands are taken while nothing can be put on record (REL-06): those towards safe, those that give back what somebody had set aside, and those that change nothing.</summary>
internal static class Unrecorded
{
    public static bool MayGo(OperatorCommand command) => command switch
    {
        // START and RESTART try the record once more before they are judged by it.
        CommandBatch => true,
        CommandPhase phase => IsTowardsSafe(phase.Command) || phase.Command == PhaseCommand.Pause,
        CommandCampaign campaign => IsTowardsSafe(campaign.Command),
        FinishPhase or WithdrawBatch => true,
        ReturnManual or EndForce or EndSubstitute or EndBypass or EndHardWiredAside => true,
        AlarmCommand alarm => alarm is AcknowledgeAlarm or UnshelveAlarm or ReturnAlarmToService,
        ConfirmPresence or SilenceHorn or SetDay => true,
        _ => false,
    };

    public static string Because(string fault) => $"the record cannot be written: {fault}; make room on the disk of the record, or mend it. HOLD, STOP and ABORT act all the same";

    private static bool IsTowardsSafe(PhaseCommand command) => command is PhaseCommand.Hold or PhaseCommand.Stop or PhaseCommand.Abort;
}
