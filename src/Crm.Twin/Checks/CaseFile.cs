using System.Collections.Immutable;

namespace Crm.Twin.Checks;

/// <summary>What a case expects of one output: an array of values with a tolerance, or a text.</summary>
/// <param name="Quantity">Output name, or <c>name.key</c> for one entry of a map.</param>
/// <param name="IsArray">The value was written as an array.</param>
/// <param name="IsRelative">Tolerance relative to the value, else in the output's unit.</param>
public sealed record Expectation(
    string Quantity, JsonPlace Place, ImmutableArray<double> Values, bool IsArray, double Tolerance, bool IsRelative, string? Text);

/// <summary>One case: a model, what goes in, what should come out.</summary>
public sealed record PhysicsCase(
    string Id, string Model, JsonPlace ModelPlace, string Title, JsonValue Inputs, ImmutableArray<Expectation> Expected, string Source, string Note)
{
    public override string ToString() => Id;
}

/// <summary>A file of physics cases (docs/physics.md, "Case files").</summary>
public static class CaseFile
{
    private const double Schema = 1;
    private static readonly string[] FileKeys = ["schema", "cases"];
    private static readonly string[] CaseKeys = ["id", "model", "title", "inputs", "expected", "source", "note"];

    /// <exception cref="CaseFileException">The first thing that does not follow the schema, with its place.</exception>
    public static ImmutableArray<PhysicsCase> Read(byte[] bytes)
    {
        var root = JsonNodes.Read(bytes);
        Only(root, FileKeys, "a case file");
        var schema = Needed(root, "schema", JsonKind.Number, "the file");
        if (schema.Number != Schema) throw Wrong(schema, $"schema is {schema.Text}; this version reads schema 1");
        var cases = ImmutableArray.CreateBuilder<PhysicsCase>();
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (var item in Needed(root, "cases", JsonKind.Array, "the file").Items)
        {
            var one = Case(item);
            if (!ids.Add(one.Id)) throw Wrong(item["id"]!, $"the id \"{one.Id}\" is already taken by an earlier case");
            cases.Add(one);
        }
        return cases.ToImmutable();
    }

    private static PhysicsCase Case(JsonValue item)
    {
        Only(item, CaseKeys, "a case");
        string id = Needed(item, "id", JsonKind.Text, "the case").Text, of = $"case {id}";
        if (id.Length == 0) throw Wrong(item["id"]!, "the id is empty");
        var model = Needed(item, "model", JsonKind.Text, of);
        string title = Needed(item, "title", JsonKind.Text, of).Text, source = Needed(item, "source", JsonKind.Text, of).Text;
        var inputs = Needed(item, "inputs", JsonKind.Object, of);
        var expected = Needed(item, "expected", JsonKind.Object, of);
        if (expected.Members.IsEmpty) throw Wrong(expected, $"{of} expects nothing");
        string note = item["note"] is null ? "" : Needed(item, "note", JsonKind.Text, of).Text;
        return new PhysicsCase(id, model.Text, model.Place, title, inputs, [.. expected.Members.Select(m => Expect(m, of))], source, note);
    }

    private static Expectation Expect(JsonMember member, string of)
    {
        var value = member.Value;
        string what = $"{of}, {member.Name}";
        if (value.Kind != JsonKind.Object) throw Wrong(value, $"{what}: expected an object with value and rel or abs, or with text, not {value.Called}");
        Only(value, ["value", "rel", "abs", "text"], what);
        if (value["text"] is { } text)
        {
            if (value.Members.Length > 1) throw Wrong(value, $"{what}: text stands alone, without value, rel or abs");
            return new Expectation(member.Name, member.Place, [], false, 0, false, Needed(value, "text", JsonKind.Text, what).Text);
        }
        var (numbers, isArray) = Numbers(value, what);
        if (value["rel"] is null == value["abs"] is null) throw Wrong(value, $"{what}: needs exactly one of rel and abs");
        bool relative = value["rel"] is not null;
        var tolerance = Needed(value, relative ? "rel" : "abs", JsonKind.Number, what);
        if (tolerance.Number < 0) throw Wrong(tolerance, $"{what}: a tolerance is not negative");
        if (relative && numbers.Contains(0)) throw Wrong(value, $"{what}: nothing is relative to 0; give abs");
        return new Expectation(member.Name, member.Place, numbers, isArray, tolerance.Number, relative, null);
    }

    private static (ImmutableArray<double> Numbers, bool IsArray) Numbers(JsonValue value, string what)
    {
        var given = value["value"] ?? throw Wrong(value, $"{what}: value is missing");
        if (given.Kind == JsonKind.Number) return ([given.Number], false);
        if (given.Kind != JsonKind.Array || given.Items.IsEmpty) throw Wrong(given, $"{what}: value is a number or an array of numbers, not {given.Called}");
        foreach (var item in given.Items)
        {
            if (item.Kind != JsonKind.Number) throw Wrong(item, $"{what}: value holds {item.Called}, expected a number");
        }
        return ([.. given.Items.Select(i => i.Number)], true);
    }

    private static JsonValue Needed(JsonValue parent, string name, JsonKind kind, string of)
    {
        var value = parent[name] ?? throw Wrong(parent, $"{of} has no \"{name}\"");
        string wanted = kind switch { JsonKind.Object => "an object", JsonKind.Array => "an array", JsonKind.Text => "a text", _ => "a number" };
        return value.Kind == kind ? value : throw Wrong(value, $"{of}: \"{name}\" is {value.Called}, expected {wanted}");
    }

    private static void Only(JsonValue value, string[] known, string what)
    {
        if (value.Kind != JsonKind.Object) throw Wrong(value, $"{what} is an object, not {value.Called}");
        foreach (var member in value.Members)
        {
            if (!known.Contains(member.Name)) throw new CaseFileException("CASE02", member.Place, $"{what} has no \"{member.Name}\"; known: {string.Join(", ", known)}");
        }
    }

    private static CaseFileException Wrong(JsonValue value, string message) => new("CASE02", value.Place, message);
}
