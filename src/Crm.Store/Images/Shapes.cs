using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Crm.Store.Images;

/// <summary>How a type stands in an image.</summary>
internal abstract class Shape
{
    /// <summary>What an image must agree on with the program that reads it.</summary>
    public virtual string Layout => "";

    public abstract void Write(StateWriter to, object value);

    /// <param name="born">Told of the object before its parts are read, so that they may refer to it.</param>
    public abstract object Read(StateReader from, Action<object> born);

    /// <summary>Gives an object that exists the content of the image.</summary>
    /// <exception cref="InvalidDataException">It cannot take that content.</exception>
    public virtual void Fill(StateReader from, object existing) => throw new InvalidDataException($"a {existing.GetType()} cannot be filled");
}

/// <summary>
/// Which types an image may hold: plain values, records, classes and structs of this program, and collections with an order of their own.
/// Nothing else: no delegates, no handles, no type of another library.
/// </summary>
internal static class Shapes
{
    public static readonly ImmutableHashSet<Type> OrderedCollections =
    [
        typeof(List<>), typeof(Queue<>), typeof(SortedDictionary<,>), typeof(SortedSet<>), typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableSortedDictionary<,>), typeof(ImmutableSortedSet<>),
    ];

    private static readonly ImmutableHashSet<Type> structs =
        [typeof(KeyValuePair<,>), typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(ValueTuple<,,,,>), typeof(ValueTuple<,,,,,>)];

    private static readonly ImmutableDictionary<Type, Type> collections = new Dictionary<Type, Type>
    {
        [typeof(List<>)] = typeof(ListShape<>),
        [typeof(Queue<>)] = typeof(QueueShape<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryShape<,>),
        [typeof(SortedDictionary<,>)] = typeof(SortedDictionaryShape<,>),
        [typeof(SortedSet<>)] = typeof(SortedSetShape<>),
        [typeof(ImmutableArray<>)] = typeof(ImmutableArrayShape<>),
        [typeof(ImmutableList<>)] = typeof(ImmutableListShape<>),
        [typeof(ImmutableSortedDictionary<,>)] = typeof(ImmutableSortedDictionaryShape<,>),
        [typeof(ImmutableSortedSet<>)] = typeof(ImmutableSortedSetShape<>),
    }.ToImmutableDictionary();

    private static readonly ConcurrentDictionary<Type, Shape?> known = new();

    public static bool IsOurs(Type type) => type.Assembly.GetName().Name is { } name && (name == "crm" || name.StartsWith("Crm.", StringComparison.Ordinal));

    /// <summary>Written field by field.</summary>
    public static bool HasFields(Type type) =>
        !typeof(Delegate).IsAssignableFrom(type) && !type.IsPointer && (IsOurs(type) || (type.IsGenericType && structs.Contains(type.GetGenericTypeDefinition())));

    /// <exception cref="NotSupportedException">The type has no place in an image.</exception>
    public static Shape Of(Type type) => known.GetOrAdd(type, Find) ?? throw new NotSupportedException($"a {type} is no state that can be kept");

    private static Shape? Find(Type type)
    {
        if (Plain.Is(type)) return new PlainShape(type);
        if (type.IsArray) return type.GetArrayRank() == 1 ? (Shape)Activator.CreateInstance(typeof(ArrayShape<>).MakeGenericType(type.GetElementType()!))! : null;
        if (type.IsGenericType && collections.TryGetValue(type.GetGenericTypeDefinition(), out Type? shape)) return (Shape)Activator.CreateInstance(shape.MakeGenericType(type.GetGenericArguments()))!;
        return HasFields(type) ? new FieldShape(type) : null;
    }
}

internal sealed class PlainShape(Type type) : Shape
{
    public override string Layout => type.IsEnum ? string.Join(',', Enum.GetNames(type)) : "";

    public override void Write(StateWriter to, object value) => Plain.Write(to.Bytes, value);

    public override object Read(StateReader from, Action<object> born) => Plain.Read(from.Bytes, type);
}

internal sealed class FieldShape(Type type) : Shape
{
    public override string Layout => string.Join(',', Fields.Of(type).Select(f => $"{f.FieldType} {f.Name}"));

    public override void Write(StateWriter to, object value)
    {
        foreach (var field in Fields.Of(type)) to.Write(field.GetValue(value), field.FieldType, field);
    }

    public override object Read(StateReader from, Action<object> born)
    {
        object value = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        born(value);
        Fill(from, value);
        return value;
    }

    public override void Fill(StateReader from, object existing)
    {
        foreach (var field in Fields.Of(type)) field.SetValue(existing, from.Read(field.FieldType));
    }
}
