using System.Globalization;
using Crm.Chemistry;
using Crm.Twin.Equipment;
using Xunit;

namespace Crm.Twin.Tests.Flowsheets;

/// <summary>
/// Heat of the pieces that every vessel is made of, to 1e-6 over 10^5 steps: two bodies in contact (jacket and contents, wall and product) with what heater, coolant and hall give and
/// take, and streams that mix. CRM_SEED draws others.
/// </summary>
public sealed class EnergyTests(ITestOutputHelper output)
{
    private const int Steps = 100_000;
    private const double Relative = 1e-6;

    private static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("CRM_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed : 20261121;

    [Fact]
    public void What_jacket_and_contents_hold_is_what_heater_coolant_and_hall_gave_and_took()
    {
        output.WriteLine($"CRM_SEED={Seed}");
        var random = new Random(Seed);
        double Between(double low, double high) => low + random.NextDouble() * (high - low);
        for (int vessel = 0; vessel < 8; vessel++)
        {
            double jacketHeat = Between(1e3, 1e5), contents = Between(1e3, 4e5), jacket = 20, inside = 20, came = 0, turned = 0, contact = 100, watts = 0, cooled = 0;
            for (int i = 0; i < Steps; i++)
            {
                double dt = i % 3 == 0 ? 1 : i % 3 == 1 ? 2 : 10, loss = 3, hall = 20, coolant = 10;
                if (random.Next(200) == 0) (contact, watts, cooled) = (Between(1, 500), Between(0, 8000), random.Next(2) * Between(0, 800));
                double before = jacketHeat * jacket + contents * inside;
                (jacket, inside) = Body.Step(new Body(jacketHeat, jacket, watts + cooled * coolant + loss * hall, cooled + loss), new Body(contents, inside, loss * hall, loss), contact, dt);
                double gave = dt * (watts + cooled * (coolant - jacket) + loss * (hall - jacket) + loss * (hall - inside));
                came += gave;
                turned += Math.Abs(gave);
                Assert.True(Math.Abs(jacketHeat * jacket + contents * inside - before - gave) <= 1e-9 * (Math.Abs(before) + Math.Abs(gave)), $"seed {Seed}, vessel {vessel}, step {i}");
            }

            double stored = jacketHeat * (jacket - 20) + contents * (inside - 20);
            Assert.True(Math.Abs(stored - came) <= Relative * turned, $"seed {Seed}, vessel {vessel}: {stored} J stored, {came} J came");
        }
    }

    [Fact]
    public void Streams_that_mix_keep_their_heat()
    {
        output.WriteLine($"CRM_SEED={Seed}");
        var random = new Random(Seed);
        Mixture[] places = [.. Enumerable.Range(0, 12).Select(_ => Filled(random))];
        double began = places.Sum(Heat);
        for (int i = 0; i < Steps; i++)
        {
            Mixture from = places[random.Next(places.Length)], to = places[random.Next(places.Length)];
            if (ReferenceEquals(from, to)) continue;
            from.MoveTo(to, random.Next(50) == 0 ? 1 : random.NextDouble(), random.Next(50) == 0 ? 1 : random.NextDouble());
        }

        Assert.InRange(places.Sum(Heat) / began, 1 - Relative, 1 + Relative);
        Assert.All(places, p => Assert.InRange(p.Temperature, 0, 100));
    }

    private static double Heat(Mixture m) => m.HeatCapacity * m.Temperature;

    private static Mixture Filled(Random random)
    {
        Mixture m = new() { Temperature = 5 + 90 * random.NextDouble() };
        m.Aq[Aqueous.H2O] = 100 + 1000 * random.NextDouble();
        for (int i = 0; i < 6; i++) m.Aq[random.Next(Aqueous.Count)] += 5 * random.NextDouble();
        for (int i = 0; i < 4; i++) m.Solid[random.Next(Solid.Count)] += 5 * random.NextDouble();
        if (random.Next(2) == 0) m.Organic = ExtractionStage.FreshOrganic(5, 0.2, 0.05);
        return m;
    }
}
