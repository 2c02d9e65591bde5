namespace Crm.Host.CommandLine;

/// <summary>Where rigs are found: <c>hardware/&lt;rig&gt;</c> beside the recipe's own tree, then under the current folder, then beside the program.</summary>
public static class Places
{
    /// <summary>Folder of the rig, or null with the folders that were looked at.</summary>
    public static string? RigFolder(string rig, string? nearFile, out IReadOnlyList<string> looked)
    {
        var tried = new List<string>();
        looked = tried;
        if (File.Exists(Path.Combine(rig, "rig.yaml"))) return rig;
        foreach (string start in Starts(nearFile))
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                string candidate = Path.Combine(folder.FullName, "hardware", rig);
                if (File.Exists(Path.Combine(candidate, "rig.yaml"))) return candidate;
                tried.Add(candidate);
            }
        }

        return null;
    }

    private static IEnumerable<string> Starts(string? nearFile)
    {
        if (nearFile is not null) yield return Path.GetDirectoryName(Path.GetFullPath(nearFile))!;
        yield return Directory.GetCurrentDirectory();
        yield return AppContext.BaseDirectory;
    }
}
