using Crm.Chemistry.Numerics;

namespace Crm.Chemistry.Precipitation;

/// <summary>What crystallises between two saturated states; no water evaporates.</summary>
/// <param name="Crystals">kg, with their water.</param>
/// <param name="Removed">Share of the dissolved salt.</param>
/// <param name="LiquorWater">kg left free.</param>
public readonly record struct CoolingCrystallisation(double Crystals, double Removed, double LiquorWater)
{
    /// <summary>By cooling or, for retrograde salts, by heating.</summary>
    /// <param name="water">kg free at the start.</param>
    /// <param name="start">Anhydrous salt per 100 of water at the start, by mass.</param>
    /// <param name="end">The same at the end.</param>
    /// <param name="anhydrousShare">Mass of the anhydrous salt over the mass of its crystal.</param>
    /// <exception cref="NoSolutionException">The crystals would need more water than there is.</exception>
    public static CoolingCrystallisation Between(double water, double start, double end, double anhydrousShare)
    {
        double dissolved = water * start / 100, f = anhydrousShare;
        double excess = dissolved - end * water / 100, perCrystal = f - (1 - f) * end / 100;
        if (excess <= 0) return new(0, 0, water);
        double crystals = excess / perCrystal, left = water - (1 - f) * crystals;
        if (!(perCrystal > 0) || left < 0) throw new NoSolutionException("the crystals' own water takes up all the liquor: it sets solid");
        return new(crystals, f * crystals / dissolved, left);
    }
}
