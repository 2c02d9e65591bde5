using System.Collections.Immutable;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Plant.Twins;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Crm.Twin.Fitting;

/// <summary>A fitted multiplier with its 95 % interval.</summary>
/// <param name="AtBound">It ran into the bound of its range: the data want more than the model may.</param>
public sealed record FittedParameter(UncertainParameter Parameter, double Value, double Low, double High, bool AtBound);

/// <summary>How well one tag is met: root mean square of what is left, in its unit, before and after.</summary>
public sealed record TagResidual(int Tag, double Before, double After, ImmutableArray<double> Left);

/// <param name="From">Readings before do not count.</param>
/// <param name="Every">Readings of one tag that are compared lie at least so far apart.</param>
public readonly record struct FitWindow(TimeSpan From, TimeSpan To, TimeSpan Every);

/// <param name="Grid">Times of the residuals, s.</param>
/// <param name="Runs">Twins run.</param>
/// <param name="Correlation">Between the parameters, -1..1; two that move the same readings alike cannot be told apart.</param>
public sealed record FitResult(
    ImmutableArray<FittedParameter> Parameters, ImmutableArray<TagResidual> Residuals, ImmutableArray<double> Grid, int Runs, string Ended, double[,] Correlation);

/// <summary>
/// Finds the multipliers of a twin with which its instruments, driven as the plant was, say what the plant's said: bounded least squares
/// (Levenberg-Marquardt) in the logarithm of the multipliers, each tag weighed by what it can tell.
/// </summary>
public sealed class TwinFit(RigDefinition rig, TwinDefinition twin, Recording recording, ImmutableArray<UncertainParameter> parameters, ImmutableArray<int> tags, FitWindow window)
{
    /// <summary>Step of the finite differences, in the logarithm: beyond the steps of solver and outputs, within the bend of the answer.</summary>
    private const double Step = 0.02;

    /// <summary>A tag is not trusted better than this share of the range it went through: the model is not better either.</summary>
    private const double ShareOfRange = 0.01;

    /// <summary>Multipliers without a bound of their own stay within this factor.</summary>
    private const double Widest = 20;

    private readonly Dictionary<string, double[]> known = new(StringComparer.Ordinal);
    private readonly double[] scale = new double[tags.Length];
    private ImmutableArray<double> grid = [];
    private bool[] told = [];

    /// <exception cref="ArgumentException">Nothing to fit on; the message says what is missing.</exception>
    public FitResult Run()
    {
        double[] observed = Observed();
        int samples = told.Count(t => t);
        if (samples <= parameters.Length) throw new ArgumentException($"{samples} readings in the window are too few for {parameters.Length} parameters");
        var model = ObjectiveFunction.NonlinearModel(
            (p, _) => Vector<double>.Build.Dense(Answers(p)), (p, _) => Jacobian(p), Vector<double>.Build.Dense(observed.Length, i => i), Vector<double>.Build.Dense(observed));
        var lower = Vector<double>.Build.Dense(parameters.Length, p => Math.Log(Math.Max(parameters[p].Lowest, 1 / Widest)));
        var upper = Vector<double>.Build.Dense(parameters.Length, p => Math.Log(Math.Min(parameters[p].Highest, Widest)));
        var start = Vector<double>.Build.Dense(parameters.Length);
        var found = new LevenbergMarquardtMinimizer(maximumIterations: 40, functionTolerance: 1e-10, stepTolerance: 1e-6, gradientTolerance: 1e-10).FindMinimum(model, start, lower, upper);
        double[] before = Answers(start), after = Answers(found.MinimizingPoint);
        (double[] errors, double[,] correlation) = Errors(found.MinimizingPoint, observed, after);
        double t = StudentT.InvCDF(0, 1, samples - parameters.Length, 0.975);
        return new FitResult(
            [.. parameters.Select((p, i) => Fitted(p, found.MinimizingPoint[i], t * errors[i], lower[i], upper[i]))],
            [.. tags.Select((tag, i) => Residual(tag, i, observed, before, after))], grid, known.Count, Words(found.ReasonForExit), correlation);
    }

    private static FittedParameter Fitted(UncertainParameter parameter, double log, double width, double lower, double upper) =>
        new(parameter, Math.Exp(log), Math.Exp(log - width), Math.Exp(log + width), log - lower < 1e-3 || upper - log < 1e-3);

    /// <summary>Data in units of their own uncertainty; what nobody read is 0 and stays 0 in every answer.</summary>
    private double[] Observed()
    {
        TagTrack[] tracks = [.. tags.Select(t => recording.Tracks.FirstOrDefault(r => r.Tag == t) ?? throw new ArgumentException($"the data hold no good readings of {rig.Tags[t].Name}"))];
        grid = [.. tracks.SelectMany(t => t.Times(window.From.TotalSeconds, window.To.TotalSeconds, window.Every.TotalSeconds)).Distinct().Order()];
        if (grid.IsEmpty) throw new ArgumentException("the data hold no good readings in the window");
        told = new bool[tags.Length * grid.Length];
        double[] observed = new double[told.Length];
        for (int t = 0; t < tags.Length; t++)
        {
            TagDefinition tag = rig.Tags[tags[t]];
            TagTrack track = tracks[t];
            scale[t] = Math.Max(tag.StandardUncertainty, ShareOfRange * track.Range(grid[^1]));
            if (!(scale[t] > 0)) scale[t] = Math.Pow(10, -tag.Decimals);
            for (int g = 0; g < grid.Length; g++)
            {
                double value = track.At(grid[g]);
                told[t * grid.Length + g] = double.IsFinite(value);
                if (double.IsFinite(value)) observed[t * grid.Length + g] = value / scale[t];
            }
        }

        return observed;
    }

