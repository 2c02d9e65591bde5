using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.Expressions;

/// <summary>
/// Recursive descent over conditions and formulas. Names, kinds and units are checked while reading; mistakes go to
/// <paramref name="report"/> and leave a broken operand, so that one mistake is said once and the next is still found.
/// </summary>
public sealed partial class ExpressionParser
{
    /// <summary>Characters; a condition longer than this cannot be read aloud.</summary>
    private const int Longest = 2000;

    /// <summary>Nesting of parentheses, signs and functions.</summary>
    private const int Deepest = 50;

    private static readonly ImmutableDictionary<string, ComparisonOperator> comparisons = new Dictionary<string, ComparisonOperator>
    {
        ["<"] = ComparisonOperator.Less,
        ["<="] = ComparisonOperator.LessOrEqual,
        [">"] = ComparisonOperator.Greater,
        [">="] = ComparisonOperator.GreaterOrEqual,
        ["="] = ComparisonOperator.Equal,
        ["=="] = ComparisonOperator.Equal,
        ["!="] = ComparisonOperator.NotEqual,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    private readonly ImmutableArray<Token> tokens;
    private readonly ExpressionNames names;
    private readonly Action<int, string, string, string> report;
    private int next;
    private int depth;
    private bool stopped;

    private ExpressionParser(string text, ExpressionNames names, Action<int, string, string, string> report)
    {
        tokens = Lexer.Cut(text);
        this.names = names;
        this.report = report;
    }

    private Token Current => tokens[next];

    /// <param name="report">Takes offset in the text, code, message and remedy of each mistake.</param>
    public static Operand Parse(string text, ExpressionNames names, Action<int, string, string, string> report)
    {
        if (text.Length > Longest)
        {
            report(0, DiagnosticCodes.ExpressionDepth, $"the expression has {text.Length} characters", $"at most {Longest} can be read");
            return Operand.Broken(0);
        }

        ExpressionParser parser = new(text, names, report);
        Operand operand = parser.Or();
        if (!parser.stopped && parser.Current.Kind != TokenKind.End) return parser.Stop(
            parser.Current, Unexpected(parser.Current), "expected an operator or the end");
        return parser.stopped ? Operand.Broken(0) : operand;
    }

    private Operand Or()
    {
        Operand left = Both();
        while (Take("or"))
        {
            Operand right = Both();
            left = Join(left, "or", right, static (a, b) => new Or(a, b));
        }

        return left;
    }

    private Operand Both()
    {
        Operand left = Negation();
        while (Take("and"))
        {
            Operand right = Negation();
            left = Join(left, "and", right, static (a, b) => new And(a, b));
        }

        return left;
    }

    private Operand Negation()
    {
        int at = Current.At;
        if (!Take("not")) return Relation();
        if (++depth > Deepest) return TooDeep();
        Operand inner = AsTruth(Negation());
        depth--;
        return inner.IsBroken ? inner : Operand.Truth(new Not(inner.Node), at) with { Text = $"(not {inner.Text})" };
    }

    private Operand Relation()
    {
        Operand left = Sum();
        if (Current.Kind != TokenKind.Symbol || !comparisons.TryGetValue(Current.Text, out ComparisonOperator comparison)) return left;
        string symbol = Current.Text;
        next++;
        (Operand a, Operand b) = Reconcile(left, Sum());
        if (a.IsBroken || b.IsBroken) return Operand.Broken(left.At);
        return Operand.Truth(new Comparison(comparison, a.Node, b.Node), left.At) with { Text = $"({a.Text} {symbol} {b.Text})" };
    }

    private Operand Sum()
    {
        Operand left = Product();
        while (Current is { Kind: TokenKind.Symbol, Text: "+" or "-" } sign)
        {
            next++;
            left = Add(left, Product(), sign.Text == "-");
        }

        return left;
    }

    private Operand Product()
    {
        Operand left = Signed();
        while (Current is { Kind: TokenKind.Symbol, Text: "*" or "/" } sign)
        {
            next++;
            left = Multiply(left, Signed(), sign.Text == "/");
        }

        return left;
    }

    private Operand Signed()
    {
        int at = Current.At;
        if (!TakeSymbol("-")) return Switched();
        if (++depth > Deepest) return TooDeep();
        Operand value = AsNumber(Signed());
        depth--;
        if (value.IsBroken) return value;
        Expression node = value.Node is Constant constant
            ? new Constant(-constant.Value)
            : new Arithmetic(ArithmeticOperator.Subtract, new Constant(0), value.Node);
        return value with { Node = node, At = at, Text = "-" + value.Text };
    }

    /// <summary><c>pump running</c>, <c>fan not running</c>, <c>foam on</c>.</summary>
    private Operand Switched()
    {
        Operand operand = Primary();
        bool negated = Current.Text == "not" && tokens[next + 1].Text is "running" or "on" or "off";
        Token word = tokens[negated ? next + 1 : next];
        if (word.Kind != TokenKind.Name || word.Text is not ("running" or "on" or "off")) return operand;
        next += negated ? 2 : 1;
        if (operand.IsBroken) return operand;
        if (!operand.IsSwitch) return Fault(
            word, DiagnosticCodes.ExpressionType, $"'{word.Text}' is said of something that is no switch",
            "compare it with a value");
        bool wanted = (word.Text != "off") ^ negated;
        return Operand.Truth(new Comparison(wanted ? ComparisonOperator.GreaterOrEqual : ComparisonOperator.Less, operand.Node, new Constant(0.5)), operand.At) with { Text = $"({operand.Text} {(negated ? "not " : "")}{word.Text})" };
    }

    private Operand Primary()
    {
        Token token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                next++;
                return Literal(token);
            case TokenKind.Name when tokens[next + 1].Text == "(":
                return Function(token);
            case TokenKind.Name when token.Text is not ("and" or "or" or "not"):
                next++;
                return Named(token);
            case TokenKind.Symbol when token.Text == "(":
                return Parenthesis();
            default:
                return Stop(token, Unexpected(token), "expected a number with its unit, a tag or a name");
        }
    }

    private Operand Parenthesis()
    {
        if (++depth > Deepest) return TooDeep();
        next++;
        Operand inner = Or();
        depth--;
        return stopped || TakeSymbol(")") ? inner : Stop(Current, "a parenthesis is not closed", "add ')'");
    }

    private bool Take(string word)
    {
        if (Current.Kind != TokenKind.Name || Current.Text != word) return false;
        next++;
        return true;
    }

    private bool TakeSymbol(string symbol)
    {
        if (Current.Kind != TokenKind.Symbol || Current.Text != symbol) return false;
        next++;
        return true;
    }

    private static string Unexpected(Token token) => token.Kind == TokenKind.End ? "the expression ends in the middle" : $"'{token.Text}' cannot stand here";

    private Operand TooDeep()
    {
        if (!stopped) report(Current.At, DiagnosticCodes.ExpressionDepth, $"nested more than {Deepest} deep", "split it");
        return Halt();
    }

    private Operand Stop(Token at, string message, string remedy)
    {
        if (!stopped) report(at.At, DiagnosticCodes.ExpressionSyntax, message, remedy);
        return Halt();
    }

    /// <summary>Ends reading: every later step sees the end of the text and says nothing more.</summary>
    private Operand Halt()
    {
        stopped = true;
        next = tokens.Length - 1;
        return Operand.Broken(Current.At);
    }

    private Operand Fault(Token at, string code, string message, string remedy) => Fault(at.At, code, message, remedy);

    private Operand Fault(int at, string code, string message, string remedy)
    {
        if (!stopped) report(at, code, message, remedy);
        return Operand.Broken(at);
    }
}
