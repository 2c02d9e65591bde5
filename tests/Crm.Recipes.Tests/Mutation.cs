using System.Text;

namespace Crm.Recipes.Tests;

/// <summary>Random edits of a file: of its bytes, and of its lines and words, which stay well-formed and reach the checks behind the syntax.</summary>
internal static class Mutation
{
    private static readonly byte[] marks = [.. ":{}[],-\"'#&*!|>%@`\n\t 0.()<$/"u8];

    private static readonly string[] values =
    [
        "0", "-1", "1e308", "-0", "1e-320", "NaN", "Infinity", "0 kg", "-3 L", "1e9 h", "200 degC", "5 K", "2 mol/L NaOH", "3 x stoichiometric", "on", "null", "~", "true", "[]", "{}", "[[]]", "''",
        "leach", "lot:residue", "go on", "hold", "abort", "$vessel", "1..0 kg", "..", "a/b", "x.y.z", "min(1, 2)", "lab(pls.Li)", "stoichiometric(x)", "not not on", "1 < 2 < 3", "plateau(leach.orp, 1 s)",
        "((((((((1))))))))", "999999999999999999999", "é", "日本", "\"", "- -", "3 kg/2 h", "mV vs SHE", "5 mol Na2SO4.10H2O",
    ];

    /// <summary>One to six edits.</summary>
    public static byte[] Of(byte[] source, Random random)
    {
        List<byte> bytes = [.. source];
        for (int edits = random.Next(1, 7); edits > 0 && bytes.Count > 1; edits--)
        {
            if (random.Next(2) == 0) Bytes(bytes, random);
            else bytes = [.. Encoding.UTF8.GetBytes(Lines(Encoding.UTF8.GetString([.. bytes]), random))];
        }

        return [.. bytes];
    }

    /// <summary>A byte changed, bytes removed, a piece doubled, a piece of punctuation put in, the end cut off.</summary>
    private static void Bytes(List<byte> bytes, Random random)
    {
        int at = random.Next(bytes.Count);
        int length = Math.Min(random.Next(1, 40), bytes.Count - at);
        switch (random.Next(6))
        {
            case 0: bytes[at] = (byte)random.Next(256); break;
            case 1: bytes.RemoveRange(at, length); break;
            case 2: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length)); break;
            case 3: bytes[at] = marks[random.Next(marks.Length)]; break;
            case 4: bytes.Insert(at, marks[random.Next(marks.Length)]); break;
            default:
                if (random.Next(8) == 0) bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }

    /// <summary>A line left out, doubled, moved or indented otherwise; a value replaced by another of the file or by an odd one.</summary>
    private static string Lines(string text, Random random)
    {
        List<string> lines = [.. text.Split('\n')];
        int at = random.Next(lines.Count), other = random.Next(lines.Count);
        string line = lines[at];
        switch (random.Next(8))
        {
            case 0: lines.RemoveAt(at); break;
            case 1: lines.Insert(at, line); break;
            case 2: lines.RemoveAt(at); lines.Insert(Math.Min(other, lines.Count), line); break;
            case 3: lines[at] = random.Next(2) == 0 ? "  " + line : line.Length > 2 ? line[2..] : line; break;
            case 4: lines[at] = Value(line, values[random.Next(values.Length)], random); break;
            case 5: lines[at] = Value(line, AnyValue(lines[other], random), random); break;
            case 6: lines[at] = Word(line, AnyWord(lines[other], random), random); break;
            default: lines.InsertRange(at, lines.GetRange(other, Math.Min(random.Next(1, 12), lines.Count - other))); break;
        }

        return string.Join('\n', lines);
    }

    private static string Value(string line, string value, Random random)
    {
        int[] colons = [.. Places(line, ": ")];
        if (colons.Length == 0) return line;
        int from = colons[random.Next(colons.Length)] + 2;
        int to = line.IndexOfAny([',', '}', ']'], from);
        return string.Concat(line.AsSpan(0, from), value, to < 0 ? "" : line.AsSpan(to));
    }

    private static string AnyValue(string line, Random random)
    {
        int[] colons = [.. Places(line, ": ")];
        if (colons.Length == 0) return "1";
        int from = colons[random.Next(colons.Length)] + 2;
        int to = line.IndexOfAny([',', '}', ']'], from);
        return to < 0 ? line[from..] : line[from..to];
    }

    private static string Word(string line, string word, Random random)
    {
        string[] words = Words(line);
        return words.Length == 0 ? line : line.Replace(words[random.Next(words.Length)], word, StringComparison.Ordinal);
    }

    private static string AnyWord(string line, Random random) => Words(line) is { Length: > 0 } words ? words[random.Next(words.Length)] : "x";

    private static string[] Words(string line) => line.Split([' ', ',', ':', '{', '}', '[', ']', '(', ')', '.'], StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<int> Places(string line, string what)
    {
        for (int at = line.IndexOf(what, StringComparison.Ordinal); at >= 0; at = line.IndexOf(what, at + 1, StringComparison.Ordinal)) yield return at;
    }
}
