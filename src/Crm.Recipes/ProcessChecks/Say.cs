using System.Globalization;

namespace Crm.Recipes.ProcessChecks;

/// <summary>Numbers as a researcher writes them: three figures, no more.</summary>
internal static class Say
{
    public static string N(double value)
    {
        double size = Math.Abs(value);
        string format = size >= 100 ? "0" : size >= 10 ? "0.#" : size >= 1 ? "0.##" : size >= 0.1 ? "0.###" : "0.####";
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    public static string Percent(double share) => N(100 * share) + " %";

    public static string Words(string name) => name.Replace('_', ' ');
}
