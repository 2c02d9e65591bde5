namespace Crm.Twin;

/// <summary>What can go wrong inside a piece of equipment.</summary>
internal enum UnitUpset
{
    /// <summary>Factor on the flow resistance of bed, cake or channel.</summary>
    Blocked,

    /// <summary>Share of the water permeability that a fouled membrane has lost.</summary>
    Fouled,

    /// <summary>Share of the feed that a torn membrane lets through.</summary>
    Torn,
}
