using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Crm.Store.Images;

/// <summary>A collection: its comparer, where it has one, then its items in order.</summary>
internal abstract class CollectionShape<TCollection, TItem> : Shape
    where TCollection : notnull
{
    public sealed override void Write(StateWriter to, object value)
    {
        WriteHead(to, (TCollection)value);
        TItem[] items = [.. Items((TCollection)value)];
        to.Bytes.Write7BitEncodedInt(items.Length);
        foreach (TItem item in items) to.Write(item, typeof(TItem), typeof(TCollection));
    }

    protected abstract IEnumerable<TItem> Items(TCollection value);

    protected virtual void WriteHead(StateWriter to, TCollection value)
    {
    }

    protected static TItem[] ReadItems(StateReader from)
    {
        var items = new TItem[from.Length()];
        for (int i = 0; i < items.Length; i++) items[i] = (TItem)from.Read(typeof(TItem))!;
        return items;
    }
}

/// <summary>One that is built at once from its items: nothing inside it can refer to it.</summary>
internal abstract class BuiltShape<TCollection, TItem> : CollectionShape<TCollection, TItem>
    where TCollection : notnull
{
    public override object Read(StateReader from, Action<object> born)
    {
        object built = Build(from);
        born(built);
        return built;
    }

    protected abstract object Build(StateReader from);
}

/// <summary>One that can be emptied and filled.</summary>
internal abstract class FilledShape<TCollection, TItem> : CollectionShape<TCollection, TItem>
    where TCollection : notnull
{
    public override object Read(StateReader from, Action<object> born)
    {
        TCollection made = Make(from);
        born(made);
        foreach (TItem item in ReadItems(from)) Add(made, item);
        return made;
    }

    public override void Fill(StateReader from, object existing)
    {
        Make(from);
        Clear((TCollection)existing);
        foreach (TItem item in ReadItems(from)) Add((TCollection)existing, item);
    }

    protected abstract TCollection Make(StateReader from);

    protected abstract void Clear(TCollection value);

    protected abstract void Add(TCollection value, TItem item);
}

internal sealed class ArrayShape<T> : CollectionShape<T[], T>
{
    public override object Read(StateReader from, Action<object> born)
    {
        var items = new T[from.Length()];
        born(items);
        Take(from, items);
        return items;
    }

    public override void Fill(StateReader from, object existing)
    {
        var items = (T[])existing;
        int length = from.Length();
        if (length != items.Length) throw new InvalidDataException($"{length} values for {items.Length} places");
        Take(from, items);
    }

    protected override IEnumerable<T> Items(T[] value) => value;

    private static void Take(StateReader from, T[] items)
    {
        for (int i = 0; i < items.Length; i++) items[i] = (T)from.Read(typeof(T))!;
    }
}

internal sealed class ListShape<T> : FilledShape<List<T>, T>
{
    protected override IEnumerable<T> Items(List<T> value) => value;

    protected override List<T> Make(StateReader from) => [];

    protected override void Clear(List<T> value) => value.Clear();

    protected override void Add(List<T> value, T item) => value.Add(item);
}

internal sealed class QueueShape<T> : FilledShape<Queue<T>, T>
{
    protected override IEnumerable<T> Items(Queue<T> value) => value;

    protected override Queue<T> Make(StateReader from) => new();

    protected override void Clear(Queue<T> value) => value.Clear();

    protected override void Add(Queue<T> value, T item) => value.Enqueue(item);
}

/// <summary>Items as they are enumerated: nothing may depend on the order of a dictionary.</summary>
internal sealed class DictionaryShape<TKey, TValue> : FilledShape<Dictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    protected override IEnumerable<KeyValuePair<TKey, TValue>> Items(Dictionary<TKey, TValue> value) => value;

    protected override void WriteHead(StateWriter to, Dictionary<TKey, TValue> value)
    {
        if (value.Comparer is not IEqualityComparer<TKey> comparer || !comparer.Equals(EqualityComparer<TKey>.Default)) throw new NotSupportedException("a dictionary with a comparer of its own");
    }

    protected override Dictionary<TKey, TValue> Make(StateReader from) => [];

    protected override void Clear(Dictionary<TKey, TValue> value) => value.Clear();

    protected override void Add(Dictionary<TKey, TValue> value, KeyValuePair<TKey, TValue> item) => value.Add(item.Key, item.Value);
}

