using System.Text;
using Crm.Recipes.Approval;

namespace Crm.Host.Approvals;

/// <summary>
/// The files of a recipe as they were when it was signed, in one text beside the approvals: so that the difference can be seen later. A copy is only believed when it has the hash that was signed.
/// </summary>
public static class ApprovedCopy
{
    private const string Mark = "=== ";

    public static string PathOf(string folder, ApprovedThing thing) => Path.Combine(folder, "approved", $"{thing.Content[..16]}-{thing.Specification[..8]}.txt");

    /// <summary>Keeps the files under their paths from the recipe's folder.</summary>
    /// <param name="files">The recipe first.</param>
    public static void Write(string folder, ApprovedThing thing, IReadOnlyList<(string Path, byte[] Bytes)> files)
    {
        string path = PathOf(folder, thing);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string home = Path.GetDirectoryName(Path.GetFullPath(files[0].Path))!;
        var text = new StringBuilder();
        foreach ((string file, byte[] bytes) in files)
            text.Append(Mark).Append(Path.GetRelativePath(home, Path.GetFullPath(file)).Replace('\\', '/')).Append(' ').Append(bytes.Length).Append('\n').Append(Encoding.UTF8.GetString(bytes)).Append('\n');
        File.WriteAllText(path, text.ToString());
    }

    /// <summary>The files of a copy, by their full paths as if they stood beside a recipe; null when there is no copy.</summary>
    public static SortedDictionary<string, byte[]>? Read(string folder, ApprovedThing thing, string recipe)
    {
        string path = PathOf(folder, thing);
        if (!File.Exists(path)) return null;
        string home = Path.GetDirectoryName(Path.GetFullPath(recipe))!;
        byte[] all = File.ReadAllBytes(path);
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        for (int at = 0; at < all.Length;)
        {
            int end = Array.IndexOf(all, (byte)'\n', at);
            string[] head = end < 0 ? [] : Encoding.UTF8.GetString(all, at, end - at)[Mark.Length..].Split(' ');
            if (head.Length < 2 || !int.TryParse(head[^1], out int length) || end + 1 + length > all.Length) return null;
            files[Path.GetFullPath(Path.Combine(home, string.Join(' ', head[..^1])))] = all[(end + 1)..(end + 1 + length)];
            at = end + 2 + length;
        }

        return files;
    }
}
