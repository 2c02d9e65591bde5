namespace Crm.Recipes.Diagnostics;

/// <summary>Finds what was probably meant.</summary>
public static class Nearest
{
    /// <summary>A sentence for the remedy: the nearest name, or the choices when they are few.</summary>
    public static string Suggest(string written, IEnumerable<string> known)
    {
        string[] names = [.. known.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (names.Length == 0) return "";
        string best = names.MinBy(name => Distance(written, name))!;
        if (Distance(written, best) <= Math.Max(1, written.Length / 3)) return $"did you mean '{best}'?";
        string? ending = names.FirstOrDefault(name => name.EndsWith("." + written, StringComparison.Ordinal));
        if (ending is not null) return $"did you mean '{ending}'?";
        return names.Length <= 16 ? "expected one of: " + string.Join(", ", names) : "";
    }

    /// <summary>Edit distance with neighbouring letters swapped counted once (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) d[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replaced, 1 + Math.Min(d[i - 1, j], d[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
