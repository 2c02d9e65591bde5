namespace Crm.Contracts;

/// <summary>A lamp of the annunciator panel, and what the HMI draws in its place (ALM-14).</summary>
/// <param name="Output">Ordinal of its output.</param>
/// <param name="Sequence">automatic, manual or first_out: the sequences A, M and F of ISA-18.1.</param>
/// <param name="Alarms">Ids of the alarms it shows.</param>
public sealed record LampInfo(int Output, string Label, string Sequence, IReadOnlyList<string> Alarms);

/// <summary>The panel as it stands.</summary>
/// <param name="Sounding">Its horn sounds.</param>
/// <param name="Lamps">By lamp: off, steady, slow_flash, flash or double_flash.</param>
public sealed record PanelSeen(bool Sounding, IReadOnlyList<string> Lamps);
