using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace Crm.Store.Images;

/// <summary>The instance fields of a type, base types first, in the order of their declaration.</summary>
internal static class Fields
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly ConcurrentDictionary<Type, ImmutableArray<FieldInfo>> known = new();

    public static ImmutableArray<FieldInfo> Of(Type type) => known.GetOrAdd(type, static t => [.. Lineage(t).Reverse().SelectMany(b => b.GetFields(Own).OrderBy(f => f.MetadataToken))]);

    private static IEnumerable<Type> Lineage(Type type)
    {
        for (Type? t = type; t is not null && t != typeof(object) && t != typeof(ValueType); t = t.BaseType) yield return t;
    }
}

/// <summary>Values without parts.</summary>
internal static class Plain
{
    public static bool Is(Type type) => type.IsEnum || Codes.ContainsKey(type);

    public static void Write(BinaryWriter to, object value)
    {
        Type type = value.GetType();
        if (type.IsEnum) to.Write(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
        else Codes[type].Write(to, value);
    }

    public static object Read(BinaryReader from, Type type) => type.IsEnum ? Enum.ToObject(type, from.ReadInt64()) : Codes[type].Read(from);

    private static readonly ImmutableDictionary<Type, (Action<BinaryWriter, object> Write, Func<BinaryReader, object> Read)> Codes = new Dictionary<Type, (Action<BinaryWriter, object>, Func<BinaryReader, object>)>
    {
        [typeof(bool)] = ((w, v) => w.Write((bool)v), r => r.ReadBoolean()),
        [typeof(byte)] = ((w, v) => w.Write((byte)v), r => r.ReadByte()),
        [typeof(short)] = ((w, v) => w.Write((short)v), r => r.ReadInt16()),
        [typeof(ushort)] = ((w, v) => w.Write((ushort)v), r => r.ReadUInt16()),
        [typeof(int)] = ((w, v) => w.Write((int)v), r => r.ReadInt32()),
        [typeof(uint)] = ((w, v) => w.Write((uint)v), r => r.ReadUInt32()),
        [typeof(long)] = ((w, v) => w.Write((long)v), r => r.ReadInt64()),
        [typeof(ulong)] = ((w, v) => w.Write((ulong)v), r => r.ReadUInt64()),
        [typeof(char)] = ((w, v) => w.Write((char)v), r => r.ReadChar()),
        [typeof(float)] = ((w, v) => w.Write((float)v), r => r.ReadSingle()),
        [typeof(double)] = ((w, v) => w.Write((double)v), r => r.ReadDouble()),
        [typeof(TimeSpan)] = ((w, v) => w.Write(((TimeSpan)v).Ticks), r => new TimeSpan(r.ReadInt64())),
        [typeof(DateOnly)] = ((w, v) => w.Write(((DateOnly)v).DayNumber), r => DateOnly.FromDayNumber(r.ReadInt32())),
        [typeof(DateTimeOffset)] = ((w, v) => w.Write(((DateTimeOffset)v).UtcTicks), r => new DateTimeOffset(r.ReadInt64(), TimeSpan.Zero)),
    }.ToImmutableDictionary();
}