internal sealed class SortedDictionaryShape<TKey, TValue> : FilledShape<SortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    protected override IEnumerable<KeyValuePair<TKey, TValue>> Items(SortedDictionary<TKey, TValue> value) => value;

    protected override void WriteHead(StateWriter to, SortedDictionary<TKey, TValue> value) => Order.Write(to, value.Comparer);

    protected override SortedDictionary<TKey, TValue> Make(StateReader from) => new(Order.Read<TKey>(from));

    protected override void Clear(SortedDictionary<TKey, TValue> value) => value.Clear();

    protected override void Add(SortedDictionary<TKey, TValue> value, KeyValuePair<TKey, TValue> item) => value.Add(item.Key, item.Value);
}

internal sealed class SortedSetShape<T> : FilledShape<SortedSet<T>, T>
{
    protected override IEnumerable<T> Items(SortedSet<T> value) => value;

    protected override void WriteHead(StateWriter to, SortedSet<T> value) => Order.Write(to, value.Comparer);

    protected override SortedSet<T> Make(StateReader from) => new(Order.Read<T>(from));

    protected override void Clear(SortedSet<T> value) => value.Clear();

    protected override void Add(SortedSet<T> value, T item) => value.Add(item);
}

/// <summary>The array behind it, which may be shared and may be none.</summary>
internal sealed class ImmutableArrayShape<T> : Shape
{
    public override void Write(StateWriter to, object value) => to.Write(ImmutableCollectionsMarshal.AsArray((ImmutableArray<T>)value), typeof(T[]), typeof(ImmutableArray<T>));

    public override object Read(StateReader from, Action<object> born) => ImmutableCollectionsMarshal.AsImmutableArray((T[]?)from.Read(typeof(T[])));
}

internal sealed class ImmutableListShape<T> : BuiltShape<ImmutableList<T>, T>
{
    protected override IEnumerable<T> Items(ImmutableList<T> value) => value;

    protected override object Build(StateReader from) => ImmutableList.Create(ReadItems(from));
}

internal sealed class ImmutableSortedDictionaryShape<TKey, TValue> : BuiltShape<ImmutableSortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    protected override IEnumerable<KeyValuePair<TKey, TValue>> Items(ImmutableSortedDictionary<TKey, TValue> value) => value;

    protected override void WriteHead(StateWriter to, ImmutableSortedDictionary<TKey, TValue> value) => Order.Write(to, value.KeyComparer);

    protected override object Build(StateReader from) => ImmutableSortedDictionary.CreateRange(Order.Read<TKey>(from), ReadItems(from));
}

internal sealed class ImmutableSortedSetShape<T> : BuiltShape<ImmutableSortedSet<T>, T>
{
    protected override IEnumerable<T> Items(ImmutableSortedSet<T> value) => value;

    protected override void WriteHead(StateWriter to, ImmutableSortedSet<T> value) => Order.Write(to, value.KeyComparer);

    protected override object Build(StateReader from) => ImmutableSortedSet.CreateRange(Order.Read<T>(from), ReadItems(from));
}

/// <summary>The two orders in use: a type's own, and ordinal for texts.</summary>
internal static class Order
{
    public static void Write<T>(StateWriter to, IComparer<T> comparer)
    {
        bool ordinal = ReferenceEquals(comparer, StringComparer.Ordinal);
        if (!ordinal && !ReferenceEquals(comparer, Comparer<T>.Default)) throw new NotSupportedException($"an order of {typeof(T)} of its own");
        to.Bytes.Write(ordinal);
    }

    public static IComparer<T> Read<T>(StateReader from) => from.Bytes.ReadBoolean() ? (IComparer<T>)StringComparer.Ordinal : Comparer<T>.Default;
}
