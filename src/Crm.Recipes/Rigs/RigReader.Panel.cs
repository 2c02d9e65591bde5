using System.Collections.Immutable;
using Crm.Plant.Alarms;
using Crm.Plant.Rigs;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>The annunciator panel: which lamp shows which alarms, in which sequence of ISA-18.1.</summary>
internal sealed partial class RigReader
{
    private static readonly ImmutableArray<(string, AnnunciatorSequence)> sequences =
        [("A", AnnunciatorSequence.Automatic), ("M", AnnunciatorSequence.Manual), ("F", AnnunciatorSequence.FirstOut)];

    private PanelDefinition? Panel(RigDefinition rig)
    {
        if (Fields.Open(file.Find("panel"), findings, "'panel'") is not { } fields) return null;
        int horn = Switch(fields.Need("horn"), "horn");
        TimeSpan flash = fields.Duration("flash", TimeSpan.FromMilliseconds(400));
        if (flash < 2 * rig.ScanPeriod || flash > TimeSpan.FromSeconds(2))
            findings.Add(fields.Find("flash") ?? fields.Map, DiagnosticCodes.RigPanel, $"a flash of {Values.Plain(flash.TotalSeconds)} s is not seen as one", "two scans at least, 2 s at most");
        ImmutableArray<PanelLamp> lamps = [.. fields.Named("lamps").Select(e => Lamp(e, rig)).OfType<PanelLamp>()];
        fields.Close();
        return horn < 0 ? null : new PanelDefinition(horn, flash, lamps);
    }

    private PanelLamp? Lamp(YamlEntry entry, RigDefinition rig)
    {
        int output = Switch(entry.Key, "lamps");
        if (Fields.Open(entry.Value, findings, $"lamp {entry.Key.Text}") is not { } fields) return null;
        AnnunciatorSequence sequence = fields.Choice("sequence", sequences);
        AlarmDefinition[] shown = fields.Find("group") is { } group ? Grouped(group, rig) : [.. fields.Items("alarms").Select(n => Shown(n, rig)).OfType<AlarmDefinition>()];
        if (shown.Length == 0 && fields.Find("group") is null && fields.Find("alarms") is null)
            findings.Add(entry.Key, DiagnosticCodes.RigPanel, $"lamp {entry.Key.Text} shows nothing", "add 'alarms: [ids]' or 'group: first-out group'");
        fields.Close();
        foreach (AlarmDefinition alarm in shown)
            if (WhyNot(sequence, alarm) is { } why) findings.Add(entry.Key, DiagnosticCodes.RigPanel, $"lamp {entry.Key.Text}: {alarm.Id} {why}", "choose the sequence that its alarms have");
        return output < 0 ? null : new PanelLamp(output, sequence, [.. shown.Select(a => a.Ordinal)]);
    }

    private static string? WhyNot(AnnunciatorSequence sequence, AlarmDefinition alarm) => sequence switch
    {
        AnnunciatorSequence.Manual when !alarm.Latch => "does not latch, and sequence M is reset by hand",
        AnnunciatorSequence.Automatic when alarm.Latch => "latches, and sequence A resets itself",
        AnnunciatorSequence.FirstOut when alarm.Group.Length == 0 => "belongs to no first-out group",
        _ => null,
    };

    private AlarmDefinition[] Grouped(YamlNode node, RigDefinition rig)
    {
        string name = Values.Text(node, findings, "group") ?? "";
        AlarmDefinition[] members = [.. rig.Alarms.Where(a => a.Group == name && name.Length > 0)];
        if (members.Length == 0) findings.Add(node, DiagnosticCodes.RigPanel, $"there is no first-out group '{name}'", Nearest.Suggest(name, AlarmGroups.Of(rig)));
        return members;
    }

    private AlarmDefinition? Shown(YamlNode node, RigDefinition rig)
    {
        string id = Values.Text(node, findings, "alarms") ?? "";
        AlarmDefinition? alarm = rig.Alarms.FirstOrDefault(a => a.Id == id);
        if (alarm is null) findings.Add(node, DiagnosticCodes.RigPanel, $"there is no alarm '{id}'", Nearest.Suggest(id, rig.Alarms.Select(a => a.Id)));
        return alarm;
    }

    private int Switch(YamlNode? node, string key)
    {
        if (Output(node, key, null) is not { } output) return -1;
        if (output.Definition.IsSwitch) return output.Definition.Ordinal;
        findings.Add(node!, DiagnosticCodes.RigPanel, $"{output.Definition.Name} is no switch", "lamps and horns have 'unit: on/off'");
        return -1;
    }
}
