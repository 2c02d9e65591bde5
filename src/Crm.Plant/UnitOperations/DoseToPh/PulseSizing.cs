namespace Crm.Plant.UnitOperations;

/// <summary>
/// Sizes pulses for a titration curve nobody knows beforehand. The steepness seen by the last pulse, extrapolated when it grows, bounds
/// the next one to half of what is lacking. Because pH is a logarithm, the move also tells how far the jump of the curve is at least; a
/// pulse goes only part of the way there. A proportional band and a growth limit bound it where the curve has been flat.
/// </summary>
/// <param name="Mass">kg of the pulse.</param>
/// <param name="PhBefore">pH when the pulse began; NaN before the first.</param>
/// <param name="Steepness">pH per kg seen by the last pulse; NaN when unknown.</param>
public readonly record struct PulseSizing(double Mass, double PhBefore, double Steepness)
{
    public static readonly PulseSizing Fresh = new(double.NaN, double.NaN, double.NaN);

    /// <summary>Longest pulse at the full asked rate.</summary>
    private static readonly TimeSpan LongestPulse = TimeSpan.FromSeconds(120);

    /// <summary>Small pulses are stretched to this, so that they are not lost in the line.</summary>
    private static readonly TimeSpan SpreadPulse = TimeSpan.FromSeconds(10);

    /// <summary>pH from the target below which pulses shrink in proportion.</summary>
    private const double ProportionalBand = 2;

    private const double Growth = 2;
    private const double StepShare = 0.5;
    private const double MostExtrapolation = 3;

    /// <summary>pH: a smaller move is not told from noise.</summary>
    private const double Discernible = 0.02;

    /// <summary>Share of the longest pulse that is the smallest.</summary>
    private const double LeastShare = 0.0002;

    /// <summary>Share of the estimated way to the curve's jump that one pulse goes.</summary>
    private const double JumpShare = 0.5;

    /// <summary>After a hold the pH may have moved by itself: starts small again.</summary>
    public PulseSizing Restarted() => this with { Mass = Mass / 4, PhBefore = double.NaN };

    /// <param name="given">kg that the last pulse really commanded.</param>
    /// <param name="lacks">pH still to go.</param>
    /// <param name="rate">kg/h at most.</param>
    public PulseSizing Next(double ph, double given, int direction, double lacks, double rate)
    {
        double longest = rate * LongestPulse.TotalHours;
        double inBand = longest * Math.Clamp(lacks / ProportionalBand, 0.1, 1);
        if (double.IsNaN(Mass)) return new(0.25 * inBand, ph, double.NaN);

        bool seen = !double.IsNaN(PhBefore) && given > 0;
        double steepness = seen ? Math.Max(direction * (ph - PhBefore), Discernible) / given : Steepness;
        double extrapolated = double.IsNaN(Steepness) ? 1 : Math.Clamp(steepness / Steepness, 1, MostExtrapolation);
        double bySteepness = double.IsNaN(steepness) ? inBand : StepShare * lacks / (steepness * extrapolated);
        double byJump = seen ? JumpShare * WayToJump(steepness * given, given) : inBand;
        double mass = Math.Min(Math.Min(inBand, Growth * Math.Max(Mass, LeastShare * longest)), Math.Min(bySteepness, byJump));
        return new(Math.Max(mass, LeastShare * longest), ph, steepness);
    }

    /// <summary>
    /// kg to the equivalence point when pH = const - log(what is left)/2, as of a divalent metal that precipitates as hydroxide; for a
    /// free or buffered acid (no half) the way is longer, so the estimate is on the careful side.
    /// </summary>
    private static double WayToJump(double move, double given) => given / (Math.Pow(10, 2 * move) - 1);

    /// <summary>kg/h at which the pulse is given.</summary>
    public double Rate(double asked, double full) => Math.Clamp(Mass / SpreadPulse.TotalHours, Math.Min(0.03 * full, asked), asked);
}

/// <summary>Does the pH answer to what is dosed?</summary>
/// <param name="Start">pH at the beginning.</param>
/// <param name="Ph">pH at the last move worth the name.</param>
/// <param name="Dosed">kg at that moment.</param>
public readonly record struct PhWatch(double Start, double Ph, double Dosed)
{
    public static readonly PhWatch Fresh = new(double.NaN, double.NaN, 0);

    /// <summary>pH the wrong way that is no mixing effect any more.</summary>
    private const double WrongWay = 0.7;

    /// <summary>pH back from where it had come to, with which solids that dissolve have shown that they take up what is dosed and that the electrode lives: judged anew from there.</summary>
    private const double Back = 0.5;

    public PhWatch Next(DoseToPhMemory dose, double judgedAmount, double leastMove, string reagent, out string? fault)
    {
        fault = null;
        if (dose.Direction == 0) return this;
        if (double.IsNaN(Start)) return new(dose.Ph.Value, dose.Ph.Value, dose.Tally.Dosed);
        if (dose.Direction * (dose.Ph.Value - Ph) >= leastMove) return this with { Ph = dose.Ph.Value, Dosed = dose.Tally.Dosed };
        if (dose.Direction * (dose.Ph.Value - Ph) <= -Back && dose.Direction * (Ph - Start) > 0) return this with { Ph = dose.Ph.Value, Dosed = dose.Tally.Dosed };
        double since = dose.Tally.Dosed - Dosed;
        if (since >= judgedAmount)
            fault = $"pH does not move: {Ph.F()} before, {dose.Ph.Value.F()} after {since.F()} kg {reagent}";
        else if (dose.Direction * (dose.Ph.Value - Start) < -WrongWay)
            fault = $"pH goes the wrong way: {Start.F()} at the start, {dose.Ph.Value.F()} after {dose.Tally.Dosed.F()} kg {reagent}";
        return this;
    }
}
