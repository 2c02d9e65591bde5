using System.Collections;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Store.Images;

/// <summary>
/// The objects that both sides of an image have without it: definitions read from files and what the program is made of. Numbered by one walk
/// over their fields, so that the same build with the same files numbers them alike; the fingerprint covers every number and text met on the way.
/// </summary>
public sealed class KnownObjects
{
    private readonly Dictionary<object, int> numbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<object> objects = [];
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="definitions">Roots of the walk; not changed while a plant runs.</param>
    /// <param name="fixtures">What an image may refer to but never contains, such as a journal.</param>
    public KnownObjects(IEnumerable<object> definitions, params object[] fixtures)
    {
        foreach (object root in definitions) Walk(root);
        foreach (object fixture in fixtures) Number(fixture);
        Fingerprint = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public string Fingerprint { get; }

    public object this[int number] => objects[number];

    public int Count => objects.Count;

    public bool Knows(object value, out int number) => numbers.TryGetValue(value, out number);

    private void Walk(object root)
    {
        var stack = new Stack<object>([root]);
        while (stack.TryPop(out object? next))
        {
            Type type = next.GetType();
            if (Plain.Is(type) || next is string)
            {
                Say(Convert.ToString(next, System.Globalization.CultureInfo.InvariantCulture) ?? "");
                continue;
            }

            if (!type.IsValueType && !Number(next)) continue;
            Say(type.ToString());
            foreach (object part in Parts(next, type).Reverse()) stack.Push(part);
        }
    }

    private bool Number(object value)
    {
        if (!numbers.TryAdd(value, objects.Count)) return false;
        objects.Add(value);
        return true;
    }

    private void Say(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));

    /// <summary>What a definition is made of. Of foreign types only collections are looked into, and only ordered ones.</summary>
    private static IEnumerable<object> Parts(object value, Type type)
    {
        if (value is IEnumerable items && !Shapes.IsOurs(type)) return Ordered(type) && !IsUnset(value) ? [.. items.Cast<object?>().OfType<object>()] : [];
        if (!Shapes.HasFields(type)) return [];
        return Fields.Of(type).Where(f => !typeof(Delegate).IsAssignableFrom(f.FieldType)).Select(f => f.GetValue(value)).OfType<object>();
    }

    private static bool Ordered(Type type) => type.IsArray || (type.IsGenericType && Shapes.OrderedCollections.Contains(type.GetGenericTypeDefinition()));

    private static bool IsUnset(object value) => value.GetType().GetProperty("IsDefault", BindingFlags.Instance | BindingFlags.Public) is { } unset && (bool)unset.GetValue(value)!;
}
