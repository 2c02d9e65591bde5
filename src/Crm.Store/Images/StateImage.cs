using System.Reflection;

namespace Crm.Store.Images;

/// <summary>
/// The state of a running plant as bytes, and back into a plant that was composed from the same files by the same build. What is kept is data
/// alone: no code, no handle; an object that both sides have is named by its number.
/// </summary>
public static class StateImage
{
    /// <param name="state">Objects whose content is kept, in a fixed order; they may refer to each other.</param>
    /// <exception cref="NotSupportedException">Something in it is no data; says where.</exception>
    public static void Write(Stream stream, IReadOnlyList<object> state, KnownObjects known)
    {
        using var bytes = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        bytes.Write7BitEncodedInt(known.Count);
        bytes.Write7BitEncodedInt(state.Count);
        var writer = new StateWriter(bytes, known, state);
        foreach (object root in state) writer.WriteContent(root);
    }

    /// <param name="state">The same objects in the same order; their content is replaced.</param>
    /// <exception cref="InvalidDataException">The image does not fit them; they are half filled and must not be used.</exception>
    public static void Read(Stream stream, IReadOnlyList<object> state, KnownObjects known)
    {
        using var bytes = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        try
        {
            if (bytes.Read7BitEncodedInt() != known.Count || bytes.Read7BitEncodedInt() != state.Count) throw new InvalidDataException("the plant is composed otherwise");
            var reader = new StateReader(bytes, known, state);
            foreach (object root in state) reader.FillContent(root);
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or InvalidCastException or ArgumentException or NotSupportedException or TargetInvocationException or OverflowException or IOException)
        {
            throw new InvalidDataException($"the image is damaged: {e.Message}", e);
        }
    }
}

internal enum Mark : byte
{
    None,
    Known,
    Seen,
    New,
    Text,
    Value,
}

internal sealed class StateWriter
{
    private readonly KnownObjects known;
    private readonly Dictionary<object, int> seen = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Type, int> types = [];
    private readonly HashSet<Type> agreed = [];
    private readonly Dictionary<string, int> texts = new(StringComparer.Ordinal);

    public StateWriter(BinaryWriter bytes, KnownObjects known, IReadOnlyList<object> roots)
    {
        Bytes = bytes;
        this.known = known;
        foreach (object root in roots) seen.Add(root, seen.Count);
    }

    public BinaryWriter Bytes { get; }

    public void WriteContent(object root)
    {
        WriteType(root.GetType());
        Shapes.Of(root.GetType()).Write(this, root);
    }

    /// <param name="place">Field or type that holds it, for the message when it cannot be kept.</param>
    public void Write(object? value, Type declared, MemberInfo place)
    {
        if (declared.IsValueType && Nullable.GetUnderlyingType(declared) is null)
        {
            In(place, () =>
            {
                Agree(declared);
                Shapes.Of(declared).Write(this, value!);
            });
            return;
        }

        switch (value)
        {
            case null:
                Bytes.Write((byte)Mark.None);
                break;
            case string text:
                Bytes.Write((byte)Mark.Text);
                WriteText(text);
                break;
            case not null when value.GetType().IsValueType:
                Bytes.Write((byte)Mark.Value);
                WriteType(value.GetType());
                In(place, () => Shapes.Of(value.GetType()).Write(this, value));
                break;
            case not null when known.Knows(value, out int number):
                Bytes.Write((byte)Mark.Known);
                Bytes.Write7BitEncodedInt(number);
                break;
            case not null when seen.TryGetValue(value, out int number):
                Bytes.Write((byte)Mark.Seen);
                Bytes.Write7BitEncodedInt(number);
                break;
            default:
                Bytes.Write((byte)Mark.New);
                seen.Add(value, seen.Count);
                In(place, () => WriteContent(value));
                break;
        }
    }

    private static void In(MemberInfo place, Action write)
    {
        try
        {
            write();
        }
        catch (NotSupportedException e)
        {
            throw new NotSupportedException($"{place.DeclaringType?.Name}.{place.Name}: {e.Message}", e);
        }
    }

    private void WriteType(Type type)
    {
        bool isNew = !types.TryGetValue(type, out int number);
        if (isNew) types[type] = number = types.Count;
        Bytes.Write7BitEncodedInt(number);
        if (!isNew) return;
        Bytes.Write(type.AssemblyQualifiedName!);
        Agree(type);
    }

    /// <summary>The layout of a type, once.</summary>
    private void Agree(Type type)
    {
        if (agreed.Add(type)) Bytes.Write(Shapes.Of(type).Layout);
    }

    private void WriteText(string text)
    {
        bool isNew = !texts.TryGetValue(text, out int number);
        if (isNew) texts[text] = number = texts.Count;
        Bytes.Write7BitEncodedInt(number);
        if (isNew) Bytes.Write(text);
    }
}

internal sealed class StateReader
{
    /// <summary>Longer than any series of a run; a damaged length must not take all memory.</summary>
    private const int LongestCollection = 100_000_000;

    private readonly KnownObjects known;
    private readonly List<object?> seen;
    private readonly List<Type> types = [];
    private readonly HashSet<Type> agreed = [];
    private readonly List<string> texts = [];

    public StateReader(BinaryReader bytes, KnownObjects known, IReadOnlyList<object> roots)
    {
        Bytes = bytes;
        this.known = known;
        seen = [.. roots];
    }

    public BinaryReader Bytes { get; }

    public int Length() => Bytes.Read7BitEncodedInt() is var length and >= 0 and <= LongestCollection ? length : throw new InvalidDataException("a length out of reason");

    public void FillContent(object root)
    {
        if (ReadType() is var type && type != root.GetType()) throw new InvalidDataException($"a {type} for a {root.GetType()}");
        Shapes.Of(root.GetType()).Fill(this, root);
    }

    public object? Read(Type declared)
    {
        if (declared.IsValueType && Nullable.GetUnderlyingType(declared) is null)
        {
            Agree(declared);
            return Shapes.Of(declared).Read(this, static _ => { });
        }

        switch ((Mark)Bytes.ReadByte())
        {
            case Mark.None:
                return null;
            case Mark.Text:
                return ReadText();
            case Mark.Value:
                return Shapes.Of(ReadType()).Read(this, static _ => { });
            case Mark.Known:
                return known[Bytes.Read7BitEncodedInt()];
            case Mark.Seen:
                return seen[Bytes.Read7BitEncodedInt()] ?? throw new InvalidDataException("an object inside itself");
            case Mark.New:
                int number = seen.Count;
                seen.Add(null);
                return Shapes.Of(ReadType()).Read(this, made => seen[number] = made);
            default:
                throw new InvalidDataException("no such mark");
        }
    }

    /// <summary>Only types with a shape: the name of any other is refused before anything is made of it.</summary>
    private Type ReadType()
    {
        int number = Bytes.Read7BitEncodedInt();
        if (number != types.Count) return types[number];
        string name = Bytes.ReadString();
        Type type = Type.GetType(name, throwOnError: false) ?? throw new InvalidDataException($"no type {name}");
        types.Add(type);
        Agree(type);
        return type;
    }

    private void Agree(Type type)
    {
        if (agreed.Add(type) && Bytes.ReadString() != Shapes.Of(type).Layout) throw new InvalidDataException($"{type} is made otherwise in this version");
    }

    private string ReadText()
    {
        int number = Bytes.Read7BitEncodedInt();
        if (number == texts.Count) texts.Add(Bytes.ReadString());
        return texts[number];
    }
}
