using System.Reflection;
using System.Text.RegularExpressions;
using Crm.Contracts;
using Xunit;

namespace Crm.Hmi.Tests;

/// <summary>The browser's idea of the messages is the controller's, member by member.</summary>
public class ContractTests
{
    [Fact]
    public void The_modules_read_what_the_controller_writes()
    {
        string text = File.ReadAllText(Path.Combine(Tree.Root, "src", "Crm.Hmi", "web", "src", "contracts.ts"));
        var interfaces = Regex.Matches(text, @"export interface (\w+) \{(.*?)\}").ToDictionary(m => m.Groups[1].Value, m => Members(m.Groups[2].Value));

        Assert.True(interfaces.Count > 25);
        foreach (var (name, members) in interfaces)
        {
            var type = typeof(RigDescription).Assembly.GetType("Crm.Contracts." + name);
            Assert.True(type is not null, $"there is no contract {name}");
            var expected = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..], Script);
            Assert.Equal(expected.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{name}.{e.Key}: {e.Value}"), members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{name}.{m.Key}: {m.Value}"));
        }
    }

    private static Dictionary<string, string> Members(string body) => body.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(m => m.Split(':', 2, StringSplitOptions.TrimEntries)).ToDictionary(m => m[0], m => m[1].StartsWith('\'') ? "string" : m[1]);

    private static string Script(PropertyInfo property) =>
        Script(property.PropertyType) + (property.PropertyType == typeof(Quantity) && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable ? " | null" : "");

    private static string Script(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Script(inner) + " | null";
        if (type == typeof(string) || type == typeof(DateTimeOffset)) return "string";
        if (type == typeof(bool)) return "boolean";
        if (type == typeof(double) || type == typeof(int) || type == typeof(long)) return "number";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            string item = Script(type.GenericTypeArguments[0]);
            return item.Contains('|', StringComparison.Ordinal) ? $"({item})[]" : item + "[]";
        }

        return type.IsGenericType ? $"Record<string, {Script(type.GenericTypeArguments[1])}>" : type.Name;
    }
}
