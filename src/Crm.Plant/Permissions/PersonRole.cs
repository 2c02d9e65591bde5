namespace Crm.Plant.Permissions;

/// <summary>In what duties a person signed in. Whoever authenticates the person states them with the command; the core only compares.</summary>
[Flags]
public enum PersonRole : byte
{
    None = 0,
    Operator = 1,
    Technician = 2,
    Researcher = 4,
    Engineer = 8,
    Maintenance = 16,
    Administrator = 32,
}

/// <summary>Roles as they are written in rig files and accounts.</summary>
public static class PersonRoles
{
    public static readonly IReadOnlyList<PersonRole> Each =
        [PersonRole.Operator, PersonRole.Technician, PersonRole.Researcher, PersonRole.Engineer, PersonRole.Maintenance, PersonRole.Administrator];

    public static string Word(PersonRole role) => role.ToString().ToLowerInvariant();

    /// <summary><c>engineer, maintenance</c>; <c>nobody</c> for none.</summary>
    public static string Words(PersonRole roles) => roles == PersonRole.None ? "nobody" : string.Join(", ", Each.Where(r => (roles & r) != 0).Select(Word));

    /// <summary>Roles out of their words; a word that is none of them grants nothing.</summary>
    public static PersonRole Of(IEnumerable<string> words)
    {
        PersonRole roles = PersonRole.None;
        foreach (string word in words)
            foreach (PersonRole role in Each)
                if (Word(role) == word) roles |= role;
        return roles;
    }
}
