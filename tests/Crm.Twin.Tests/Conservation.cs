using Crm.Plant.Ports;
using Xunit;

namespace Crm.Twin.Tests;

internal static class Conservation
{
    /// <summary>Element masses to 1e-9 of what there was, charge to 1e-9 mol.</summary>
    public static void Check(PlantTruth truth)
    {
        foreach ((string element, double initial) in truth.Initial)
        {
            double now = truth.Places.Values.Sum(p => p.GetValueOrDefault(element));
            Assert.True(Math.Abs(now - initial) <= 1e-9 * Math.Max(initial, 1e-6), $"{element}: {now - initial} kg of {initial} kg");
            Assert.All(truth.Places, p => Assert.True(p.Value.GetValueOrDefault(element) > -1e-12 || element == "H", $"{p.Key}: negative {element}"));
        }
        Assert.True(Math.Abs(truth.ChargeImbalanceMol) < 1e-9, $"charge {truth.ChargeImbalanceMol}");
    }
}
