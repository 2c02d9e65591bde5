using System.Globalization;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>Reading what a step needs, and the words for what is wrong with it.</summary>
internal static class Inputs
{
    /// <summary>Smoothing of levels, which are noisy by about ±0.1 L.</summary>
    public static readonly TimeSpan LevelSmoothing = TimeSpan.FromSeconds(5);

    /// <summary>Ordinal of this unit's tag of a role, or -1.</summary>
    public static int Tag(this PhaseContext context, string role) => context.Rig.Tag(context.Unit.Name, role);

    /// <summary>The tag of another place: <c>leach.level</c>.</summary>
    public static int TagOf(this PhaseContext context, string place, string role) => context.Rig.Tag(place, role);

    public static bool HasTag(this PhaseContext context, string role) => context.Tag(role) >= 0;

    /// <summary>The fault text when a needed tag of this unit is bad, else null.</summary>
    public static string? Unusable(this PhaseContext context, params ReadOnlySpan<string> roles)
    {
        foreach (string role in roles)
        {
            int tag = context.Tag(role);
            if (tag < 0 || context.Read(tag).IsBad) return context.UnusableTag(tag, context.Unit.Name + "." + role);
        }

        return null;
    }

    public static string? UnusableTag(this PhaseContext context, int tag, string name)
    {
        if (tag < 0) return $"{name} is not on this rig";
        Reading reading = context.Read(tag);
        return reading.IsBad ? $"{context.Rig.Tags[tag].Name} is bad ({reading.Reason.Words()})" : null;
    }

    public static PhaseStep Faulted(this PhaseContext _, PhaseMemory memory, string fault) =>
        new(memory, PhaseVerdict.Fault, "stopped by a fault: " + fault, double.NaN, fault);

    public static double NumberOr(this PhaseContext context, string parameter, double otherwise) =>
        context.Has(parameter) ? context.Number(parameter) : otherwise;

    public static TimeSpan SecondsOr(this PhaseContext context, string parameter, double otherwise) =>
        TimeSpan.FromSeconds(context.NumberOr(parameter, otherwise));

    /// <summary>A number as a person reads it, invariant culture.</summary>
    public static string F(this double value, string format = "0.00") => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>A share between 0 and 1; NaN when there is no whole.</summary>
    public static double Share(double part, double whole) => whole > 0 ? Math.Clamp(part / whole, 0, 1) : double.NaN;

    public static string Because(Reason reason) => reason.Words();
}
