using Crm.Chemistry.Hazards;
using Crm.Plant.Expressions;
using Crm.Plant.Procedure;
using Crm.Plant.Twins;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.ProcessChecks;

/// <summary>Heat of a dose against the cooling of its vessel, and what the contents come to when it does not suffice.</summary>
internal static class HeatCheck
{
    /// <summary>J/(kg K) of a liquor with salts; degC of cooling water and of a room where the files do not say; degC at which an aqueous liquor counts as boiling.</summary>
    private const double HeatCapacity = 3600, CoolingWater = 15, Room = 20, Boils = 98;

    public static IEnumerable<ProcessFinding> Of(Course course)
    {
        foreach (Moment moment in course.Moments)
        {
            if (moment.Comes is not { Reagent: { } reagent, Kilograms: > 0, Rate: > 0 } comes || !(moment.After.Kilograms > 0) || ReagentHeat.Of(reagent.Species) is not { } heat) continue;
            if (Substances.KilogramsPerMol(reagent.Species) is not { } mass || !(moment.Before.Litres > 0)) continue;
            double perKilogram = reagent.MassFraction / mass * PerMol(heat, reagent.MassFraction, mass, moment.Before);
            foreach (ProcessFinding finding in OfDose(course, moment, comes, perKilogram, heat)) yield return finding;
        }
    }

    private static double PerMol(ReagentHeat heat, double strength, double mass, Vessel meets) =>
        heat.DilutionFrom(strength, mass * 1000) + (heat.Needs.Length == 0 || Meets(heat.Needs, meets) ? heat.Reaction : 0);

    private static bool Meets(string needs, Vessel vessel) => needs == "acid"
        ? vessel.FreeAcid > 0
        : vessel.Share("caustic") > 0.001 || vessel.Share("carbonate") > 0.001 || vessel.Holds.Any(h => AcidTaken.Of(h.Key) is not null && h.Value > 0.01 * vessel.Kilograms);

    private static IEnumerable<ProcessFinding> OfDose(Course course, Moment moment, Incoming comes, double perKilogram, ReagentHeat heat)
    {
        double start = moment.After.Celsius ?? Room, kilograms = comes.Kilograms!.Value;
        double power = comes.Rate!.Value / 3600 * perKilogram, cooling = Cooling(course, moment.After.Name, start);
        double heatCapacity = moment.After.Kilograms * HeatCapacity;
        double adiabatic = kilograms * perKilogram / heatCapacity;
        double left = Math.Max(0, 1 - cooling / power), end = start + adiabatic * left;
        double ceiling = Ceiling(course, moment);
        string unit = moment.After.Name;
        string rate = $"{Say.N(comes.Rate.Value)} kg/h {Say.Words(comes.Name)} give {Say.N(power / 1000)} kW";
        if (end > ceiling)
        {
            bool watched = Watches(course, moment);
            string cooled = cooling > 0 ? $"the jacket of {unit} takes {Say.N(cooling / 1000)} kW at {Say.N(start)} degC" : $"{unit} is not cooled";
            yield return new ProcessFinding(
                moment.Node.Id, "rate", DiagnosticCodes.HeatDose, watched,
                $"{rate}, {cooled}: {Say.N(kilograms)} kg bring {Say.N(moment.After.Kilograms)} kg from {Say.N(start)} to some {Say.N(Math.Min(end, 999))} degC, {Say.N(ceiling)} degC is the most",
                watched ? $"the step pauses the pump by the temperature, so it will take longer: {Longer(cooling, perKilogram, kilograms)}" : cooling > 0.02 * power ? $"dose slower than {Say.N(cooling * 3600 / perKilogram)} kg/h, or pause the pump by {unit}.temperature" : "dose less, into more water, or in a vessel that is cooled");
        }
        else if (heat.Accumulates && start + adiabatic > Boils && !moment.Phase!.Arguments.ContainsKey("outstanding"))
            yield return new ProcessFinding(
                moment.Node.Id, "amount", DiagnosticCodes.HeatAccumulated, IsAdvice: false,
                $"{Say.N(kilograms)} kg {Say.Words(comes.Name)} that did not react would warm {Say.N(moment.After.Kilograms)} kg in {unit} by {Say.N(adiabatic)} K, from {Say.N(start)} to {Say.N(start + adiabatic)} degC",
                "limit what may lie unreacted with 'outstanding: … kg', or dose less at a time");
    }

    private static string Longer(double cooling, double perKilogram, double kilograms) =>
        cooling > 0 ? $"{Say.N(kilograms * perKilogram / cooling / 3600)} h at least" : "as long as the vessel needs to cool by itself";

    /// <summary>W that the jacket takes from the contents at a temperature.</summary>
    private static double Cooling(Course course, string unit, double celsius)
    {
        if (course.Equipment(unit) is not { } equipment) return double.PositiveInfinity;
        double ua = equipment.Numbers.GetValueOrDefault("loss_ua") * (celsius - Room) / Math.Max(1, celsius - Room);
        bool cooled = course.Rig.Output(unit, "cooling") >= 0;
        double water = equipment.Numbers.TryGetValue("cooling_temperature", out double own) ? own : course.Twin!.Equipment.FirstOrDefault(e => e.Model == "cooling-water") is { } service
            ? service.Numbers.GetValueOrDefault("temperature", CoolingWater) : CoolingWater;
        return Math.Max(0, (cooled ? equipment.Numbers.GetValueOrDefault("jacket_ua") * (celsius - water) : 0) + Math.Max(0, ua));
    }

    /// <summary>The lowest of the boil and of what the step itself limits its temperature to.</summary>
    private static double Ceiling(Course course, Moment moment)
    {
        int tag = course.Rig.Tag(moment.After.Name, "temperature");
        return moment.Phase!.Limits.SelectMany(l => Above(l.When.Expression, tag)).Append(Boils).Min();
    }

    private static IEnumerable<double> Above(Expression condition, int tag) => condition switch
    {
        Comparison { Left: TagValue read, Operator: ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual, Right: Constant limit } when read.Tag == tag => [limit.Value],
        Or or => Above(or.Left, tag).Concat(Above(or.Right, tag)),
        _ => [],
    };

    private static bool Watches(Course course, Moment moment)
    {
        int tag = course.Rig.Tag(moment.After.Name, "temperature");
        return tag >= 0 && moment.Phase?.PauseWhen is { } pause && pause.Expression.Tags.Contains(tag);
    }
}
