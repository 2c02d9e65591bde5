using Crm.Twin.Dynamics;

namespace Crm.Twin.Models;

/// <summary>Well-mixed content behind a heating or cooling jacket, no losses.</summary>
/// <param name="HeatCapacity">J/K of the content.</param>
/// <param name="Conductance">W/K between jacket and content.</param>
public sealed record JacketedContent(double HeatCapacity, double Conductance)
{
    /// <summary>W into the content.</summary>
    public static double Flow(double conductance, double jacket, double content) => conductance * (jacket - content);

    /// <summary>Temperature after some seconds at a constant jacket temperature.</summary>
    public double Advance(double start, double jacket, double seconds)
    {
        double[] temperature = [start];
        new Rosenbrock((t, slope) => slope[0] = Flow(Conductance, jacket, t[0]) / HeatCapacity).Advance(temperature, seconds);
        return temperature[0];
    }
}
