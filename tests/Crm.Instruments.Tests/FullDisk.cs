using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Crm.Instruments.Tests;

/// <summary>
/// A disk that can be filled: a file system of a few megabytes where this machine lets one be mounted, else a limit of file size on the process that writes, which gives it
/// real write errors.
/// </summary>
internal sealed class FullDisk : IDisposable
{
    private readonly bool isMounted;

    private FullDisk(bool isMounted, string folder) => (this.isMounted, Folder) = (isMounted, folder);

    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>A file system of its own; null where mounting is not allowed.</summary>
    public static FullDisk? Mounted()
    {
        string folder = Directory.CreateTempSubdirectory("crm-full-").FullName;
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=24m", "crm-full", folder)) return new FullDisk(true, folder);
        Directory.Delete(folder);
        return null;
    }

    /// <summary>A limit of the process; null where there is no prlimit.</summary>
    public static FullDisk? Limited() =>
        OperatingSystem.IsLinux() && Run("prlimit", "--version") ? new FullDisk(false, Directory.CreateTempSubdirectory("crm-full-").FullName) : null;

    /// <param name="writer">Process that writes there.</param>
    public void Fill(int writer)
    {
        if (!isMounted)
        {
            Assert.True(Limit(writer, "1"), "no limit was set");
            return;
        }

        byte[] block = new byte[4096];
        using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) ballast.Write(block);
        }
        catch (IOException)
        {
            // Not a page is left.
        }
    }

    public void Free(int writer)
    {
        if (isMounted) File.Delete(Ballast);
        else Assert.True(Limit(writer, "unlimited"), "the limit stays");
    }

    public void Dispose()
    {
        if (isMounted) Run("umount", "-l", Folder);
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Bytes that a file may have; the hard limit stays, so that it can be taken back.</summary>
    private static bool Limit(int process, string bytes) => Run("prlimit", "--pid", process.ToString(CultureInfo.InvariantCulture), $"--fsize={bytes}:");

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process run = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            run.WaitForExit();
            return run.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