    private double[] Answers(Vector<double> logs)
    {
        string key = string.Join(' ', logs.Select(l => BitConverter.DoubleToInt64Bits(l)));
        if (known.TryGetValue(key, out double[]? answered)) return answered;
        TwinDefinition changed = parameters.Select((p, i) => (p, i)).Aggregate(twin, (t, p) => p.p.Apply(t, Math.Exp(logs[p.i])));
        double[][] read = Replay.Run(rig, changed, recording, tags, grid);
        double[] answers = new double[told.Length];
        for (int i = 0; i < answers.Length; i++)
            if (told[i]) answers[i] = read[i / grid.Length][i % grid.Length] / scale[i / grid.Length];
        return known[key] = answers;
    }

    private Matrix<double> Jacobian(Vector<double> logs)
    {
        var jacobian = Matrix<double>.Build.Dense(told.Length, logs.Count);
        for (int p = 0; p < logs.Count; p++)
        {
            Vector<double> up = logs.Clone(), down = logs.Clone();
            up[p] += Step;
            down[p] -= Step;
            double[] high = Answers(up), low = Answers(down);
            for (int i = 0; i < told.Length; i++) jacobian[i, p] = (high[i] - low[i]) / (2 * Step);
        }

        return jacobian;
    }

    /// <summary>
    /// Standard errors by the scatter that is left, widened for readings that are wrong together: with neighbours that correlate by r a
    /// reading counts for (1-r)/(1+r) of one; and by what each instrument may be off all the time, its standard uncertainty, which no number
    /// of its readings shows.
    /// </summary>
    private (double[] Errors, double[,] Correlation) Errors(Vector<double> at, double[] observed, double[] after)
    {
        Matrix<double> jacobian = Jacobian(at);
        int samples = told.Count(t => t);
        double variance = observed.Zip(after, (o, a) => (o - a) * (o - a)).Sum() / (samples - parameters.Length);
        double neighbours = Math.Clamp(Neighbours(observed, after), 0, 0.98);
        Matrix<double> normal = jacobian.TransposeThisAndMultiply(jacobian);
        Matrix<double> inverse = (normal + 1e-12 * normal.Diagonal().AbsoluteMaximum() * Matrix<double>.Build.DenseIdentity(at.Count)).Inverse();
        Matrix<double> covariance = inverse * variance * (1 + neighbours) / (1 - neighbours);
        for (int t = 0; t < tags.Length; t++)
        {
            Vector<double> shift = inverse * jacobian.TransposeThisAndMultiply(Offset(t));
            covariance += shift.OuterProduct(shift);
        }

        double[] errors = [.. covariance.Diagonal().Select(v => Math.Sqrt(Math.Max(v, 0)))];
        double[,] correlation = new double[at.Count, at.Count];
        for (int i = 0; i < at.Count; i++)
            for (int j = 0; j < at.Count; j++) correlation[i, j] = errors[i] > 0 && errors[j] > 0 ? covariance[i, j] / (errors[i] * errors[j]) : 0;
        return (errors, correlation);
    }

    /// <summary>Every reading of one tag off by its standard uncertainty.</summary>
    private Vector<double> Offset(int t) =>
        Vector<double>.Build.Dense(told.Length, i => told[i] && i / grid.Length == t ? rig.Tags[tags[t]].StandardUncertainty / scale[t] : 0);

    /// <summary>Correlation of what is left with what was left at the reading of the same tag before.</summary>
    private double Neighbours(double[] observed, double[] after)
    {
        double product = 0, square = 0;
        for (int t = 0; t < tags.Length; t++)
        {
            double before = 0;
            for (int i = t * grid.Length; i < (t + 1) * grid.Length; i++)
            {
                if (!told[i]) continue;
                double left = observed[i] - after[i];
                square += left * left;
                product += left * before;
                before = left;
            }
        }

        return square > 0 ? product / square : 0;
    }

    private TagResidual Residual(int tag, int t, double[] observed, double[] before, double[] after)
    {
        var left = ImmutableArray.CreateBuilder<double>(grid.Length);
        double squareBefore = 0, squareAfter = 0;
        int count = 0;
        for (int i = t * grid.Length; i < (t + 1) * grid.Length; i++)
        {
            left.Add(told[i] ? (observed[i] - after[i]) * scale[t] : double.NaN);
            if (!told[i]) continue;
            count++;
            squareBefore += Math.Pow((observed[i] - before[i]) * scale[t], 2);
            squareAfter += Math.Pow((observed[i] - after[i]) * scale[t], 2);
        }

        return new TagResidual(tag, Math.Sqrt(squareBefore / Math.Max(count, 1)), Math.Sqrt(squareAfter / Math.Max(count, 1)), left.ToImmutable());
    }

    private static string Words(ExitCondition reason) => reason switch
    {
        ExitCondition.Converged or ExitCondition.RelativePoints or ExitCondition.RelativeGradient or ExitCondition.AbsoluteGradient => "converged",
        ExitCondition.ExceedIterations => "stopped after 40 rounds",
        _ => $"stopped: {reason}",
    };
}
