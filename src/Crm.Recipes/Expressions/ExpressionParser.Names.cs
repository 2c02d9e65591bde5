using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.Expressions;

/// <summary>Numbers, names and functions.</summary>
public sealed partial class ExpressionParser
{
    private static readonly string[] functions = [.. WindowFunction.All.Select(f => f.Name), "lab", "stoichiometric", "min", "max", "abs", "median"];

    private Operand Literal(Token token)
    {
        if (token.Unit is null) return Operand.Number(new Constant(token.Value), Unit.One, token.At) with { Text = token.Text };
        if (Units.Find(token.Unit) is { } unit) return OfSpecies(token, Operand.Number(new Constant(token.Value), unit, token.At) with { Text = $"{token.Text} {unit.Symbol}" });
        return Fault(token, DiagnosticCodes.UnitUnknown, $"'{token.Unit}' is no unit", Nearest.Suggest(token.Unit, Units.Symbols));
    }

    private Operand OfSpecies(Token token, Operand literal)
    {
        if (token.Species is null) return literal;
        if (Species.Find(token.Species) is { } species) return literal with { Of = species, Text = $"{literal.Text} {species.Formula}" };
        return Fault(token, DiagnosticCodes.ExpressionSpecies, $"'{token.Species}' is no chemical formula", "for example '2 mol/L NaOH'");
    }

    private Operand Named(Token token)
    {
        if (names.Tag(token.Text) is { } tag) return Operand.Number(new TagValue(tag.Ordinal), tag.Unit, token.At) with { Text = Operand.Measured(token.Text, tag.Unit) };
        if (names.Plain(token.Text) is { } value) return Slot(token, value);
        if (token.Text is "on" or "off") return Operand.Number(new Constant(token.Text == "on" ? 1 : 0), Units.Of("on/off"), token.At) with { Text = token.Text };
        if (names.IsOutput(token.Text))
            return Fault(
                token, DiagnosticCodes.ExpressionName, $"'{token.Text}' is an output",
                "conditions read tags: what an instrument says");
        return Fault(token, DiagnosticCodes.ExpressionName, $"'{token.Text}' is unknown", Nearest.Suggest(token.Text, names.Known));
    }

    private Operand Slot(Token token, NamedValue value, string? text = null)
    {
        if (value.Value is { } slot) return Operand.Number(slot, value.Unit, token.At) with { Text = Operand.Measured(text ?? token.Text, value.Unit) };
        return value.Code.Length == 0 ? Operand.Broken(token.At) : Fault(token, value.Code, value.Message, value.Remedy);
    }

    private Operand Function(Token name)
    {
        next += 2;
        if (++depth > Deepest) return TooDeep();
        Operand result = name.Text switch
        {
            "min" => Extreme(ArithmeticOperator.Least),
            "max" => Extreme(ArithmeticOperator.Most),
            "abs" => Magnitude(),
            "median" => Middle(),
            "lab" => LabResult(name),
            "stoichiometric" => NameArgument() is { } reagent ? Slot(name, names.Stoichiometric(reagent.Text), $"stoichiometric({reagent.Text})") : Operand.Broken(name.At),
            _ => WindowFunction.All.FirstOrDefault(f => f.Name == name.Text) is { } window ? Window(name, window) : NoFunction(name),
        };
        depth--;
        if (stopped || TakeSymbol(")")) return result;
        return Stop(Current, $"'{name.Text}(…)' is not closed or has too many arguments", "add ')'");
    }

    private Operand NoFunction(Token name)
    {
        Fault(name, DiagnosticCodes.ExpressionFunction, $"there is no function '{name.Text}'", Nearest.Suggest(name.Text, functions));
        return Halt();
    }

    private Operand Extreme(ArithmeticOperator which)
    {
        Operand left = Sum();
        if (!TakeSymbol(",")) return Stop(Current, "one argument only", "min and max take two or more");
        do
        {
            Operand right = Sum();
            if (Mixed(left, right)) return Operand.Broken(left.At);
            (Operand a, Operand b) = Reconcile(left, right);
            left = a.IsBroken || b.IsBroken ? Operand.Broken(left.At) : Operand.Number(new Arithmetic(which, a.Node, b.Node), a.Unit, a.At) with { Of = a.Of, Text = Operand.Measured($"{(which == ArithmeticOperator.Least ? "min" : "max")}({a.Text}, {b.Text})", a.Unit) };
        }
        while (TakeSymbol(","));
        return left;
    }

