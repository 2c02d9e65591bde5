using Crm.Plant.Loops;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>Calcines: sweep proven first, ramp, soak, and cooling under sweep until it may stand without.</summary>
public sealed class CalcineOperation : IUnitOperation
{
    private static readonly TimeSpan SweepTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProvenTime = TimeSpan.FromSeconds(20);

    /// <summary>K beyond the temperature at which it is overheated.</summary>
    private const double Overheat = 40;

    /// <summary>K from the temperature from which the time counts.</summary>
    private const double Near = 10;

    /// <summary>Percent of heater per K, and its integral time, where the rig has no temperature loop.</summary>
    private const double HeaterGain = 2;
    private static readonly TimeSpan HeaterIntegral = TimeSpan.FromMinutes(6);

    public UnitOperationDescription Description { get; } = new(
        "calcine",
        "Calcine",
        "Proves the sweep, ramps, soaks, and cools under sweep; the sweep ends only when it is cold.",
        ["calciner"],
        [
            ParameterDefinition.Number("temperature", "Temperature", "degC", 50, 1300, null, "Temperature of the soak."),
            ParameterDefinition.Number("ramp", "Ramp", "K/min", 0.1, 50, null, "Rate of heating."),
            ParameterDefinition.Number("for", "For", "s", 0, 604800, null, "Time at temperature."),
            ParameterDefinition.Number("sweep", "Sweep", "L/min", 0.1, 10000, null, "Sweep gas that must flow while it is hot."),
            ParameterDefinition.Number("cold", "Cold", "degC", 20, 300, 80, "Below this it may stand without sweep."),
        ],
        [
            Surroundings.TemperatureTag(true), Surroundings.Loop(false), new("heater", RoleKind.Output, "%", false, "Heats, where there is no loop."),
            new("heater_power", RoleKind.Tag, "kW", false, "Tells a heater that is open, or stuck on."),
            new("sweep", RoleKind.Output, "%", true, "Sweep gas."), new("sweep_flow", RoleKind.Tag, "L/min", true, "Proof of sweep."),
        ],
        [],
        RepeatSafe: true)
    {
        Effects =
        [
            new("sweep on", "meter shows it", SweepTime, "no sweep"),
            new("heater on", "temperature follows", TimeSpan.FromMinutes(12), "heater gives no heat"),
            new("heater off", "power goes", TimeSpan.FromMinutes(3), "heater relay stuck"),
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => CalcineMemory.Fresh;

    /// <summary>Sweep is proven again before it heats; the ramp goes on from where the temperature is.</summary>
    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) => CalcineMemory.Fresh with { Soaked = ((CalcineMemory)memory).Soaked };

    /// <summary>The sweep is no feed: it stays. No heat before the sweep is proven, and the ramp stands where it is.</summary>
    public string? Wait(PhaseContext context, PhaseMemory memory)
    {
        var calcine = (CalcineMemory)memory;
        Sweep(context);
        string? fault = context.Unusable("temperature", "sweep_flow");
        Heat(context, fault is null ? calcine.Setpoint : double.NaN, context.Read("temperature").Value, calcine.Bias);
        return fault;
    }

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var calcine = (CalcineMemory)memory;
        Sweep(context);
        string? fault = context.Unusable("temperature", "sweep_flow");
        if (fault is not null) return HeatOff(context, calcine, fault);
        double temperature = context.Read("temperature").Value;
        Reading flow = context.Read("sweep_flow");
        bool sweeps = flow.Value >= 0.8 * context.Number("sweep");
        calcine = calcine with { Sweeps = calcine.Sweeps.Next(sweeps, context.Elapsed), NoSweep = calcine.NoSweep.Next(!sweeps, context.Elapsed) };
        if (calcine.NoSweep.For >= SweepTime)
            return HeatOff(context, calcine, $"{context.Unit.Name} has no sweep: {flow.Value.F("0.0")} L/min, {context.Number("sweep").F("0.0")} L/min needed: valve, bottle or filter");
        if (calcine.Sweeps.For < ProvenTime && double.IsNaN(calcine.Setpoint))
        {
            Heat(context, double.NaN, temperature);
            return new(calcine, PhaseVerdict.Continue, $"proving the sweep: {flow.Value.F("0.0")} L/min", 0);
        }

        return Heating(context, calcine, temperature);
    }

