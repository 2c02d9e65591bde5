using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Crm.Hmi.Tests;

/// <summary>axe-core on a page as it stands: what it calls serious or critical fails (HMI-21, WCAG 2.2 A and AA).</summary>
internal static class Accessibility
{
    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(Path.Combine(Tree.Root, "src", "Crm.Hmi", "web", "node_modules", "axe-core", "axe.min.js")));

    private const string Run = """
        async () => {
          const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] });
          return JSON.stringify(found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
            .map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 5).map((n) => `${n.target.join(' ')} (${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? ''})`).join('; ')}`));
        }
        """;

    public static async Task Judge(IPage page, string name)
    {
        // By the debugger, not by a tag: the page's own policy lets no foreign script in.
        await page.EvaluateAsync(Axe.Value + ";0");
        string[] serious = JsonSerializer.Deserialize<string[]>(await page.EvaluateAsync<string>(Run))!;
        Assert.True(serious.Length == 0, $"{name}:\n{string.Join('\n', serious)}");
    }
}
