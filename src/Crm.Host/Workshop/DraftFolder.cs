using System.Text;

namespace Crm.Host.Workshop;

/// <summary>
/// Drafts of recipes as files in the controller's data folder, each in a folder of its own with a copy of what it names (specification, blocks, the recipe of a formula): what lies in the library may
/// change or go without changing a draft that was signed.
/// </summary>
public sealed class DraftFolder(string root)
{
    /// <summary>How drafts are named in requests: <c>drafts/NAME.yaml</c>.</summary>
    public const string Prefix = "drafts/";

    private const int LongestName = 60, MostDrafts = 200;

    /// <summary>Every draft with its path, by name.</summary>
    public IEnumerable<(string Name, string Path)> All => !Directory.Exists(root) ? [] :
        Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal).Select(d => (Folder: d, Stem: Path.GetFileName(d)))
            .SelectMany(d => Directory.EnumerateFiles(d.Folder, d.Stem + ".yaml", SearchOption.AllDirectories).Take(1).Select(f => ($"{Prefix}{d.Stem}.yaml", f))).Take(MostDrafts);

    public string? PathOf(string name) => All.FirstOrDefault(d => d.Name == Prefix + name + ".yaml").Path;

    /// <summary>Why no draft can have that name; null when one can.</summary>
    public static string? WhyNotNamed(string name) =>
        name.Length is 0 or > LongestName || name[0] == '-' || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? $"name: 1 to {LongestName} small letters, digits and '-'" : null;

    /// <summary>Writes a draft with what it names; what was there under the name is replaced as a whole.</summary>
    /// <param name="home">Folder that the text's own paths start from.</param>
    /// <param name="named">Files it names, by full path.</param>
    /// <returns>Null when it is kept, else why not.</returns>
    public string? Keep(string name, string text, string home, IEnumerable<(string Path, byte[] Bytes)> named)
    {
        string folder = Path.Combine(root, name);
        if (!Directory.Exists(folder) && All.Count() >= MostDrafts) return $"there are {MostDrafts} drafts already";
        try
        {
            Lay(folder, name + ".yaml", text, home, named);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"the draft cannot be written: {problem.Message}";
        }
    }

    /// <summary>A text in a folder with copies of what it names, where its paths find them; what was there is replaced as a whole.</summary>
    /// <returns>Path of the text's file.</returns>
    internal static string Lay(string folder, string file, string text, string home, IEnumerable<(string Path, byte[] Bytes)> named)
    {
        string fresh = folder + ".new", below = Path.GetFileName(home), place = Path.Combine(fresh, below);
        if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        Directory.CreateDirectory(place);
        foreach (var (path, bytes) in named)
        {
            string copy = Path.GetFullPath(Path.Combine(place, Path.GetRelativePath(home, Path.GetFullPath(path))));
            if (!copy.StartsWith(fresh + Path.DirectorySeparatorChar, StringComparison.Ordinal)) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllBytes(copy, bytes);
        }

        File.WriteAllText(Path.Combine(place, file), text, new UTF8Encoding(false));
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.Move(fresh, folder);
        return Path.Combine(folder, below, file);
    }
}