    private static PhaseStep Heating(PhaseContext context, CalcineMemory calcine, double temperature)
    {
        double asked = context.Number("temperature");
        TimeSpan time = context.SecondsOr("for", 0);
        bool soaked = calcine.Soaked >= time;
        double before = double.IsNaN(calcine.Setpoint) ? temperature : calcine.Setpoint;
        double setpoint = soaked ? 0 : Math.Min(before + (context.Number("ramp") * context.Elapsed.TotalMinutes), asked);
        bool cold = false;
        ThermalWatch watch = soaked ? ThermalWatch.Fresh : calcine.Watch.Next(temperature, setpoint - Near, +1, context.Elapsed, out cold);
        calcine = calcine with
        {
            Setpoint = setpoint,
            Watch = watch,
            Heater = calcine.Heater.Next(context, temperature, soaked ? -300 : setpoint + Near, out string? stuck),
            Soaked = calcine.Soaked + (!soaked && temperature >= asked - Near ? context.Elapsed : TimeSpan.Zero),
        };
        if (stuck is not null) return HeatOff(context, calcine, stuck);
        if (temperature > asked + Overheat) return HeatOff(context, calcine, $"{context.Unit.Name} is overheated: {temperature.F("0")} degC, {asked.F("0")} degC asked");
        if (cold) return HeatOff(context, calcine, $"{context.Unit.Name} heater gives no heat: {temperature.F("0")} degC, setpoint {setpoint.F("0")} degC{HeaterWatch.Cause(context)}");
        calcine = calcine with { Bias = Bias(context, calcine.Bias, setpoint - temperature) };
        Heat(context, soaked ? double.NaN : setpoint, temperature, calcine.Bias);
        bool done = soaked && temperature <= context.Number("cold");
        string doing = soaked ? $"cooling under sweep: {temperature.F("0")} of {context.Number("cold").F("0")} degC"
            : calcine.Soaked > TimeSpan.Zero ? $"calcining {calcine.Soaked.TotalMinutes.F("0")} of {time.TotalMinutes.F("0")} min at {temperature.F("0")} degC"
            : $"heating {temperature.F("0")} of {asked.F("0")} degC";
        if (done) context.Drive("sweep", 0);
        return new(calcine, done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, Inputs.Share(calcine.Soaked.TotalSeconds, time.TotalSeconds));
    }

    private static void Sweep(PhaseContext context) =>
        context.Drive("sweep", context.Rig.Outputs[context.Rig.Output(context.Unit.Name, "sweep")].High);

    /// <param name="setpoint">degC; NaN: off.</param>
    private static void Heat(PhaseContext context, double setpoint, double temperature, double bias = 0)
    {
        int loop = context.Rig.Loop(context.Unit.Name, Surroundings.TemperatureLoop);
        if (loop < 0)
        {
            context.Drive("heater", double.IsNaN(setpoint) ? 0 : Math.Clamp((HeaterGain * (setpoint - temperature)) + bias, 0, 100));
            return;
        }

        context.Control(Surroundings.TemperatureLoop, double.IsNaN(setpoint) ? context.Rig.Loops[loop].SetpointLow : setpoint);
        if (!double.IsNaN(setpoint)) return;
        // A low setpoint alone is no "off": a loop that comes down at its own rate would heat along that ramp.
        foreach (SplitLeg leg in LoopTree.Legs(context.Rig.Loops, loop)) context.DriveOutput(leg.Output, leg.AtFrom);
    }

    /// <summary>Percent that the integral gives; stands while the heater is at its end.</summary>
    private static double Bias(PhaseContext context, double before, double error) =>
        (HeaterGain * error) + before is < 0 or > 100 ? before : Math.Clamp(before + (HeaterGain * error * (context.Elapsed / HeaterIntegral)), 0, 100);

    private static PhaseStep HeatOff(PhaseContext context, CalcineMemory calcine, string fault)
    {
        Heat(context, double.NaN, 0);
        return context.Faulted(calcine, fault);
    }
}

/// <param name="Setpoint">Setpoint of the ramp, degC; NaN until the sweep is proven.</param>
/// <param name="Soaked">Time at temperature.</param>
public sealed record CalcineMemory(double Setpoint, TimeSpan Soaked, Lasting Sweeps, Lasting NoSweep, ThermalWatch Watch, HeaterWatch Heater) : PhaseMemory
{
    /// <summary>Percent of heater by the integral, where the rig has no temperature loop.</summary>
    public double Bias { get; init; }

    public static readonly CalcineMemory Fresh = new(double.NaN, TimeSpan.Zero, default, default, ThermalWatch.Fresh, HeaterWatch.Fresh);
}
