using Crm.Chemistry.Hazards;
using Crm.Plant.Rigs;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.ProcessChecks;

/// <summary>Gas that a dose or a charge drives out, against what the scrubber takes from the vessel.</summary>
internal static class GasCheck
{
    /// <summary>L/mol at 25 degC.</summary>
    private const double MolarVolume = 24.5;

    /// <summary>Less gas than this altogether is no matter for a vent, L.</summary>
    private const double Least = 5;

    public static IEnumerable<ProcessFinding> Of(Course course)
    {
        foreach (Moment moment in course.Moments)
        {
            if (moment.Comes is not { } comes || course.Unit(moment.After.Name) is not { } unit || Vent(unit, course.Rig) is not { } vent) continue;
            foreach (var (gas, mol, molPerHour) in Gases(moment, comes))
            {
                double flow = molPerHour * MolarVolume / 60;
                if (mol * MolarVolume < Least || flow <= vent) continue;
                yield return new ProcessFinding(
                    moment.Node.Id, comes.Metered ? "rate" : "mass", DiagnosticCodes.GasEvolution, IsAdvice: false,
                    $"{Say.Words(comes.Name)} drives out {Say.N(flow)} L/min of {gas} in {unit.Name} ({Say.N(mol)} mol, {Say.N(mol * MolarVolume)} L), its vent is declared for {Say.N(vent)} L/min",
                    comes.Metered && comes.Rate is { } rate ? $"dose {Say.N(rate * vent / flow)} kg/h at most, or declare a larger draw on the scrubber" : "put it in smaller portions, each after the gas of the last is gone");
            }
        }
    }

    /// <summary>L/min.</summary>
    private static double? Vent(UnitDefinition unit, RigDefinition rig) => unit.Draws.Where(d => d.Resource == "scrubber" && rig.Shared.Any(s => s.Name == d.Resource && s.Measure == "L/min")).Select(d => (double?)d.Amount).FirstOrDefault();

    private static IEnumerable<(string Gas, double Mol, double PerHour)> Gases(Moment moment, Incoming comes)
    {
        double protons = comes.ProtonsPerKilogram;
        if (protons > 0) foreach (var gas in OfAcid(moment, comes, protons)) yield return gas;
        if (!comes.Metered && comes is { Kilograms: { } tipped, Hours: > 0 } && moment.Before.FreeAcid > 0)
        {
            var gases = comes.Shares.Select(s => Gas(s.Key, s.Value * tipped)).ToArray();
            double share = Enough(moment.Before.FreeAcid, gases.Sum(g => g.Protons));
            yield return ("hydrogen", share * gases.Sum(g => g.Hydrogen), share * gases.Sum(g => g.Hydrogen) / comes.Hours.Value);
            yield return ("carbon dioxide", share * gases.Sum(g => g.CarbonDioxide), share * gases.Sum(g => g.CarbonDioxide) / comes.Hours.Value);
        }

        if (comes.Metered && moment.Before.FreeAcid > 0 && comes.Reagent is { } carbonate && HazardPairs.ClassesOf(carbonate.Species).Contains("carbonate") && comes is { Rate: > 0, Kilograms: > 0 })
        {
            double perKilogram = carbonate.MassFraction / Substances.KilogramsPerMol(carbonate.Species)!.Value;
            yield return ("carbon dioxide", Math.Min(comes.Kilograms.Value * perKilogram, moment.Before.FreeAcid / 2), comes.Rate.Value * perKilogram);
        }
    }

    private static IEnumerable<(string Gas, double Mol, double PerHour)> OfAcid(Moment moment, Incoming comes, double protons)
    {
        var gases = moment.Before.Holds.Select(h => Gas(h.Key, h.Value)).ToArray();
        double share = comes.Kilograms is { } all ? Enough(all * protons, gases.Sum(g => g.Protons)) : 1;
        double carbonDioxide = gases.Sum(g => g.CarbonDioxide), hydrogen = share * gases.Sum(g => g.Hydrogen);
        if (comes.Rate is > 0 and var rate) yield return ("carbon dioxide", carbonDioxide, rate * protons / 2);
        if (comes.Hours is > 0 and var hours) yield return ("hydrogen", hydrogen, hydrogen / hours);
    }

    private static double Enough(double given, double taken) => taken > 0 ? Math.Min(1, given / taken) : 0;

    private static (double Protons, double Hydrogen, double CarbonDioxide) Gas(string substance, double kilograms)
    {
        if (Substances.KilogramsPerMol(substance) is not { } mass) return default;
        double mol = kilograms / mass;
        if (AcidTaken.Of(substance) is { } taken) return (mol * taken.Protons, mol * taken.Hydrogen, mol * taken.CarbonDioxide);
        return HazardPairs.ClassesOf(substance).Contains("carbonate") ? (2 * mol, 0, mol) : default;
    }
}
