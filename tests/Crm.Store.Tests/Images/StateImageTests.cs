using System.Collections.Immutable;
using Crm.Store.Images;
using Xunit;

namespace Crm.Store.Tests.Images;

/// <summary>The state of a plant as bytes: everything that is data comes back as it was, who shares what included; everything else is refused with its place.</summary>
public sealed class StateImageTests
{
    private readonly Definition definition = new("leach", [1.5, 2.5]);

    [Fact]
    public void Data_of_every_shape_comes_back_as_it_was()
    {
        Vessel before = Full(definition), after = new(definition);
        Through([before], [after], [definition]);
        Assert.Equal(Told(before), Told(after));
        Assert.Same(definition, after.Definition);
        Assert.Same(after.Shared, after.SharedToo);
        Assert.Same(after, after.Neighbour!.Neighbour);
        Assert.Equal(StringComparer.Ordinal, after.Amounts.Comparer);
        Assert.True(after.Unset.IsDefault);
    }

    [Fact]
    public void An_object_that_others_hold_is_filled_and_stays_the_same_object()
    {
        List<int> list = [1, 2, 3];
        double[] values = [4, 5];
        List<int> held = [9];
        double[] heldValues = [0, 0];
        Through([list, values], [held, heldValues], []);
        Assert.Equal([1, 2, 3], held);
        Assert.Equal([4, 5], heldValues);
    }

    [Theory]
    [MemberData(nameof(NoData))]
    public void What_is_no_data_is_refused_with_its_place(object value)
    {
        var refused = Assert.Throws<NotSupportedException>(() => Write([new Holder(value)], new KnownObjects([])));
        Assert.Contains("Holder.", refused.Message, StringComparison.Ordinal);
    }

