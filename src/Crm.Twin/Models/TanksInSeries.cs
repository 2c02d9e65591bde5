using Crm.Twin.Dynamics;

namespace Crm.Twin.Models;

/// <summary>Equal ideally mixed tanks through which one stream flows; liquor volume constant.</summary>
/// <param name="TankVolume">L of one tank.</param>
/// <param name="Flow">L/h.</param>
public sealed record TanksInSeries(int Tanks, double TankVolume, double Flow)
{
    /// <summary>Advances the concentrations, first tank to last, by hours under a constant feed concentration.</summary>
    public void Advance(double[] concentrations, double feed, double hours) => new Rosenbrock((c, slope) =>
    {
        for (int k = 0; k < Tanks; k++) slope[k] = Flow / TankVolume * ((k == 0 ? feed : c[k - 1]) - c[k]);
    }).Advance(concentrations, hours);
}
