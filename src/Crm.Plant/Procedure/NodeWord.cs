namespace Crm.Plant.Procedure;

/// <summary>What a step of a procedure is, in the word that events carry as <c>node</c>.</summary>
public static class NodeWord
{
    public static string Of(ProcedureNode node) => node switch
    {
        SequenceNode => "sequence",
        ParallelNode => "parallel",
        UnitProcedureNode => "unit",
        OperationNode => "operation",
        PhaseNode => "phase",
        PromptNode => "prompt",
        SampleNode => "sample",
        GateNode => "gate",
        WaitNode => "wait",
        AlternativeNode => "alternative",
        RepeatNode => "repeat",
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "no such kind of step"),
    };

    /// <summary>Whether a step of this kind only contains others.</summary>
    public static bool IsGroup(string word) => word is "sequence" or "parallel" or "unit" or "operation" or "alternative" or "repeat";
}
