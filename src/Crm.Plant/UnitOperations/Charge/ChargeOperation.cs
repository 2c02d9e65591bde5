using Crm.Plant.Records;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>Charges solids by a feeder, weighed by the load cells of the vessel, in portions if asked.</summary>
public sealed class ChargeOperation : IUnitOperation
{
    private static readonly TimeSpan Smoothing = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TareTime = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BridgeTime = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan RunOnTime = TimeSpan.FromSeconds(30);

    /// <summary>kg that the feeder must bring within <see cref="BridgeTime"/>, or go on giving when it is off.</summary>
    private const double Discernible = 0.05;

    /// <summary>Share of a portion that is fed slowly, and the feeder's share of speed for it.</summary>
    private const double FineShare = 0.15;
    private const double FineSpeed = 0.25;

    /// <summary>s of feeding that are still in the air when the feeder stops.</summary>
    private const double InFlight = 2;

    public UnitOperationDescription Description { get; } = new(
        "charge",
        "Charge",
        "Charges solids by a feeder, weighed by the vessel's load cells, in portions with a pause between; slow at the end of each.",
        [],
        [
            ParameterDefinition.Number("amount", "Amount", "kg", 0.01, 10000, null, "Mass to charge."),
            ParameterDefinition.Number("portions", "Portions", "", 1, 50, 1, "Number of equal portions."),
            ParameterDefinition.Number("pause", "Pause", "s", 0, 7200, 0, "Time between portions: wetting, gas and heat are watched."),
            ParameterDefinition.Number("speed", "Feeder speed", "%", 1, 100, 100, "Speed of the feeder."),
            ParameterDefinition.Number("tolerance", "Tolerance", "kg", 0.001, 100, 0.05, "More than this beyond the amount is a fault."),
            Surroundings.Temperature(),
            Surroundings.Agitator,
        ],
        [
            new("feeder", RoleKind.Output, "%", true, "Brings the solids."),
            new("mass", RoleKind.Tag, "kg", true, "Load cells of the vessel."),
            Surroundings.Loop(false), Surroundings.AgitatorOutput, Surroundings.AgitatorSpeed,
        ],
        ["at any time: the feeder stops, what was charged stays counted"],
        RepeatSafe: false)
    {
        Effects =
        [
            new("feeder on", "mass rises", BridgeTime, "feeder bridges, is empty or does not run"),
            new("feeder off", "mass stays", RunOnTime, "feeder relay stuck"),
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => ChargeMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) => (ChargeMemory)memory with { Watched = double.NaN, InWatch = TimeSpan.Zero, Speed = 0 };

    public PhaseMemory? Recover(IReadOnlyList<BatchEvent> recorded)
    {
        string? tare = recorded.Select(e => e.Data.GetValueOrDefault("load_cells_kg")).LastOrDefault(t => t is not null);
        return tare is null ? null : ChargeMemory.Fresh with { Tare = double.Parse(tare, System.Globalization.CultureInfo.InvariantCulture) };
    }

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var charge = (ChargeMemory)memory;
        string? fault = context.Maintain() ?? context.Unusable("mass");
        if (fault is not null) return context.Faulted(charge with { Speed = 0 }, fault);
        charge = charge with
        {
            Mass = charge.Mass.Next(context.Read("mass").Value, context.Elapsed, Smoothing),
            InStage = charge.InStage + context.Elapsed,
            InWatch = charge.InWatch + context.Elapsed,
        };
        if (double.IsNaN(charge.Tare)) return Taring(context, charge);
        charge = Watched(context, charge, out fault);
        double amount = context.Number("amount");
        if (charge.Charged > amount + context.Number("tolerance")) fault ??= $"{context.Unit.Name} got {charge.Charged.F()} kg, {amount.F()} kg asked";
        if (fault is not null) return context.Faulted(charge with { Speed = 0 }, fault);
        return Feed(context, charge, amount);
    }

    public void End(PhaseContext context, PhaseMemory memory)
    {
        var charge = (ChargeMemory)memory;
        if (double.IsNaN(charge.Tare) || !charge.Mass.IsSet) return;
        Reading mass = context.Read("mass");
        double gone = mass.IsBad ? charge.Charged : mass.Value - charge.Tare;
        var data = BatchEvent.NoData.Add("unit", context.Unit.Name).Add("charged_kg", gone.F("R")).Add("asked_kg", context.Number("amount").F("R"));
        context.Record(BatchEventKind.Note, $"{gone.F("0.00")} kg charged into {context.Unit.Name} by load cells ({context.Number("amount").F()} kg asked)", data);
    }

