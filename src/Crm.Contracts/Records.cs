namespace Crm.Contracts;

/// <summary>A batch as the record of the rig has it, of this controller or one before.</summary>
/// <param name="Key">By which it is asked for: number of the entry its controller begins with, and its name.</param>
/// <param name="Recipe">Title and version; empty when no file at hand is the one it ran on.</param>
/// <param name="Began">UTC; empty where the journal has no stamps.</param>
/// <param name="Hours">Plant time from its first to its last entry.</param>
/// <param name="Report">Whether its report can be made: its recipe is known.</param>
public sealed record RecordedBatchSeen(string Key, string Batch, string Recipe, string Began, string Ended, string State, double Hours, bool Current, bool Report);

/// <summary>What measurements say of a batch so far: the figures of its report.</summary>
/// <param name="Recovery">Fraction of the main element in the product; null while there is none.</param>
/// <param name="ProductMass">kg.</param>
/// <param name="Doubts">What is uncertain or missing.</param>
public sealed record BatchFigures(
    string Key, string Batch, string Recipe, string State, double At, string MainElement, Quantity? Recovery, Quantity? ProductMass, string Specification, bool InSpecification, bool Closed,
    IReadOnlyList<LimitFound> Limits, IReadOnlyList<SampleFound> Samples, WaterFound Water, IReadOnlyList<string> Doubts, Prediction Prediction)
{
    /// <summary>The batch runs: its water is what the meters have counted so far, and what stands in vessels, filters and cakes is not accounted for yet.</summary>
    public bool WaterSoFar { get; init; }
}

/// <summary>A limit of the specification and what is known of it.</summary>
/// <param name="Found">Of the product lots, in the unit of the limit, with its expanded uncertainty (k = 2); null before there are any.</param>
/// <param name="Verdict">Pass, Uncertain, Fail or NotMeasured.</param>
/// <param name="Course">What the samples say was still with the main element, in the unit of the limit.</param>
public sealed record LimitFound(string Analyte, string Unit, double? Least, double? Most, Quantity? Found, string Verdict, bool Within, IReadOnlyList<CourseFound> Course, LimitPredicted Predicted);

/// <summary>What the twin's product holds, by the twin's laboratory, beside what was measured. Never a measurement.</summary>
/// <param name="Value">In the unit of the limit, with its expanded uncertainty (k = 2); null where there is no prediction, or the twin's product was not analysed for it.</param>
/// <param name="Verdict">Of the prediction against the limit.</param>
/// <param name="Against">What was measured against it: <c>within</c> the expanded uncertainty of both, <c>above</c>, <c>below</c>; empty while one of them is not known.</param>
/// <param name="Factor">Measured over predicted; null while one of them is not known, or nothing.</param>
public sealed record LimitPredicted(Quantity? Value, string Verdict, bool Within, string Against, double? Factor);

/// <summary>What the rig's twin makes of the batch's own recipe and formula values.</summary>
/// <param name="State">Of the last run: none, running, done, failed or stopped.</param>
/// <param name="Text">How that run ended, in words.</param>
/// <param name="Run">Number of that run among the dry runs; 0 when there is none to stop.</param>
/// <param name="At">When the prediction that is shown was made, yyyy-MM-dd HH:mm UTC; empty while there is none.</param>
/// <param name="From">What the twin began with: <c>empty</c>, a plant at its very start.</param>
/// <param name="Recipe">Title and version of the recipe it ran.</param>
/// <param name="Values">Formula values it ran with, each with its unit.</param>
/// <param name="Present">The batch still runs on that recipe with those values.</param>
/// <param name="Outcome">How the twin's batch ended, in words.</param>
/// <param name="Product">kg that the twin made.</param>
public sealed record Prediction(
    string State, string Text, int Run, string At, string By, string From, string Recipe, IReadOnlyList<string> Values, bool Present, string Outcome, bool InSpecification, Quantity? Product);

/// <summary>Has the twin predict a batch.</summary>
public sealed record NewPrediction : CommandRequest;

/// <param name="AtMost">What the product would hold if nothing more of it were taken out after this sample.</param>
public sealed record CourseFound(string Sample, string Place, double At, Quantity AtMost);

/// <param name="Fractions">kg/kg with expanded uncertainty (k = 2).</param>
public sealed record SampleFound(string Sample, string Place, double At, string By, IReadOnlyDictionary<string, Quantity> Fractions);

/// <summary>Water of the batch, L; null is not measured yet.</summary>
/// <param name="ClosureError">Fraction of what came in.</param>
public sealed record WaterFound(
    double? Fresh, double InFeed, double? Opening, double? Returned, double InWetSolids, double? Crystal, double? Evaporation, double? Discharge, double InLiquorLots, double? HoldupChange,
    double? RecycleRate, double? RecycledOverWithdrawal, double? SpecificFreshWater, double? Unaccounted, double? UnaccountedUncertainty, double? ClosureError, double? ClosureUncertainty);

/// <summary>An entry of the record.</summary>
/// <param name="Stamp">UTC; empty where the journal has none.</param>
/// <param name="At">Plant time, s.</param>
/// <param name="Hash">Of the chain, first twelve digits.</param>
public sealed record AuditSeen(long Sequence, string Stamp, double At, string Kind, string Batch, string Subject, string Text, string By, string Hash);

/// <param name="Whole">What walking the chain found.</param>
/// <param name="Problem">Empty when it is whole.</param>
public sealed record RecordProof(bool Whole, long Entries, string Head, string Problem);