    public static TheoryData<object> NoData => [new Action(() => { }), new MemoryStream(), new object(), new SortedDictionary<string, int>(StringComparer.OrdinalIgnoreCase), new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase), new int[1, 1]];

    /// <summary>A reader must be able to make nothing but data, whatever the file says.</summary>
    [Fact]
    public void A_type_that_is_no_data_is_not_made_from_a_file()
    {
        byte[] image = Write([new Holder(new Definition("x", []))], new KnownObjects([]));
        string written = typeof(Definition).AssemblyQualifiedName!;
        string other = typeof(FileInfo).AssemblyQualifiedName!.PadRight(written.Length);
        if (other.Length > written.Length) return;
        byte[] changed = [.. image];
        int at = image.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(written));
        System.Text.Encoding.UTF8.GetBytes(other).CopyTo(changed, at);
        Assert.Throws<InvalidDataException>(() => StateImage.Read(new MemoryStream(changed), [new Holder("")], new KnownObjects([])));
    }

    [Fact]
    public void Definitions_with_another_number_have_another_fingerprint()
    {
        string Print(params double[] values) => new KnownObjects([new Definition("leach", [.. values])]).Fingerprint;
        Assert.Equal(Print(1.5, 2.5), Print(1.5, 2.5));
        Assert.NotEqual(Print(1.5, 2.5), Print(1.5, 2.5000000001));
    }

    [Fact]
    public void Another_composition_is_refused()
    {
        byte[] image = Write([new List<int> { 1 }, new double[2]], new KnownObjects([]));
        Assert.Throws<InvalidDataException>(() => StateImage.Read(new MemoryStream(image), [new List<int>()], new KnownObjects([])));
        Assert.Throws<InvalidDataException>(() => StateImage.Read(new MemoryStream(image), [new List<int>(), new double[3]], new KnownObjects([])));
        Assert.Throws<InvalidDataException>(() => StateImage.Read(new MemoryStream(image), [new List<long>(), new double[2]], new KnownObjects([])));
        Assert.Throws<InvalidDataException>(() => StateImage.Read(new MemoryStream(image), [new List<int>(), new double[2]], new KnownObjects([definition])));
    }

    /// <summary>A damaged image is refused, or gives other numbers; it never ends the program or takes all memory.</summary>
    [Fact]
    public void A_damaged_image_is_refused_and_nothing_worse()
    {
        byte[] image = Write([Full(definition)], new KnownObjects([definition]));
        var random = new Random(20261121);
        for (int i = 0; i < 4000; i++)
        {
            byte[] damaged = [.. image];
            if (i % 4 == 0) damaged = damaged[..random.Next(damaged.Length)];
            else damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                StateImage.Read(new MemoryStream(damaged), [new Vessel(definition)], new KnownObjects([definition]));
            }
            catch (InvalidDataException refused)
            {
                Assert.NotEmpty(refused.Message);
            }
        }
    }

    private static Vessel Full(Definition definition)
    {
        var vessel = new Vessel(definition) { Level = 12.25, Since = TimeSpan.FromMinutes(3), Day = new DateOnly(2026, 11, 21), Limit = 7, State = Phase.Held, Name = "B1", Anything = Phase.Held, Pair = (3, "three") };
        vessel.Shared = vessel.SharedToo = [1, double.NaN, double.NegativeInfinity];
        vessel.Neighbour = new Vessel(definition) { Neighbour = vessel };
        vessel.Amounts["Li"] = 1;
        vessel.Amounts["Al"] = 2;
        vessel.Lots = vessel.Lots.Add(new Lot("drum 1", ["a", "a"]));
        vessel.Doses.Enqueue(5);
        vessel.Replies[7] = "accepted";
        vessel.Set = ["z", "a"];
        vessel.Tree = vessel.Tree.Add("k", new Lot("k", []));
        vessel.Marks = [2, 1];
        return vessel;
    }

    private static string Told(Vessel v) => string.Join('|', v.Level, v.Since, v.Day, v.Limit, v.NoLimit, v.State, v.Name, v.NoName, v.Anything, v.Pair, string.Join(',', v.Shared!), string.Join(',', v.Amounts),
        string.Join(',', v.Lots.Select(l => l.Name + string.Join('+', l.Marks))), string.Join(',', v.Doses), string.Join(',', v.Replies), string.Join(',', v.Set), string.Join(',', v.Tree.Select(t => t.Key + t.Value.Name)), string.Join(',', v.Marks));

    private static byte[] Write(IReadOnlyList<object> state, KnownObjects known)
    {
        using var stream = new MemoryStream();
        StateImage.Write(stream, state, known);
        return stream.ToArray();
    }

    private static void Through(IReadOnlyList<object> before, IReadOnlyList<object> after, IReadOnlyList<object> definitions) =>
        StateImage.Read(new MemoryStream(Write(before, new KnownObjects(definitions))), after, new KnownObjects(definitions));

    private enum Phase
    {
        Idle,
        Held,
    }

    private sealed record Definition(string Name, ImmutableArray<double> Values);

    private sealed record Lot(string Name, ImmutableArray<string> Marks);

    private sealed class Holder(object value)
    {
        public object Value { get; } = value;
    }

    private sealed class Vessel(Definition definition)
    {
        public Definition Definition { get; } = definition;

        public double Level { get; set; }

        public TimeSpan Since { get; set; }

        public DateOnly Day { get; set; }

        public int? Limit { get; set; }

        public int? NoLimit { get; set; }

        public Phase State { get; set; }

        public string? Name { get; set; }

        public string? NoName { get; set; }

        public object? Anything { get; set; }

        public (int Number, string Word) Pair { get; set; }

        public double[]? Shared { get; set; }

        public double[]? SharedToo { get; set; }

        public Vessel? Neighbour { get; set; }

        public SortedDictionary<string, double> Amounts { get; } = new(StringComparer.Ordinal);

        public ImmutableList<Lot> Lots { get; set; } = [];

        public Queue<int> Doses { get; } = new();

        public Dictionary<long, string> Replies { get; } = [];

        public SortedSet<string> Set { get; set; } = new(StringComparer.Ordinal);

        public ImmutableSortedDictionary<string, Lot> Tree { get; set; } = ImmutableSortedDictionary.Create<string, Lot>(StringComparer.Ordinal);

        public ImmutableSortedSet<int> Marks { get; set; } = [];

        public ImmutableArray<int> Unset { get; set; }
    }
}
