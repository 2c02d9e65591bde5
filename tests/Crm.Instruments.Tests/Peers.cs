using System.ComponentModel;
using System.Diagnostics;

namespace Crm.Instruments.Tests;

/// <summary>The peers from npm: installed once, exactly as the lock file says.</summary>
internal static class Peers
{
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(4);

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Crm.Instruments.Tests", "peers");

    /// <summary>Why they cannot be had; null when they can.</summary>
    public static Lazy<string?> Problem { get; } = new(Install);

    private static string? Install()
    {
        string mark = Path.Combine(Folder, "node_modules", ".package-lock.json");
        if (File.Exists(mark) && File.GetLastWriteTimeUtc(mark) >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"))) return null;
        try
        {
            var start = new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund"])
            {
                WorkingDirectory = Folder,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            using Process npm = Process.Start(start)!;
            Task<string> errors = npm.StandardError.ReadToEndAsync(), said = npm.StandardOutput.ReadToEndAsync();
            if (!npm.WaitForExit(patience))
            {
                npm.Kill(entireProcessTree: true);
                return "npm is unreachable: no peers within four minutes";
            }

            return npm.ExitCode == 0 ? null : $"npm is unreachable, so the peers from npm are not tested against: {errors.Result.Trim()} {said.Result.Trim()}";
        }
        catch (Win32Exception missing)
        {
            return "node and npm are not installed, so the peers from npm are not tested against: " + missing.Message;
        }
    }
}
