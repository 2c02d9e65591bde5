namespace Crm.Host.Access;

/// <summary>What an endpoint asks for. Every endpoint declares one.</summary>
public enum Permission
{
    /// <summary>Nobody needs to sign in: signing in itself, health, metrics.</summary>
    Public,
    View,

    /// <summary>HOLD, STOP, ABORT, PAUSE: everybody who is signed in, always.</summary>
    TowardsSafe,

    /// <summary>START, RESTART, RESUME, resets, answers to prompts.</summary>
    Operate,
    Acknowledge,

    /// <summary>Take an output or a loop in manual.</summary>
    Manual,

    /// <summary>Set protection, values or alarms aside, tune, accept a change: the rig file says which roles may, and the controller judges.</summary>
    Guarded,
    EnterResults,

    /// <summary>Propose other steps for a running batch.</summary>
    WriteRecipes,

    /// <summary>Pace and hands of a twin.</summary>
    SteerTwin,
    ManageAccounts,
}

/// <summary>Kinds of people and what they may do (SEC-06).</summary>
public static class Roles
{
    public const string Technician = "technician", Operator = "operator", Researcher = "researcher", Engineer = "engineer", Maintenance = "maintenance", Administrator = "administrator";

    private static readonly Permission[] Everybody = [Permission.Public, Permission.View, Permission.TowardsSafe, Permission.Guarded];

    private static readonly SortedDictionary<string, Permission[]> Table = new(StringComparer.Ordinal)
    {
        [Technician] = [.. Everybody, Permission.Operate, Permission.Acknowledge, Permission.Manual, Permission.EnterResults, Permission.SteerTwin],
        [Operator] = [.. Everybody, Permission.Operate, Permission.Acknowledge, Permission.EnterResults, Permission.SteerTwin],
        [Researcher] = [.. Everybody, Permission.WriteRecipes, Permission.EnterResults, Permission.SteerTwin],
        [Engineer] = [.. Everybody, Permission.Operate, Permission.WriteRecipes, Permission.Acknowledge, Permission.Manual, Permission.EnterResults, Permission.SteerTwin],
        [Maintenance] = [.. Everybody, Permission.Acknowledge, Permission.Manual],
        [Administrator] = [.. Everybody, Permission.ManageAccounts],
    };

    public static IReadOnlyCollection<string> All => Table.Keys;

    public static bool May(IEnumerable<string> roles, Permission permission) =>
        permission == Permission.Public || roles.Any(role => Table.TryGetValue(role, out var granted) && granted.Contains(permission));

    public static IReadOnlyList<string> Of(IReadOnlyList<string> roles) =>
        [.. Enum.GetValues<Permission>().Where(p => p != Permission.Public && May(roles, p)).Select(p => p.ToString())];
}
