using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Crm.Contracts;
using Crm.Store;

namespace Crm.Host.Access;

/// <summary>Who is who: accounts, one-time links, sessions, lock-out. Thread-safe.</summary>
public sealed partial class Gatehouse
{
    /// <summary>A session ends after this whatever happens.</summary>
    private static readonly TimeSpan LongestSession = TimeSpan.FromDays(7);

    private static readonly TimeSpan LinkLives = TimeSpan.FromHours(8);

    /// <summary>After so many wrong passwords in a row the account waits, longer each time.</summary>
    private const int FreeAttempts = 5;

    private const int MostSessions = 500;

    private readonly Lock gate = new();
    private readonly AccessFile file;
    private readonly TimeProvider clock;
    private readonly long began;
    private readonly Dictionary<string, (Account Account, TimeSpan Until)> links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Wrong, TimeSpan Until)> locks = new(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, Account> accounts;
    private ImmutableDictionary<string, OpenSession> sessions;

    public Gatehouse(AccessFile file, TimeProvider clock)
    {
        (this.file, this.clock, began) = (file, clock, clock.GetTimestamp());
        var data = file.Read();
        accounts = data.Accounts.ToImmutableSortedDictionary(a => a.Name, a => a, StringComparer.Ordinal);
        sessions = data.Sessions.ToImmutableDictionary(s => s.TokenHash, s => new OpenSession(s.TokenHash, s.Name, -Age(s.Since)), StringComparer.Ordinal);
    }

    /// <param name="Since">By the steady clock.</param>
    private sealed record OpenSession(string TokenHash, string Name, TimeSpan Since);

    /// <summary>Time of this process by the machine's steady clock: setting the wall clock neither ends a session or a lock-out nor lengthens one.</summary>
    private TimeSpan Steady => clock.GetElapsedTime(began);

    /// <summary>Of a session from the file; one from the future was opened before the clock was set back, nobody knows when.</summary>
    private TimeSpan Age(DateTimeOffset since) => clock.GetUtcNow() - since is var age && age > TimeSpan.Zero ? age : TimeSpan.Zero;

    /// <summary>A link that signs its bearer in once; the account is made by that when there is none of the name, so that a link nobody used leaves nothing.</summary>
    public string NewLink(string name, params string[] roles)
    {
        string token = NewToken();
        lock (gate) links[Hash(token)] = (new Account(name, roles, null), Steady + LinkLives);
        return token;
    }

    /// <returns>The session, or why not; the reason never says which half was wrong.</returns>
    public (Session? Session, string Why) SignIn(SignIn asked)
    {
        if (asked.Link is { } link) return ByLink(link);
        if (asked.Name is { } name && asked.Password is { Length: <= PasswordHash.LongestPassword } password) return ByPassword(name, password);
        return (null, "a link, or a name and a password, is needed");
    }

    /// <summary>The person behind a bearer token; null when it is none.</summary>
    public Person? Find(string token)
    {
        if (!sessions.TryGetValue(Hash(token), out var session) || Steady - session.Since > LongestSession) return null;
        return accounts.TryGetValue(session.Name, out var account) && !account.Closed ? Describe(account) : null;
    }

    /// <summary>Whether the person behind a session enters the password again, as a signature; wrong ones count towards the lock-out.</summary>
    /// <returns>Null when signed, else why not.</returns>
    public string? WhyNotSigned(string name, string password)
    {
        if (accounts.TryGetValue(name, out var account) && account.Hash is null) return $"{name} signs in by link and has no password: an account with a password is needed to sign";
        if (password.Length is 0 or > PasswordHash.LongestPassword) return "your password, entered again, is the signature";
        string why = WhyWrong(name, password);
        return why.Length == 0 ? null : why == Wrong ? "the password is wrong" : why;
    }

    public void SignOut(string token)
    {
        lock (gate)
        {
            sessions = sessions.Remove(Hash(token));
            Write();
        }
    }

    private (Session?, string) ByLink(string link)
    {
        lock (gate)
        {
            if (!links.Remove(Hash(link), out var meant) || meant.Until < Steady)
                return (null, "this sign-in link was used already or is too old; the controller prints a new one when it starts");
            if (!accounts.TryGetValue(meant.Account.Name, out var account)) accounts = accounts.Add(meant.Account.Name, account = meant.Account);
            return account.Closed ? (null, "the account of this sign-in link is closed") : (Open(account), "");
        }
    }

    private const string Wrong = "name or password is wrong";

    private (Session?, string) ByPassword(string name, string password)
    {
        string why = WhyWrong(name, password);
        if (why.Length > 0) return (null, why);
        lock (gate) return (Open(accounts[name]), "");
    }

    /// <returns>Empty when name and password belong together.</returns>
    private string WhyWrong(string name, string password)
    {
        lock (gate)
        {
            if (locks.TryGetValue(name, out var locked) && locked.Until > Steady)
                return $"too many wrong passwords: wait until {clock.GetUtcNow() + (locked.Until - Steady):HH:mm:ss} UTC";
        }

        // The same work whether the account exists or not.
        string hash = accounts.TryGetValue(name, out var account) && account.Hash is { } known ? known : Decoy.Value;
        bool matches = PasswordHash.Matches(password, hash) && account?.Hash is not null;
        lock (gate)
        {
            if (matches)
            {
                locks.Remove(name);
                return "";
            }

            if (accounts.ContainsKey(name)) CountWrong(name);
            return Wrong;
        }
    }

    private void CountWrong(string name)
    {
        int wrong = locks.GetValueOrDefault(name).Wrong + 1;
        var wait = wrong < FreeAttempts ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(900, 15 * Math.Pow(2, wrong - FreeAttempts)));
        locks[name] = (wrong, Steady + wait);
    }

    private Session Open(Account account)
    {
        string token = NewToken();
        if (sessions.Count >= MostSessions) sessions = sessions.Remove(sessions.Values.MinBy(s => s.Since)!.TokenHash);
        sessions = sessions.Add(Hash(token), new OpenSession(Hash(token), account.Name, Steady));
        Write();
        return new Session(token, Describe(account));
    }

    /// <summary>A full disk keeps nobody from signing in to a plant that runs: the session then lives as long as this process.</summary>
    /// <returns>False when the file is still the one before.</returns>
    private bool Write()
    {
        try
        {
            file.Write(new AccessData(1, [.. accounts.Values], [.. sessions.Values.OrderBy(s => s.Since).Select(s => new StoredSession(s.TokenHash, s.Name, clock.GetUtcNow() - (Steady - s.Since)))]));
            return true;
        }
        catch (Exception full) when (DiskFault.Is(full))
        {
            return false;
        }
    }

    private static Person Describe(Account account) => new(account.Name, account.Roles, Roles.Of(account.Roles));

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static readonly Lazy<string> Decoy = new(() => PasswordHash.Of(NewToken()));
}
