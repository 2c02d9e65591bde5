namespace Crm.Contracts;

/// <summary>Every command carries an id of the caller's making; a repeat under the same id is harmless.</summary>
public abstract record CommandRequest
{
    public required string Id { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>Batch it is meant for; empty: the current one, or for a unit the one that has it.</summary>
    public string Batch { get; init; } = "";

    /// <summary>Only asks what stands against it: nothing is done, nothing goes on record, and the answer is a <see cref="WhyNot"/>.</summary>
    public bool Ask { get; init; }
}

/// <summary>A command that needs nothing but its path.</summary>
public sealed record PlainCommand : CommandRequest;

public sealed record SetManual : CommandRequest
{
    /// <summary>In the output's unit.</summary>
    public required double Value { get; init; }

    /// <summary><see cref="FrameMessage.At"/> of the frame the person was looking at: a value set on an old picture is refused.</summary>
    public required DateTimeOffset SeenAt { get; init; }
}

public sealed record Acknowledge : CommandRequest
{
    public required string Alarm { get; init; }

    public required long Occurrence { get; init; }
}

public sealed record AlarmName : CommandRequest
{
    public required string Alarm { get; init; }
}

/// <summary>Needs a reason; how long at most is the priority's rule.</summary>
public sealed record Shelve : CommandRequest
{
    public required string Alarm { get; init; }

    public required double Minutes { get; init; }

    /// <summary>Ends with the return of the condition if that is earlier.</summary>
    public bool OneShot { get; init; }
}

/// <summary>Needs a reason and the reference of a work order; never ends by itself.</summary>
public sealed record OutOfService : CommandRequest
{
    public required string Alarm { get; init; }

    public required string Reference { get; init; }
}

public sealed record ResetTrips : CommandRequest
{
    /// <summary>Null resets every trip whose causes are clear.</summary>
    public string? Trip { get; init; }
}

public sealed record Answer : CommandRequest
{
    public required string Prompt { get; init; }

    /// <summary>kg.</summary>
    public double? Mass { get; init; }

    public string? Lot { get; init; }

    /// <summary>Mass fractions by analyte, kg/kg.</summary>
    public IReadOnlyDictionary<string, Quantity>? Assay { get; init; }

    public string Note { get; init; } = "";

    /// <summary>What becomes of a refused charge: another_lot, top_up (both name the lot), try_again, accept, abort; null otherwise.</summary>
    public string? Choice { get; init; }

    /// <summary>With accept: the person's password, entered again as the signature.</summary>
    public string Password { get; init; } = "";
}

public sealed record SampleResults : CommandRequest
{
    public required string Sample { get; init; }

    /// <summary>Mass fractions by analyte, kg/kg.</summary>
    public required IReadOnlyDictionary<string, Quantity> Assay { get; init; }
}

/// <param name="Uncertainty">One standard uncertainty; null takes the usual one of the method.</param>
public sealed record Quantity(double Value, double? Uncertainty = null);

/// <summary>What became of a command.</summary>
/// <param name="State"><c>accepted</c>, <c>refused</c> or <c>pending</c>.</param>
/// <param name="Reason">Why it was refused, in words a person can act on.</param>
public sealed record CommandResult(string Id, string State, string Reason);

/// <summary>What the simulated scale and laboratory say when the twin's hands did the work.</summary>
/// <param name="Mass">kg.</param>
public sealed record TwinWork(double? Mass, IReadOnlyDictionary<string, Quantity> Assay);

public sealed record SetPace(double Pace);

public sealed record SetTechnician(bool Unattended);

public sealed record PromptName(string Prompt, string Batch = "");

public sealed record SampleName(string Sample, string Batch = "");

/// <summary>Links of a chain that stands against an action, nearest first; empty when nothing does.</summary>
public sealed record WhyNot(IReadOnlyList<string> Reasons);

/// <summary>Why the plant stands where it stands, and what to do.</summary>
public sealed record PlantExplanation(string Title, IReadOnlyList<PlantExplanationPart> Parts);

public sealed record PlantExplanationPart(string Heading, IReadOnlyList<string> Lines);

/// <summary>History folded to columns: per column lowest, highest and last value; a column without a good sample is a gap.</summary>
/// <param name="From">Plant time of the first column's beginning, s.</param>
/// <param name="Step">Width of a column, s.</param>
/// <param name="Oldest">Plant time at which history begins, s; below zero when there were controllers before this one.</param>
public sealed record Trend(double From, double Step, double Oldest, IReadOnlyList<TrendPen> Pens);

/// <summary>Null where there is no good value; a column that ends in a gap has no last one.</summary>
public sealed record TrendPen(string Tag, IReadOnlyList<double?> First, IReadOnlyList<double?> Low, IReadOnlyList<double?> High, IReadOnlyList<double?> Last);

public sealed record SignIn
{
    /// <summary>The one-time link's token, or name and password.</summary>
    public string? Link { get; init; }

    public string? Name { get; init; }

    public string? Password { get; init; }
}

/// <param name="Token">Bearer token; told once.</param>
public sealed record Session(string Token, Person Person);

public sealed record Person(string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Permissions);

public sealed record NewAccount(string Name, string Password, IReadOnlyList<string> Roles);

/// <param name="HasPassword">Without one it is signed in to by link only.</param>
/// <param name="Closed">Nobody signs in to it; the name stays that of who had it.</param>
/// <param name="Sessions">Open ones.</param>
public sealed record AccountSeen(string Name, IReadOnlyList<string> Roles, bool HasPassword, bool Closed, int Sessions);

/// <param name="Present">The password so far, for one's own; empty where there is none.</param>
public sealed record NewPassword(string Password, string Present = "");

public sealed record NewRoles(IReadOnlyList<string> Roles);

/// <summary>A rig in a line, for who looks at another.</summary>
/// <param name="Alarms">Annunciated alarms, by priority from the first.</param>
/// <param name="Waiting">Prompts that wait for a person.</param>
public sealed record RigName(string Name, bool Twin, string Batch, string Recipe, IReadOnlyList<int> Alarms, int Unacknowledged, bool Tripped, int Waiting);
