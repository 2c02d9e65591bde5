using System.Security.Cryptography;

namespace Crm.Hmi.Server;

/// <summary>Addresses of the bundle and the style sheets, with a hash of their content.</summary>
public sealed class Bundle
{
    private readonly Dictionary<string, string> addresses;

    private Bundle(Dictionary<string, string> addresses) => this.addresses = addresses;

    public string this[string name] => addresses.TryGetValue(name, out string? address) ? address : throw new FileNotFoundException($"the HMI was built without {name}");

    public static Bundle Read(string folder) => new(Directory.EnumerateFiles(folder).ToDictionary(
        f => Path.GetFileName(f),
        f => $"/assets/{Path.GetFileName(f)}?{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))[..12]}",
        StringComparer.Ordinal));
}
