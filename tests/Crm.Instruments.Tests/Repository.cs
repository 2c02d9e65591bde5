namespace Crm.Instruments.Tests;

/// <summary>Where things are, seen from the test assembly.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The process with the fake instruments, built in the same configuration as the tests.</summary>
    public static string Fakes { get; } = Path.Combine(
        Root, "tests", "fakes", "Crm.Instruments.Fakes", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Crm.Instruments.Fakes.dll");

    /// <summary>The program itself, built in the same configuration.</summary>
    public static string Crm { get; } = Path.Combine(Root, "src", "Crm.Host", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "crm.dll");

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Crm.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Crm.sln not found above the test assembly");
    }
}
