using System.Globalization;

namespace Crm.Host.Service;

/// <summary>A database file that is not gone on with: kept under another name, with what SQLite has beside it.</summary>
internal static class KeptAside
{
    private static readonly string[] Tails = ["", "-wal", "-shm"];

    /// <param name="why">A word for the name: <c>unreadable</c>.</param>
    /// <returns>Where it is now.</returns>
    /// <exception cref="IOException">It cannot be moved; what was not moved is where it was.</exception>
    public static string Move(string path, string why, TimeProvider clock)
    {
        string aside = $"{path}.{why}-{clock.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture)}";
        foreach (string tail in Tails)
            if (File.Exists(path + tail)) File.Move(path + tail, aside + tail);
        return aside;
    }

    public static void Delete(string path)
    {
        foreach (string tail in Tails) File.Delete(path + tail);
    }
}
