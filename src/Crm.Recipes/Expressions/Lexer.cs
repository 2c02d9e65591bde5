using System.Collections.Immutable;
using Crm.Plant.Quantities;

namespace Crm.Recipes.Expressions;

internal enum TokenKind
{
    Number,
    Name,
    Symbol,
    Odd,
    End,
}

/// <param name="At">Offset in the text.</param>
/// <param name="Value">Of a number.</param>
/// <param name="Unit">Symbol behind a number; null when none follows.</param>
/// <param name="Species">Formula behind the unit of a mass or an amount; null when none follows.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int At, double Value, string? Unit, string? Species = null);

/// <summary>Cuts an expression into numbers with units, names and symbols.</summary>
internal sealed class Lexer(string text)
{
    private static readonly ImmutableArray<string> symbols = ["<=", ">=", "==", "!=", "<", ">", "=", "+", "-", "*", "/", "(", ")", ","];
    private static readonly ImmutableArray<string> spaced = ["x stoichiometric", "mV vs Ag/AgCl", "mV vs SHE"];
    private static readonly ImmutableArray<string> words = ["and", "or", "not", "running", "on", "off"];

    private int at;

    public static ImmutableArray<Token> Cut(string text)
    {
        Lexer lexer = new(text);
        ImmutableArray<Token>.Builder tokens = ImmutableArray.CreateBuilder<Token>();
        do tokens.Add(lexer.Next());
        while (tokens[^1].Kind is not TokenKind.End);
        return tokens.ToImmutable();
    }

    private Token Next()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        int start = at;
        if (at >= text.Length) return new Token(TokenKind.End, "", start, 0, null);
        if (char.IsAsciiDigit(text[at])) return Number();
        if (IsNameStart(text[at])) return new Token(TokenKind.Name, Name(), start, 0, null);
        string? symbol = symbols.FirstOrDefault(s => string.CompareOrdinal(text, start, s, 0, s.Length) == 0);
        at += symbol?.Length ?? 1;
        return new Token(symbol is null ? TokenKind.Odd : TokenKind.Symbol, symbol ?? text[start..at], start, 0, null);
    }

    private Token Number()
    {
        int start = at;
        at += QuantityText.NumberLength(text.AsSpan(at));
        bool finite = QuantityText.TryNumber(text.AsSpan(start, at - start), out double value);
        string written = text[start..at];
        if (!finite) return new Token(TokenKind.Odd, written, start, 0, null);
        string? unit = UnitSymbol();
        bool isOfSomething = unit is not null && Units.Find(unit) is { } known && (known.Dimension.Mass != 0 || known.Dimension.Amount != 0);
        return new Token(TokenKind.Number, written, start, value, unit, isOfSomething ? Formula() : null);
    }

    /// <summary>A chemical formula: names of tags and formula values begin with a small letter, elements with a capital one.</summary>
    private string? Formula()
    {
        int from = at, open = 0;
        while (from < text.Length && text[from] == ' ') from++;
        if (from == at || from >= text.Length || !char.IsAsciiLetterUpper(text[from])) return null;
        int end = from;
        for (; end < text.Length; end++)
        {
            char letter = text[end];
            if (letter == '(') open++;
            else if (letter == ')' && --open < 0) break;
            else if (letter == '.' && (end + 1 >= text.Length || !char.IsAsciiDigit(text[end + 1]))) break;
            else if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('(' or ')' or '.')) break;
        }

        return Take(from, text[from..end]);
    }

    /// <summary>The unit behind a number: the longest text that is a known unit, else the word as it stands; null for none.</summary>
    private string? UnitSymbol()
    {
        int from = at;
        while (from < text.Length && text[from] == ' ') from++;
        string? several = spaced.FirstOrDefault(s => string.CompareOrdinal(text, from, s, 0, s.Length) == 0);
        if (several is not null) return Take(from, several);
        string longest = UnitRun(from);
        if (longest.Length == 0) return null;
        for (string run = longest; run.Length > 0; run = run.Contains('/') ? run[..run.LastIndexOf('/')] : "")
        {
            if (Units.Find(run) is not null) return Take(from, run);
        }

        string word = longest.Split('/')[0];
        bool isTag = from + word.Length < text.Length && text[from + word.Length] == '.';
        return isTag || words.Contains(word) ? null : Take(from, word);
    }

    private string Take(int from, string unit)
    {
        at = from + unit.Length;
        return unit;
    }

    /// <summary>Letters, digits, percent signs and slashes between them.</summary>
    private string UnitRun(int from)
    {
        int end = from;
        if (end >= text.Length || !(char.IsLetter(text[end]) || text[end] == '%')) return "";
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '%' or '_' || IsInnerSlash(end))) end++;
        return text[from..end];
    }

    private bool IsInnerSlash(int position) => text[position] == '/' && position + 1 < text.Length && char.IsLetter(text[position + 1]);

    private string Name()
    {
        int start = at;
        while (at < text.Length && (IsNameStart(text[at]) || char.IsAsciiDigit(text[at]) || IsInnerDot())) at++;
        return text[start..at];
    }

    private bool IsInnerDot() => text[at] == '.' && at + 1 < text.Length && (IsNameStart(text[at + 1]) || char.IsAsciiDigit(text[at + 1]));

    private static bool IsNameStart(char character) => char.IsAsciiLetter(character) || character == '_';
}