    private static PhaseStep Taring(PhaseContext context, ChargeMemory charge)
    {
        context.Drive("feeder", 0);
        if (charge.InStage < TareTime) return new(charge, PhaseVerdict.Continue, "reading the load cells", 0);
        context.Record(BatchEventKind.Note, $"{context.Unit.Name} load cells {charge.Mass.Value.F()} kg before charging", BatchEvent.NoData.Add("load_cells_kg", charge.Mass.Value.F("R")));
        return new(charge with { Tare = charge.Mass.Value, InStage = TimeSpan.Zero, Watched = double.NaN }, PhaseVerdict.Continue, "starting", 0);
    }

    private static PhaseStep Feed(PhaseContext context, ChargeMemory charge, double amount)
    {
        double portion = amount / Math.Floor(context.Number("portions"));
        double portionEnd = Math.Min(portion * (charge.Portion + 1), amount);
        double perSecond = charge.InWatch > TimeSpan.FromSeconds(5) && charge.Speed > 0 ? Math.Max(charge.Mass.Value - charge.Watched, 0) / charge.InWatch.TotalSeconds : 0;
        double lacks = portionEnd - charge.Charged - (perSecond * InFlight);
        string doing = $"charged {charge.Charged.F()} of {amount.F()} kg";
        if (charge.Waits || lacks <= 0.005)
        {
            context.Drive("feeder", 0);
            bool last = portionEnd >= amount;
            TimeSpan wait = last ? SettleTime : context.SecondsOr("pause", 0) + SettleTime;
            bool over = charge.Waits && charge.InStage >= wait;
            bool more = over && last && amount - charge.Charged > Math.Max(0.02 * amount, 0.02);
            ChargeMemory next = charge with
            {
                Speed = 0,
                Waits = !over || (last && !more),
                Portion = over && !last ? charge.Portion + 1 : charge.Portion,
                InStage = charge.Waits && !over ? charge.InStage : TimeSpan.Zero,
            };
            return new(next, over && last && !more ? PhaseVerdict.Done : PhaseVerdict.Continue, doing + (last ? ", settling" : ", pause"), Inputs.Share(charge.Charged, amount));
        }

        double speed = context.Number("speed") * (lacks < FineShare * portion ? FineSpeed : 1);
        context.Drive("feeder", speed);
        return new(charge with { Speed = speed }, PhaseVerdict.Continue, doing, Inputs.Share(charge.Charged, amount));
    }

    /// <summary>Judges windows in which the feeder was on, or off, all the time.</summary>
    private static ChargeMemory Watched(PhaseContext context, ChargeMemory charge, out string? fault)
    {
        fault = null;
        bool turned = charge.Speed > 0 != charge.WatchedOn;
        if (double.IsNaN(charge.Watched) || turned) return charge with { Watched = charge.Mass.Value, InWatch = TimeSpan.Zero, WatchedOn = charge.Speed > 0 };
        double rise = charge.Mass.Value - charge.Watched;
        if (charge.WatchedOn && charge.InWatch >= BridgeTime)
        {
            if (rise < Discernible) fault = $"{context.Unit.Name} mass does not rise: {rise.F()} kg in {charge.InWatch.TotalSeconds.F("0")} s: feeder bridges, is empty or does not run";
            return charge with { Watched = charge.Mass.Value, InWatch = TimeSpan.Zero };
        }

        bool settled = !charge.WatchedOn && charge.InWatch >= TimeSpan.FromSeconds(5);
        if (settled && charge.InWatch < TimeSpan.FromSeconds(6)) return charge with { Watched = charge.Mass.Value, InWatch = TimeSpan.FromSeconds(6) };
        if (settled && rise > 2 * Discernible) fault = $"{context.Unit.Name} mass rises {rise.F()} kg with the feeder off: feeder relay stuck";
        return charge;
    }
}

/// <param name="Tare">kg by the load cells before charging; NaN before.</param>
/// <param name="Portion">Portions charged.</param>
/// <param name="Waits">Feeder off: pause between portions, or settling.</param>
/// <param name="Speed">Percent the feeder was last told.</param>
/// <param name="Watched">kg at the start of the window in which the feeder is judged.</param>
public sealed record ChargeMemory(
    Smoothed Mass, double Tare, int Portion, bool Waits, double Speed, TimeSpan InStage, double Watched, bool WatchedOn, TimeSpan InWatch) : PhaseMemory
{
    public static readonly ChargeMemory Fresh = new(Smoothed.Unset, double.NaN, 0, false, 0, TimeSpan.Zero, double.NaN, false, TimeSpan.Zero);

    public double Charged => double.IsNaN(Tare) ? 0 : Mass.Value - Tare;
}
