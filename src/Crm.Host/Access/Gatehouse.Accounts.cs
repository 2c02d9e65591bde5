using Crm.Contracts;

namespace Crm.Host.Access;

/// <summary>Accounts are made, changed and closed, never removed: a name in the record stays that of one person (SEC-19).</summary>
public sealed partial class Gatehouse
{
    private const string NotKept = "it cannot be kept: the disk takes no file; make room on it, or mend it";

    public bool HasAccounts => !accounts.IsEmpty;

    /// <summary>Whether anybody can make accounts next week too, without a link.</summary>
    public bool HasAdministrator => accounts.Values.Any(IsAdministrator);

    public IReadOnlyList<AccountSeen> People
    {
        get
        {
            lock (gate) return [.. accounts.Values.Select(a => new AccountSeen(a.Name, a.Roles, a.Hash is not null, a.Closed, sessions.Values.Count(s => s.Name == a.Name && Steady - s.Since <= LongestSession)))];
        }
    }

    /// <returns>Null when made, else why not.</returns>
    public string? Add(NewAccount asked)
    {
        if (asked.Name.Length is 0 or > 60 || asked.Name.Any(char.IsControl)) return "a name has 1 to 60 characters";
        if ((RolesProblem(asked.Roles) ?? PasswordHash.Problem(asked.Password)) is { } problem) return problem;
        string hash = PasswordHash.Of(asked.Password);
        lock (gate)
        {
            return accounts.ContainsKey(asked.Name)
                ? $"there is an account {asked.Name} already, and names are not used twice"
                : Keep(new Account(asked.Name, asked.Roles, hash));
        }
    }

    /// <summary>One's own password; other sessions of the account end.</summary>
    /// <param name="token">Of the session that goes on.</param>
    /// <returns>Null when changed, else why not.</returns>
    public string? ChangePassword(string name, NewPassword asked, string token)
    {
        if (PasswordHash.Problem(asked.Password) is { } problem) return problem;
        if (accounts.TryGetValue(name, out var known) && known.Hash is not null && WhyNotSigned(name, asked.Present) is { } why) return why;
        string hash = PasswordHash.Of(asked.Password);
        return Change(name, account => account with { Hash = hash }, kept: Hash(token));
    }

    /// <summary>Another password for somebody who has lost theirs, or whose account was closed; its sessions end.</summary>
    /// <returns>Null when changed, else why not.</returns>
    public string? ResetPassword(string name, string password)
    {
        if ((PasswordHash.Problem(password) ?? Unknown(name)) is { } problem) return problem;
        string hash = PasswordHash.Of(password);
        lock (gate) locks.Remove(name);
        return Change(name, account => account with { Hash = hash, Closed = false });
    }

    /// <returns>Null when changed, else why not.</returns>
    public string? ChangeRoles(string name, IReadOnlyList<string> roles) =>
        RolesProblem(roles) ?? Change(name, account => account with { Roles = roles }, allSessions: true);

    /// <summary>Its sessions end, nobody signs in to it; another password opens it again.</summary>
    /// <returns>Null when closed, else why not.</returns>
    public string? Close(string name) => Change(name, account => account with { Hash = null, Closed = true });

    private static string? RolesProblem(IReadOnlyList<string> roles) =>
        roles.Count == 0 || roles.Except(Roles.All).Any() ? $"roles are one or more of {string.Join(", ", Roles.All)}" : null;

    private string? Unknown(string name) => accounts.ContainsKey(name) ? null : $"there is no account {name}";

    private static bool IsAdministrator(Account account) => account is { Closed: false, Hash: not null } && account.Roles.Contains(Roles.Administrator);

    /// <param name="kept">Hash of the one session that stays.</param>
    /// <param name="allSessions">All of them stay.</param>
    private string? Change(string name, Func<Account, Account> change, string? kept = null, bool allSessions = false)
    {
        lock (gate)
        {
            if (Unknown(name) is { } unknown) return unknown;
            var account = accounts[name];
            var changed = change(account);
            if (IsAdministrator(account) && !IsAdministrator(changed) && accounts.Values.Count(IsAdministrator) == 1) return $"{name} is the last administrator with a password: make another one first";
            var before = sessions;
            if (!allSessions) sessions = sessions.RemoveRange(sessions.Values.Where(s => s.Name == name && s.TokenHash != kept).Select(s => s.TokenHash));
            if (Keep(changed) is not { } why) return null;
            sessions = before;
            return why;
        }
    }

    private string? Keep(Account account)
    {
        var before = accounts;
        accounts = accounts.SetItem(account.Name, account);
        if (Write()) return null;
        accounts = before;
        return NotKept;
    }
}
