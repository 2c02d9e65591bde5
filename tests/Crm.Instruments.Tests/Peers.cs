namespace Crm.Instruments.Tests;

/// <summary>Where the peers from npm are.</summary>
internal static class Peers
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Crm.Instruments.Tests", "peers");
}