    private Operand Middle()
    {
        Operand first = AsNumber(Sum());
        var values = ImmutableArray.CreateBuilder<Expression>();
        values.Add(first.Node);
        string text = first.Text;
        bool broken = first.IsBroken;
        while (TakeSymbol(","))
        {
            Operand value = Bring(AsNumber(Sum()), first.Unit);
            broken |= value.IsBroken;
            values.Add(value.Node);
            text += ", " + value.Text;
        }

        if (values.Count is < 2 or > Median.Most) return Stop(Current, $"{values.Count} arguments", $"median takes 2 to {Median.Most}");
        return broken ? Operand.Broken(first.At) : Operand.Number(new Median(values.ToImmutable()), first.Unit, first.At) with { Text = Operand.Measured($"median({text})", first.Unit) };
    }

    private Operand Magnitude()
    {
        Operand value = AsNumber(Sum());
        return value.IsBroken ? value : value with { Node = new Absolute(value.Node), Text = $"abs({value.Text})" };
    }

    private Operand LabResult(Token name)
    {
        if (NameArgument() is not { } argument) return Operand.Broken(name.At);
        int dot = argument.Text.IndexOf('.');
        if (dot > 0) return Slot(argument, names.Lab(argument.Text[..dot], argument.Text[(dot + 1)..]), $"lab({argument.Text})");
        return Fault(argument, DiagnosticCodes.ExpressionFunction, $"'{argument.Text}' names no analyte", "write lab(sample.analyte)");
    }

    private Token? NameArgument()
    {
        Token token = Current;
        if (token.Kind == TokenKind.Name)
        {
            next++;
            return token;
        }

        Stop(token, Unexpected(token), "expected a name");
        return null;
    }

    private Operand Window(Token name, WindowFunction function)
    {
        if (NameArgument() is not { } argument) return Operand.Broken(name.At);
        if (names.Tag(argument.Text) is not { } tag)
        {
            if (!Named(argument).IsBroken)
                Fault(
                    argument, DiagnosticCodes.ExpressionFunction, $"'{argument.Text}' is no tag",
                    $"{name.Text} looks at a tag over time");
            Skip();
            return Operand.Broken(name.At);
        }

        double band = function.HasBand ? Band(name, tag.Unit.Difference) : 0;
        if (Over(name) is not { } over) return Operand.Broken(name.At);
        Operand window = Slot(name, names.Window(function, argument.Text, tag, over, band), WindowText(function, argument.Text, tag, over, band));
        if (window.IsBroken || !function.IsTruth) return window;
        return Operand.Truth(window.Node, name.At) with { Text = WindowText(function, argument.Text, tag, over, band) };
    }

    private static string WindowText(WindowFunction function, string tagName, NamedTag tag, TimeSpan over, double band)
    {
        string within = function.HasBand ? FormattableString.Invariant($", {band:0.######} {tag.Unit.Difference.Symbol}") : "";
        return FormattableString.Invariant($"{function.Name}({tagName}{within}, {over.TotalMinutes:0.###} min)");
    }

    /// <summary>Band of <c>stable</c>: a plain number is in the tag's unit.</summary>
    private double Band(Token name, Unit unit)
    {
        Token token = Current;
        if (!TakeSymbol(",") || Current.Kind != TokenKind.Number)
        {
            Stop(token, $"'{name.Text}' lacks its band", $"write {name.Text}(tag, band, window), for example 3 min");
            return 0;
        }

        Operand band = Literal(Current);
        next++;
        if (band.IsBroken || band.Unit == Unit.One) return band.IsBroken ? 0 : ((Constant)band.Node).Value;
        if (band.Unit.Matches(unit)) return ((Constant)band.In(unit).Node).Value;
        Fault(band.At, DiagnosticCodes.ExpressionUnit, $"a band in {band.Unit} for a tag in {unit}", $"write it in {unit}");
        return 0;
    }

    private TimeSpan? Over(Token name)
    {
        Token token = Current;
        if (!TakeSymbol(",") || Current.Kind != TokenKind.Number)
        {
            Stop(token, $"'{name.Text}' lacks its window", "add a duration, for example '10 min'");
            return null;
        }

        Operand over = Literal(Current);
        next++;
        if (over.IsBroken) return null;
        if (over.Unit.Matches(Units.Of("s")) && over.In(Units.Of("s")).Node is Constant { Value: > 0 and <= 86400 } seconds) return TimeSpan.FromSeconds(seconds.Value);
        Fault(over.At, DiagnosticCodes.ExpressionFunction, "the window is no duration up to 1 d", "for example '10 min'");
        return null;
    }

    /// <summary>Passes the remaining arguments of a function whose first was wrong.</summary>
    private void Skip()
    {
        while (Current.Kind != TokenKind.End && Current.Text != ")") next++;
    }
}
