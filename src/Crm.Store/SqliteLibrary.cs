using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Crm.Store;

/// <summary>
/// Which native SQLite is used: on Linux the distribution's (it gets its security updates and exists for every processor), else the
/// one in the package. Must come before the first connection of the process.
/// </summary>
internal static class SqliteLibrary
{
    private const string Bundled = "e_sqlite3";
    private const string Distribution = "libsqlite3.so.0";

    private static readonly Lazy<bool> Loaded = new(Load);

    public static void Ensure() => _ = Loaded.Value;

    private static bool Load()
    {
        if (OperatingSystem.IsLinux()) NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        Batteries_V2.Init();
        return true;
    }

    /// <summary>Zero lets the runtime go on to the bundle.</summary>
    private static IntPtr Resolve(string library, Assembly assembly, DllImportSearchPath? path) =>
        library == Bundled && NativeLibrary.TryLoad(Distribution, out var handle) ? handle : IntPtr.Zero;
}
