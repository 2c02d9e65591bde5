using System.Collections.Immutable;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry.Hazards;

/// <summary>Flash points of organics, degC, closed cup: <c>chemistry/flash-points.csv</c>.</summary>
public static class FlashPoints
{
    public static ImmutableDictionary<string, double> All { get; } =
        ConstantTable.Read("flash-points.csv").Rows.ToImmutableDictionary(row => row.Text("organic"), row => row.Number("flash_point"), StringComparer.Ordinal);

    /// <summary>Of an organic phase whose components are not told: the lowest of the table.</summary>
    public static double Lowest { get; } = All.Values.Min();
}
