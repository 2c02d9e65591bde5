namespace Crm.Plant.Rigs;

/// <summary>Ordinals by whole name, and by place and role (<c>leach</c>, <c>level</c>) without putting the name together: steps ask in every scan.</summary>
internal sealed class NameIndex
{
    private const int Unknown = -1;

    private readonly Dictionary<string, int> whole = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, int>> places = new(StringComparer.Ordinal);

    /// <param name="names">By ordinal; each once.</param>
    public NameIndex(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            int ordinal = whole.Count;
            whole.Add(name, ordinal);
            for (int dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1))
            {
                if (!places.TryGetValue(name[..dot], out var roles)) places[name[..dot]] = roles = new(StringComparer.Ordinal);
                roles[name[(dot + 1)..]] = ordinal;
            }
        }
    }

    /// <summary>-1 when there is no such name.</summary>
    public int this[string name] => whole.GetValueOrDefault(name, Unknown);

    /// <inheritdoc cref="this[string]"/>
    public int this[string place, string role] => places.TryGetValue(place, out var roles) ? roles.GetValueOrDefault(role, Unknown) : Unknown;
}
