using Crm.Plant.Phases;

namespace Crm.Control;

/// <summary>Which commands are taken while nothing can be put on record (REL-06): those towards safe, those that give back what somebody had set aside, and those that change nothing.</summary>
internal static class Unrecorded
{
    public static bool MayGo(OperatorCommand command) => command switch
    {
        CommandBatch batch => IsTowardsSafe(batch.Command),
        CommandPhase phase => IsTowardsSafe(phase.Command) || phase.Command == PhaseCommand.Pause,
        CommandCampaign campaign => IsTowardsSafe(campaign.Command),
        FinishPhase or WithdrawBatch => true,
        ReturnManual or EndForce or EndSubstitute or EndBypass or EndHardWiredAside => true,
        AlarmCommand alarm => alarm is AcknowledgeAlarm or ReturnAlarm,
        ConfirmPresence or SilenceHorn or SetDay => true,
        _ => false,
    };

    private static bool IsTowardsSafe(PhaseCommand command) => command is PhaseCommand.Hold or PhaseCommand.Stop or PhaseCommand.Abort;
}
