using Crm.Plant.Ports;
using Microsoft.Data.Sqlite;

namespace Crm.Store;

/// <summary>Tells a disk that has no room or is not there from a file that is damaged: the file behind the former is sound and stays where it is.</summary>
public static class DiskFault
{
    // https://www.sqlite.org/rescode.html
    private const int Permission = 3, Busy = 5, Locked = 6, Memory = 7, ReadOnly = 8, InputOutput = 10, Full = 13, CannotOpen = 14, Authorisation = 23;
    private const int Read = InputOutput | (1 << 8), ShortRead = InputOutput | (2 << 8);

    public static bool Is(JournalFaultException fault) => fault.InnerException is SqliteException failure && Is(failure);

    /// <summary>Of a plain file: no room, no right, or larger than the file system or a limit allows, which .NET tells as an argument <c>value</c> out of range.</summary>
    public static bool Is(Exception failure) => failure is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    internal static bool Is(SqliteException failure) =>
        failure.SqliteErrorCode is Permission or Busy or Locked or Memory or ReadOnly or InputOutput or Full or CannotOpen or Authorisation
        && failure.SqliteExtendedErrorCode is not (Read or ShortRead);

    /// <summary>What stands in the way of writing a file, in a person's words first; SQLite's own where there are none.</summary>
    internal static string Words(string path, SqliteException failure) => failure.SqliteErrorCode switch
    {
        Full => $"no room on the disk: {path}",
        Permission or ReadOnly or Authorisation => $"no right to write {path}",
        InputOutput => $"the disk does not take it: {path} ({failure.Message})",
        _ => $"{path}: {failure.Message}",
    };
}
