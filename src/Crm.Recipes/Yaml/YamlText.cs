using System.Collections.Immutable;
using System.Text;
using Crm.Recipes.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Crm.Recipes.Yaml;

/// <summary>Turns the bytes of a file into nodes, or into diagnostics; never throws on content.</summary>
public static class YamlText
{
    /// <summary>Bytes; a hand-written file is far below this.</summary>
    private const int Largest = 2 * 1024 * 1024;

    /// <summary>Levels of nesting.</summary>
    private const int Deepest = 48;

    /// <returns>The document's top mapping, or null when diagnostics say why there is none.</returns>
    public static YamlMapping? Read(ReadOnlySpan<byte> bytes, Findings findings)
    {
        if (Decode(bytes, findings) is not { } text) return null;
        if (Parse(text, findings) is not { } node) return null;
        if (node is YamlMapping mapping) return mapping;
        findings.Add(node, DiagnosticCodes.KindWrong, $"the file holds {node.Kind}, not keys", "expected 'format: 1' and the other keys of the file, each on its own line");
        return null;
    }

    private static string? Decode(ReadOnlySpan<byte> bytes, Findings findings)
    {
        if (bytes.Length > Largest)
        {
            findings.Add(1, 1, DiagnosticCodes.FileSize, $"the file has {bytes.Length} bytes", $"at most {Largest} are read");
            return null;
        }

        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        string text = Encoding.UTF8.GetString(bytes);
        int odd = text.AsSpan().IndexOfAnyExceptInRange(' ', '\uFFFC');
        for (; odd >= 0 && IsLayout(text[odd]); odd = Next(text, odd)) { }
        if (odd < 0) return text;
        int line = 1 + text.AsSpan(0, odd).Count('\n');
        int column = odd - text.LastIndexOf('\n', odd);
        findings.Add(line, column, DiagnosticCodes.FileBinary, $"a byte that is no text (U+{(int)text[odd]:X4})", "the file must be UTF-8 text");
        return null;
    }

    private static bool IsLayout(char character) => character is '\n' or '\r' or '\t';

    private static int Next(string text, int at)
    {
        int next = text.AsSpan(at + 1).IndexOfAnyExceptInRange(' ', '\uFFFC');
        return next < 0 ? -1 : at + 1 + next;
    }

    private static YamlNode? Parse(string text, Findings findings)
    {
        Parser parser = new(new Scanner(new StringReader(text), skipComments: true));
        try
        {
            parser.MoveNext();
            parser.MoveNext();
            if (parser.Current is StreamEnd)
            {
                findings.Add(1, 1, DiagnosticCodes.FileEmpty, "the file is empty", "expected 'format: 1' on the first line");
                return null;
            }

            parser.MoveNext();
            YamlNode? node = Node(parser, findings, 0);
            if (node is null) return null;
            parser.MoveNext();
            if (parser.Current is not StreamEnd and not null) Refuse(parser.Current, findings, DiagnosticCodes.YamlFeature, "a second document in the same file", "one file, one document");
            return node;
        }
        catch (YamlException problem)
        {
            findings.Add(Count(problem.Start.Line), Count(problem.Start.Column), DiagnosticCodes.YamlSyntax, "this is not YAML: " + Sentence(problem), "check indentation, quotes and brackets here and just above");
            return null;
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            Mark last = parser.Current?.End ?? Mark.Empty;
            findings.Add(Count(last.Line), Count(last.Column), DiagnosticCodes.YamlSyntax, "this is not YAML: something opened here is not closed as it should be", "check brackets, quotes and indentation here and below");
            return null;
        }
    }

    /// <summary>Reads the node that starts at the current event and moves past it; null when reading cannot go on.</summary>
    private static YamlNode? Node(Parser parser, Findings findings, int depth)
    {
        if (parser.Current is not { } current)
        {
            findings.Add(1, 1, DiagnosticCodes.YamlSyntax, "the file ends in the middle", "complete it");
            return null;
        }

        if (depth > Deepest) return Refuse(current, findings, DiagnosticCodes.YamlDepth, $"nested more than {Deepest} levels deep", "");
        if (current is AnchorAlias) return Refuse(current, findings, DiagnosticCodes.YamlFeature, "an alias", "write the value out: these files have no anchors");
        if (current is NodeEvent { Anchor.IsEmpty: false }) return Refuse(current, findings, DiagnosticCodes.YamlFeature, "an anchor", "write the value out where it is needed");
        if (current is NodeEvent { Tag: { IsEmpty: false } tag }) return Refuse(current, findings, DiagnosticCodes.YamlFeature, $"a type tag {tag}", "leave it out");
        return current switch
        {
            Scalar scalar => ScalarOf(parser, scalar),
            SequenceStart start => SequenceOf(parser, start, findings, depth),
            MappingStart start => MappingOf(parser, start, findings, depth),
            _ => Refuse(current, findings, DiagnosticCodes.YamlSyntax, "the file ends in the middle", "complete it"),
        };
    }

    private static YamlScalar ScalarOf(Parser parser, Scalar scalar)
    {
        parser.MoveNext();
        bool quoted = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted;
        int column = Count(scalar.Start.Column);
        return new YamlScalar(Count(scalar.Start.Line), column, scalar.Value, quoted ? column + 1 : column, scalar.Start.Line == scalar.End.Line);
    }

    private static YamlSequence? SequenceOf(Parser parser, SequenceStart start, Findings findings, int depth)
    {
        ImmutableArray<YamlNode>.Builder items = ImmutableArray.CreateBuilder<YamlNode>();
        parser.MoveNext();
        while (parser.Current is not SequenceEnd)
        {
            if (Node(parser, findings, depth + 1) is not { } item) return null;
            items.Add(item);
        }

        parser.MoveNext();
        return new YamlSequence(Count(start.Start.Line), Count(start.Start.Column), items.ToImmutable());
    }

    private static YamlMapping? MappingOf(Parser parser, MappingStart start, Findings findings, int depth)
    {
        ImmutableArray<YamlEntry>.Builder entries = ImmutableArray.CreateBuilder<YamlEntry>();
        parser.MoveNext();
        while (parser.Current is not MappingEnd)
        {
            if (Node(parser, findings, depth + 1) is not { } key) return null;
            if (Node(parser, findings, depth + 1) is not { } value) return null;
            if (key is YamlScalar name) entries.Add(new YamlEntry(name, value));
            else findings.Add(key, DiagnosticCodes.KindWrong, $"{key.Kind} stands where a key should be", "write 'key: value'");
        }

        parser.MoveNext();
        return new YamlMapping(Count(start.Start.Line), Count(start.Start.Column), entries.ToImmutable());
    }

    private static YamlNode? Refuse(ParsingEvent at, Findings findings, string code, string message, string remedy)
    {
        findings.Add(Count(at.Start.Line), Count(at.Start.Column), code, message, remedy);
        return null;
    }

    private static int Count(long mark) => (int)Math.Max(1, Math.Min(mark, int.MaxValue));

    private static string Sentence(YamlException problem)
    {
        string text = problem.InnerException is null ? problem.Message : problem.InnerException.Message;
        return text.TrimEnd('.').ReplaceLineEndings(" ");
    }
}
