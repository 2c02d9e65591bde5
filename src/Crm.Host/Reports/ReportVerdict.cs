using Crm.Plant.Balances;
using Crm.Plant.Purity;
using Crm.Plant.Records;

namespace Crm.Host.Reports;

/// <summary>One question a reader asks first, with its answer. Tone: good, warn or bad; the words never rest on colour alone.</summary>
internal sealed record Check(string Tone, string Words)
{
    public string Sign => Tone switch { "good" => "✓", "warn" => "?", _ => "✗" };
}

/// <summary>The report's answer in one line and the four checks behind it.</summary>
internal sealed record ReportVerdict(string Headline, string Tone, IReadOnlyList<Check> Checks)
{
    public static ReportVerdict Of(BatchRecord record)
    {
        Check[] checks = [Finished(record), Purity(record.Result.Purity), Recovery(record), Closure(record.Result)];
        string tone = checks.Any(c => c.Tone == "bad") ? "bad" : checks.Any(c => c.Tone == "warn") ? "warn" : "good";
        return new(InOneLine(record, tone), tone, checks);
    }

    private static string InOneLine(BatchRecord record, string tone)
    {
        var purity = record.Result.Purity;
        if (record.Outcome != BatchOutcome.Complete) return $"Not finished: the batch was {record.Outcome.ToString().ToLowerInvariant()}";
        if (purity.ProductLots.Length == 0) return "Finished, but no product was booked";
        if (!purity.InSpecification) return "Finished, product out of specification";
        if (!record.Result.BalancesClosed) return "Product in specification, but the balances do not close";
        return tone switch
        {
            "good" => "Product in specification, balances closed",
            "warn" => "Product in specification by the values found; see what is uncertain",
            _ => "Product in specification, but recovery is below what the recipe asks",
        };
    }

    private static Check Finished(BatchRecord record) => record.Outcome == BatchOutcome.Complete
        ? new("good", $"Run: complete after {Figures.Length(record.Duration)}")
        : new("bad", $"Run: {record.Outcome.ToString().ToLowerInvariant()} after {Figures.Length(record.Duration)}. {record.OutcomeText}");

    private static Check Purity(PurityResult purity)
    {
        string Named(LimitVerdict verdict) => string.Join(", ", purity.Limits.Where(l => l.Verdict == verdict).Select(l => l.Limit.Analyte));
        if (purity.ProductLots.Length == 0) return new("bad", "Purity: no product to judge");
        return purity.Verdict switch
        {
            LimitVerdict.Pass => new("good", $"Purity: all {purity.Limits.Length} limits met, uncertainty included"),
            LimitVerdict.Uncertain when purity.InSpecification => new("warn", $"Purity: every value within its limit, but too near to be sure: {Named(LimitVerdict.Uncertain)}"),
            LimitVerdict.NotMeasured => new("bad", $"Purity: not measured: {Named(LimitVerdict.NotMeasured)}"),
            LimitVerdict.Fail => new("bad", $"Purity: outside the limit: {Named(LimitVerdict.Fail)}"),
            _ => new("bad", $"Purity: value outside the limit, though within the uncertainty: {string.Join(", ", purity.Limits.Where(l => !l.WithinLimit).Select(l => l.Limit.Analyte))}"),
        };
    }

    private static Check Recovery(BatchRecord record)
    {
        var found = record.Result.MainRecovery;
        string element = record.Result.MainElement, asked = Figures.Percent(record.Product.LeastRecovery, 0);
        if (!double.IsFinite(found.Value)) return new("bad", $"Recovery of {element}: cannot be told");
        double margin = found.Value - record.Product.LeastRecovery;
        string words = $"Recovery of {element} in the product: {Figures.Percent(found)} (asked: at least {asked})";
        return new(margin >= found.Expanded ? "good" : margin >= 0 ? "warn" : "bad", words);
    }

    private static string Traces(BatchResult result)
    {
        string[] traces = [.. result.Elements.Where(e => e.Verdict == ClosureVerdict.Trace).Select(e => e.Element)];
        return traces.Length == 0 ? "" : $"; {string.Join(", ", traces)} in traces below what the analyses can tell";
    }

    private static Check Closure(BatchResult result)
    {
        var open = result.Elements.Where(e => e.Verdict == ClosureVerdict.Open).Select(e => e.Element).ToList();
        var incomplete = result.Elements.Where(e => e.Verdict == ClosureVerdict.Incomplete).Select(e => e.Element).ToList();
        if (open.Count > 0) return new("bad", $"Balances: closure open for {string.Join(", ", open)}");
        if (!result.BalancesClosed) return new("bad", $"Balances: closure of {result.MainElement} is not shown");
        return incomplete.Count == 0
            ? new("good", $"Balances: closure of all {result.Elements.Length} elements within uncertainty or {Figures.Percent(result.Allowance.Closure, 0)}{Traces(result)}")
            : new("warn", $"Balances: closed, but not every lot was analysed for {string.Join(", ", incomplete)}");
    }
}
