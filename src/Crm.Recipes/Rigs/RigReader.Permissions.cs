using System.Collections.Immutable;
using Crm.Plant.Permissions;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>Who may set protection and alarms aside: act by act, the roles that may.</summary>
internal sealed partial class RigReader
{
    private static readonly ImmutableSortedDictionary<string, GuardedAct> guardedActs =
        PermissionTable.Acts.ToImmutableSortedDictionary(PermissionTable.Key, a => a, StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, PersonRole> roleWords =
        PersonRoles.Each.ToImmutableSortedDictionary(PersonRoles.Word, r => r, StringComparer.Ordinal);

    private PermissionTable Permissions()
    {
        ImmutableArray<PersonRole> roles = PermissionTable.Usual.Roles;
        foreach (YamlEntry entry in file.Named("permissions"))
        {
            if (guardedActs.TryGetValue(entry.Key.Text, out GuardedAct act)) roles = roles.SetItem((int)act, RolesOf(entry));
            else findings.Add(entry.Key, DiagnosticCodes.RigPermission, $"'{entry.Key.Text}' is no act that is guarded", Nearest.Suggest(entry.Key.Text, guardedActs.Keys));
        }

        return new PermissionTable(roles);
    }

    /// <summary>An empty list: nobody may.</summary>
    private PersonRole RolesOf(YamlEntry entry)
    {
        PersonRole roles = PersonRole.None;
        if (entry.Value is not YamlSequence list)
        {
            findings.Add(entry.Value, DiagnosticCodes.RigPermission, $"{entry.Key.Text} needs the list of roles that may", "for example [engineer, maintenance]; [] for nobody");
            return roles;
        }

        foreach (YamlNode item in list.Items)
        {
            if (Values.Text(item, findings, entry.Key.Text) is not { } word) continue;
            if (roleWords.TryGetValue(word, out PersonRole role)) roles |= role;
            else findings.Add(item, DiagnosticCodes.RigPermission, $"'{word}' is no role", Nearest.Suggest(word, roleWords.Keys));
        }

        return roles;
    }
}
