using Crm.Plant.Loops.Tuning;

namespace Crm.Plant.Tests.Loops;

/// <summary>A <see cref="PlantModel"/> in time: Runge-Kutta of fourth order, input held between steps, delay a whole number of steps.</summary>
public sealed class BenchmarkPlant
{
    private readonly PlantModel model;
    private readonly double step;
    private readonly double[] states;
    private readonly double[] delayed;
    private readonly double[][] slopes;
    private readonly double[] trial;
    private int at;

    public BenchmarkPlant(PlantModel model, double step)
    {
        this.model = model;
        this.step = step;
        states = new double[model.Lags.Length + (model.Integrates ? 1 : 0)];
        delayed = new double[(int)Math.Round(model.Delay / step)];
        slopes = [new double[states.Length], new double[states.Length], new double[states.Length], new double[states.Length]];
        trial = new double[states.Length];
    }

    public double Value { get; private set; }

    /// <summary>The process under one held input; what it gives shows after the step.</summary>
    public void Move(double input)
    {
        double arrives = input;
        if (delayed.Length > 0)
        {
            arrives = delayed[at];
            delayed[at] = input;
            at = (at + 1) % delayed.Length;
        }

        arrives *= model.Gain;
        Slope(states, arrives, slopes[0]);
        Slope(Along(slopes[0], step / 2), arrives, slopes[1]);
        Slope(Along(slopes[1], step / 2), arrives, slopes[2]);
        Slope(Along(slopes[2], step), arrives, slopes[3]);
        for (int i = 0; i < states.Length; i++)
            states[i] += step / 6 * (slopes[0][i] + 2 * slopes[1][i] + 2 * slopes[2][i] + slopes[3][i]);
        Slope(states, arrives, slopes[0]);
        Value = states.Length == 0 ? arrives : states[^1] - model.InverseTime * slopes[0][^1];
    }

    private double[] Along(double[] slope, double time)
    {
        for (int i = 0; i < trial.Length; i++) trial[i] = states[i] + time * slope[i];
        return trial;
    }

    private void Slope(double[] x, double input, double[] slope)
    {
        double into = input;
        for (int i = 0; i < model.Lags.Length; i++)
        {
            slope[i] = (into - x[i]) / model.Lags[i];
            into = x[i];
        }

        if (model.Integrates) slope[^1] = into;
    }
}

/// <summary>The processes of the standards reference, 5.2 and 5.3, by name.</summary>
public static class Benchmarks
{
    public static PlantModel Of(string name) => name switch
    {
        "e^-s/(s+1)" => PlantModel.FirstOrder(1, 1, 1),
        "e^-s/(10s+1)" => PlantModel.FirstOrder(1, 10, 1),
        "e^-s/(0.2s+1)" => PlantModel.FirstOrder(1, 0.2, 1),
        "e^-s/s" => PlantModel.Integrating(1, 1),
        "1/(s+1)^3" => new PlantModel(1, false, [1, 1, 1], 0),
        "1/(s+1)^4" => new PlantModel(1, false, [1, 1, 1, 1], 0),
        "1/(s+1)^8" => new PlantModel(1, false, [1, 1, 1, 1, 1, 1, 1, 1], 0),
        "4 lags .2" => new PlantModel(1, false, [1, 0.2, 0.04, 0.008], 0),
        "4 lags .5" => new PlantModel(1, false, [1, 0.5, 0.25, 0.125], 0),
        "(1-0.5s)/(s+1)^3" => new PlantModel(1, false, [1, 1, 1], 0, 0.5),
        "e^-s/(s+1)^2" => new PlantModel(1, false, [1, 1], 1),
        _ => throw new ArgumentException(name),
    };
}
