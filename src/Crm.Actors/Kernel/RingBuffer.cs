using System.Runtime.CompilerServices;

namespace Crm.Actors.Kernel;

/// <summary>A first-in first-out queue in one array. It grows by doubling and allocates nothing per element.</summary>
internal struct RingBuffer<T>
{
    private T[]? _items;
    private int _head;
    private int _count;

    public readonly int Count => _count;

    public void Add(T item)
    {
        if (_items is null || _count == _items.Length)
            Grow();
        _items![(_head + _count) & (_items.Length - 1)] = item;
        _count++;
    }

    /// <summary>Removes the oldest element. The queue must not be empty.</summary>
    public T Take()
    {
        ref T slot = ref _items![_head];
        T item = slot;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            slot = default!;
        _head = (_head + 1) & (_items.Length - 1);
        _count--;
        return item;
    }

    /// <summary>Exchanges the oldest element with the one <paramref name="index"/> places behind it.</summary>
    public readonly void BringForward(int index)
    {
        int other = (_head + index) & (_items!.Length - 1);
        (_items[_head], _items[other]) = (_items[other], _items[_head]);
    }

    public readonly RingBuffer<T> Copy() => this with { _items = (T[]?)_items?.Clone() };

    private void Grow()
    {
        var larger = new T[_items is null ? 4 : checked(_items.Length * 2)];
        for (int i = 0; i < _count; i++)
            larger[i] = _items![(_head + i) & (_items.Length - 1)];
        _items = larger;
        _head = 0;
    }
}
