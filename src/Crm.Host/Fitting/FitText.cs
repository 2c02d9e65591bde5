using System.Globalization;
using System.Text;
using Crm.Host.Reports;
using Crm.Plant.Rigs;
using Crm.Twin.Fitting;

namespace Crm.Host.Fitting;

/// <summary>Where a fit came from; written into its file, so that its numbers can be asked.</summary>
internal sealed record FitProvenance(string Rig, string TwinHash, string Data, TimeSpan From, TimeSpan To, TimeSpan Every);

/// <summary>A fit as a person reads it: table and parameter file.</summary>
internal static class FitText
{
    /// <summary>Parameters that correlate more than this cannot be told apart by the data.</summary>
    private const double Same = 0.95;

    public static string Table(RigDefinition rig, FitResult fit)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{fit.Ended} after {fit.Runs} runs of the twin");
        text.AppendLine(CultureInfo.InvariantCulture, $"  {"parameter",-24} {"multiplier",10}  95 % interval");
        foreach (FittedParameter fitted in fit.Parameters)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {fitted.Parameter.Name,-24} {Number(fitted.Value),10}  {Number(fitted.Low)} to {Number(fitted.High)}{(fitted.AtBound ? "  at its bound: the data want more than the model may" : "")}");
        foreach (string line in Alike(fit)) text.AppendLine("  " + line);
        text.AppendLine(CultureInfo.InvariantCulture, $"  {"tag",-32} {"off before",12} {"off after",12}");
        foreach (TagResidual residual in fit.Residuals)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {rig.Tags[residual.Tag].Name,-32} {Number(residual.Before),12} {Number(residual.After),12} {rig.Tags[residual.Tag].Unit}");
        return text.ToString();
    }

    /// <summary>A <c>fitted</c> file, docs/formats.md.</summary>
    public static string Yaml(RigDefinition rig, FitResult fit, FitProvenance from)
    {
        var text = new StringBuilder("# Written by crm twin fit: multipliers on numbers of the twin file. crm run --fitted FILE uses them.\nformat: 1\n");
        text.Append(CultureInfo.InvariantCulture, $"fitted: {from.Rig}\ntwin_hash: {from.TwinHash}\nsource: \"{from.Data}, {Figures.Clock(from.From)} h to {Figures.Clock(from.To)} h, every {from.Every.TotalSeconds:0.#} s, on ");
        text.Append(CultureInfo.InvariantCulture, $"{string.Join(", ", fit.Residuals.Select(r => rig.Tags[r.Tag].Name))}; {fit.Ended}\"\nvalues:\n");
        foreach (FittedParameter fitted in fit.Parameters)
            text.Append(CultureInfo.InvariantCulture, $"  {fitted.Parameter.Name}: {{multiplier: {fitted.Value:G6}, low: {fitted.Low:G6}, high: {fitted.High:G6}}}\n");
        return text.ToString();
    }

    /// <summary>Pairs of parameters that these data cannot tell apart.</summary>
    public static IEnumerable<string> Alike(FitResult fit)
    {
        for (int i = 0; i < fit.Parameters.Length; i++)
            for (int j = i + 1; j < fit.Parameters.Length; j++)
                if (Math.Abs(fit.Correlation[i, j]) > Same)
                    yield return $"{fit.Parameters[i].Parameter.Name} and {fit.Parameters[j].Parameter.Name} cannot be told apart by these data (correlation {Figures.Fixed(fit.Correlation[i, j], 2)}): fit one of them, or add a tag that only one moves";
    }

    public static string Number(double value) => Figures.Significant(value, 4);
}
