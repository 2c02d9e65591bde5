using System.Globalization;

namespace Crm.Instruments.Fakes;

/// <summary>
/// The process behind the registers: a stirred beaker with soda liquor, an acid bottle on a scale, a water can, a 300 W heater. It knows of the controller
/// only what the pump and the relays do. Written apart from the twin, so that the two are two opinions on the same batch.
/// </summary>
internal sealed class BenchPlant(FakePump pump, FakeRelays relays, FakePh electrode, FakeCurrents currents)
{
    private const double FullAcid = 2.0 / 3600, FullWater = 24.0 / 3600, FullDrain = 120.0 / 3600;      // kg/s, L/s
    private const double AcidStrength = 0.10, SodaStrength = 0.02, Sulfuric = 0.09808, Soda = 0.10599, Sodium = 0.02299, Sulfate = 0.09606;      // kg/kg, kg/mol
    private const double HeaterWatts = 300, Loss = 1, Vessel = 1500, Ambient = 20;      // W, W/K, J/K, degC
    private const double Stripping = 2e-4, Lag = 4;      // 1/s of the carbon dioxide in solution, s

    private readonly HashSet<FakeDevice> astray = [];
    private double water, sodium, carbon, sulfur, bottle = 2, temperature = Ambient, shown = 7;

    /// <summary>kg of liquor, taken as 1 kg/L.</summary>
    private double Mass => water + (sodium * Sodium) + (sulfur * Sulfate) + (carbon * 0.06);

    public void Advance(TimeSpan by)
    {
        for (double left = by.TotalSeconds; left > 1e-9; left -= 0.2) Step(Math.Min(left, 0.2));
        Show();
    }

    /// <summary>
    /// The hands: <c>charge KG</c>, <c>take KG</c>, <c>look</c>; <c>astray UNIT</c> and <c>back UNIT</c> take an instrument out of the beaker and put it in again.
    /// Null when it is none of these words.
    /// </summary>
    public string? Obey(string[] words)
    {
        switch (words[0])
        {
            case "charge":
                double kg = double.Parse(words[1], CultureInfo.InvariantCulture);
                Warm(kg, Ambient);
                (sodium, carbon, water) = (sodium + (2 * kg * SodaStrength / Soda), carbon + (kg * SodaStrength / Soda), water + (kg * (1 - SodaStrength)));
                break;
            case "take":
                string taken = Look();
                Leave(Math.Max(0, Mass - double.Parse(words[1], CultureInfo.InvariantCulture)));
                Show();
                return taken;
            case "look":
                return Look();
            case "astray":
                astray.Add(Of(words[1]));
                return "ok";
            case "back":
                astray.Remove(Of(words[1]));
                break;
            default:
                return null;
        }

        Show();
        return Look();
    }

    private FakeDevice Of(string unit) => ((FakeDevice[])[pump, relays, electrode, currents]).First(d => d.Unit == byte.Parse(unit, CultureInfo.InvariantCulture));

    private string Look() => FormattableString.Invariant(
        $"ok {Mass:0.00000} {(Mass > 0 ? sodium * Sodium / Mass : 0):0.0000000} {(Mass > 0 ? sulfur * Sulfate / Mass : 0):0.0000000} {temperature:0.00} {Ph():0.000} {bottle:0.00000}");

    private void Step(double seconds)
    {
        double acid = Math.Min(bottle, pump.Share * FullAcid * seconds);
        bottle -= acid;
        if (acid > 0) Warm(acid, Ambient);
        (sulfur, water) = (sulfur + (acid * AcidStrength / Sulfuric), water + (acid * (1 - AcidStrength)));
        double fresh = relays.IsClosed(2) ? FullWater * seconds : 0;
        if (fresh > 0) Warm(fresh, Ambient);
        water += fresh;
        if (relays.IsClosed(3)) Leave(Math.Max(0, Mass - (FullDrain * seconds)));
        double heat = (relays.IsClosed(1) ? HeaterWatts : 0) + (Loss * (Ambient - temperature));
        temperature += heat * seconds / ((Mass * 4180) + Vessel);
        double dissolved = water > 0.01 ? Dissolved() : 0;
        carbon -= Math.Max(0, dissolved - 1e-5) * water * Stripping * seconds;
        shown += (Ph() - shown) * (1 - Math.Exp(-seconds / Lag));
    }

    private void Warm(double kg, double degrees) => temperature += (degrees - temperature) * kg * 4180 / (((Mass + kg) * 4180) + Vessel);

    private void Leave(double kg)
    {
        double part = Mass > 1e-9 ? kg / Mass : 0;
        (water, sodium, carbon, sulfur) = (water * part, sodium * part, carbon * part, sulfur * part);
    }

    private void Show()
    {
        Show(electrode, "ph", shown);
        Show(electrode, "temperature", temperature);
        Show(currents, "ai1", 4 + (16 * Math.Min(Mass, 5.5) / 5));
        Show(currents, "ai2", 4 + (16 * bottle / 3));
        Show(relays, "contacts", (relays.IsClosed(2) ? 2 : 0) | (relays.IsClosed(3) ? 4 : 0));
    }

    private void Show(FakeDevice on, string name, double value)
    {
        if (!astray.Contains(on)) on.Set(name, value);
    }

    /// <summary>The charge balance, by halving. Constants at 40 degC and 0.1 mol/kg, rounded.</summary>
    private double Ph()
    {
        if (water < 0.05) return 7;
        double low = 0, high = 14;
        while (high - low > 1e-6)
        {
            double ph = 0.5 * (low + high);
            if (Positive(Math.Pow(10, -ph)) > 0) low = ph;
            else high = ph;
        }

        return low;
    }

    private double Positive(double h)
    {
        double d = (h * h) + (K1 * h) + (K1 * K2);
        double bicarbonate = carbon / water * K1 * h / d, carbonate = carbon / water * K1 * K2 / d, bisulfate = sulfur / water * h / (h + K3);
        return (sodium / water) + h - (Kw / h) - bicarbonate - (2 * carbonate) - bisulfate - (2 * ((sulfur / water) - bisulfate));
    }

    private double Dissolved()
    {
        double h = Math.Pow(10, -Ph());
        return carbon / water * h * h / ((h * h) + (K1 * h) + (K1 * K2));
    }

    private const double K1 = 7.6e-7, K2 = 1.1e-10, K3 = 0.02, Kw = 4e-14;
}
