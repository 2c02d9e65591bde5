using Crm.Host.Service;

namespace Crm.Host.Api;

/// <summary>
/// Who came in, who was refused, and who made whom an account, on the record of the rig it concerns or of every rig (SEC-11). Bounded: a flood of
/// refusals costs the record a few hundred entries a minute and one that counts the others.
/// </summary>
public sealed class AuditTrail(Rigs rigs, TimeProvider clock)
{
    /// <summary>Refusals a minute that are recorded singly.</summary>
    public const int MostAMinute = 600;

    /// <summary>Subject of what concerns accounts and sessions.</summary>
    public const string Door = "sign-in";

    private const int LongestText = 200;

    private readonly Lock gate = new();
    private long minute;
    private int inMinute;
    private long uncounted;

    /// <param name="rig">Null: it concerns no rig in particular.</param>
    public Task Refused(string who, string what, RigService? rig = null)
    {
        string told = what;
        lock (gate)
        {
            long now = clock.GetUtcNow().ToUnixTimeSeconds() / 60;
            if (now != minute) (minute, inMinute) = (now, 0);
            if (++inMinute > MostAMinute)
            {
                uncounted++;
                return Task.CompletedTask;
            }

            if (uncounted > 0) told += $" (and {uncounted} more refusals that were not recorded singly)";
            uncounted = 0;
        }

        return Tell(who, told, refused: true, rig);
    }

    public Task Done(string who, string what) => Tell(who, what, refused: false, null);

    private async Task Tell(string who, string what, bool refused, RigService? rig)
    {
        foreach (var concerned in rig is null ? rigs.All : [rig])
        {
            try
            {
                await concerned.Ask(core =>
                {
                    core.Audit(Plain(who), Plain(what), refused, rig is null ? Door : "access");
                    return true;
                });
            }
            catch (ControllerBusyException)
            {
                // The refusal itself stands; the record has no room for it now.
            }
        }
    }

    /// <summary>What a stranger wrote is kept short and on one line.</summary>
    private static string Plain(string text) => new([.. text.Take(LongestText).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);
}
