using System.Globalization;
using System.Text;
using Crm.Host.Reports;
using Crm.Plant.Records;
using Crm.Twin.Uncertainty;

namespace Crm.Host.Ensembles;

/// <summary>An ensemble as a person reads it at a terminal.</summary>
internal static class EnsembleText
{
    /// <summary>More of the members that failed are in the files.</summary>
    private const int ShownMembers = 5;

    public static string Of(Ensemble ensemble, string folder)
    {
        var text = new StringBuilder();
        foreach (string line in Verdict(ensemble)) text.AppendLine(line);
        if (ensemble.Finished.Any())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {"",-34} {"5 %",9} {"median",9} {"95 %",9}  {"asked",-14} driven by");
            foreach (EnsembleFigure figure in ensemble.Figures) text.AppendLine(Line(figure));
        }

        foreach (EnsembleMember member in ensemble.Members.Where(m => !m.Good).Take(ShownMembers))
            text.AppendLine(CultureInfo.InvariantCulture, $"  member {member.Number}: {Outcome(member)}").AppendLine(CultureInfo.InvariantCulture, $"    again: {Repeat(ensemble, member)}");
        int more = ensemble.Members.Count(m => !m.Good) - ShownMembers;
        if (more > 0) text.AppendLine(CultureInfo.InvariantCulture, $"  and {more} more, in the files");
        return text.AppendLine(CultureInfo.InvariantCulture, $"  report  {Path.Combine(folder, "ensemble.html")}").ToString();
    }

    /// <summary>How many members kept the promise, and what that says of the next batch.</summary>
    public static IEnumerable<string> Verdict(Ensemble ensemble)
    {
        int good = ensemble.Members.Count(m => m.Good), of = ensemble.Members.Length;
        (double low, double high) = Shares.Wilson(good, of);
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{ensemble.Recipe}: {good} of {of} members in specification, balances closed, recovery reached: {100 * low:0} to {100 * high:0} % of batches (95 %)");
        if (of < ensemble.Asked) yield return $"  interrupted: {ensemble.Asked} members were asked for";
        int unfinished = of - ensemble.Finished.Count();
        if (unfinished > 0) yield return $"  {unfinished} did not finish and {(unfinished == 1 ? "is" : "are")} in no interval";
    }

    public static string Outcome(EnsembleMember member)
    {
        if (member.Outcome != BatchOutcome.Complete) return $"{member.Outcome} after {Figures.Length(member.Lasted)}: {member.Reason}";
        if (member.Good) return $"in specification, {Figures.Fixed(100 * member.Result.MainRecovery.Value, 1)} % recovered";
        var why = member.Result.Purity.Limits.Where(l => !l.WithinLimit).Select(l => $"{l.Limit.Analyte} {Figures.Significant(l.Found.Value, 3)} {l.Limit.Unit}").ToList();
        if (!member.Result.BalancesClosed) why.Add("balances open");
        return $"not good: {(why.Count > 0 ? string.Join(", ", why) : "recovery")}; {Figures.Fixed(100 * member.Result.MainRecovery.Value, 1)} % recovered";
    }

    /// <summary>The command that runs a member again, with its record.</summary>
    public static string Repeat(Ensemble ensemble, EnsembleMember member) => string.Create(CultureInfo.InvariantCulture,
        $"{ensemble.Command} --seed {member.Seed}{string.Concat(ensemble.Parameters.Zip(member.Multipliers).Select(p => FormattableString.Invariant($" --twin {p.First.Name}={p.Second:R}")))}");

    public static string Asked(EnsembleFigure figure) => (figure.Definition.Least, figure.Definition.Most) switch
    {
        ({ } least, null) => "≥ " + Figures.Significant(least, 4),
        (null, { } most) => "≤ " + Figures.Significant(most, 4),
        ({ } least, { } most) => $"{Figures.Significant(least, 4)}..{Figures.Significant(most, 4)}",
        _ => "",
    };

    public static string Drivers(EnsembleFigure figure) =>
        string.Join(", ", figure.Drivers.Take(3).Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Parameter} {d.Strength:+0.00;-0.00}")));

    private static string Line(EnsembleFigure figure)
    {
        string unit = figure.Definition.Unit.Length == 0 ? "" : ", " + figure.Definition.Unit;
        string missed = figure.Missed > 0 ? $"  missed by {figure.Missed}" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"  {figure.Definition.Label + unit,-34} {Number(figure.Interval.Low),9} {Number(figure.Interval.Median),9} {Number(figure.Interval.High),9}  {Asked(figure),-14} {Drivers(figure)}{missed}").TrimEnd();
    }

    public static string Number(double value) => Figures.Significant(value, 4);
}
