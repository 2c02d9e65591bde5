using System.Text.Json;
using Crm.Host.Service;

namespace Crm.Host.Access;

/// <param name="Hash">Null: this account signs in by one-time link only.</param>
/// <param name="Closed">Nobody signs in to it; its name stays that of who had it (SEC-19).</param>
public sealed record Account(string Name, IReadOnlyList<string> Roles, string? Hash, bool Closed = false);

/// <param name="TokenHash">SHA-256 of the bearer token, lower-case hex: the file gives no session away.</param>
public sealed record StoredSession(string TokenHash, string Name, DateTimeOffset Since);

/// <summary>Accounts and open sessions of one data folder, so that a restarted controller knows who is signed in.</summary>
public sealed record AccessData(int Format, IReadOnlyList<Account> Accounts, IReadOnlyList<StoredSession> Sessions)
{
    public static readonly AccessData Empty = new(1, [], []);
}

/// <summary>The file behind it; written whole beside the old one and then renamed over it, readable by its owner only.</summary>
public sealed class AccessFile(string path)
{
    /// <exception cref="InvalidDataException">The file cannot be understood; it is kept as it is.</exception>
    public AccessData Read()
    {
        if (!File.Exists(path)) return AccessData.Empty;
        try
        {
            return JsonSerializer.Deserialize<AccessData>(File.ReadAllBytes(path), ApiJson.Options) ?? throw new InvalidDataException($"{path} is empty");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path} cannot be read: {broken.Message}. Mend it, or move it away to begin with new accounts.", broken);
        }
    }

    public void Write(AccessData data)
    {
        string beside = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(beside, options))
        {
            JsonSerializer.Serialize(stream, data, ApiJson.Options);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
