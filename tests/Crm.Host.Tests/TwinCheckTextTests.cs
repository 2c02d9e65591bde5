using System.Text;
using System.Text.Json;
using Crm.Host.CommandLine;
using Crm.Twin.Checks;
using Xunit;

namespace Crm.Host.Tests;

/// <summary>What <c>crm twin check</c> prints and how it ends.</summary>
public sealed class TwinCheckTextTests
{
    private const string Weir = """{"organic_flow_l_per_h":50,"weir_height_m":0.5,"weir_width_m":0.5,"heavy_phase_height_m":0.25,"discharge_coefficient":0.583}""";

    private static string File(string model, string expected) =>
        $$"""{"schema":1,"cases":[{"id":"W1","model":"{{model}}","title":"weir","inputs":{{Weir}},"expected":{{expected}},"source":"test"}]}""";

    private static string Good => File("settler-weir", """{"crest_m":{"value":0.000614,"abs":2e-6}}""");

    private static string Bad => File("settler-weir", """{"crest_m":{"value":0.7,"rel":0.01},"light_phase_height_m":{"value":0.2506,"rel":0.01}}""");

    private static CaseResult[] Results(string text) => [.. CaseFile.Read(Encoding.UTF8.GetBytes(text)).Select(CaseCheck.Run)];

    [Fact]
    public void One_line_per_quantity_and_the_count_last()
    {
        string[] lines = TwinCheckText.Text([.. Results(Bad)]).TrimEnd().Split(Environment.NewLine);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("W1", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("fail", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("pass", lines[2], StringComparison.Ordinal);
        Assert.Equal("1 cases, 2 quantities: 1 passed, 1 failed in 1 case", lines[3]);
    }

    [Fact]
    public void A_case_without_an_answer_says_why_once()
    {
        string text = TwinCheckText.Text([.. Results(File("settler-wier", """{"a":{"text":"x"},"b":{"text":"x"}}"""))]);
        Assert.Equal(2, text.Split("unknown model").Length);
        Assert.Contains("settler-weir", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_carries_numbers_and_verdicts()
    {
        using var json = JsonDocument.Parse(TwinCheckText.Json("cases.json", [.. Results(Bad)]));
        var first = json.RootElement.GetProperty("results")[0];
        Assert.Equal("W1", first.GetProperty("id").GetString());
        Assert.Equal("fail", first.GetProperty("verdict").GetString());
        Assert.InRange(first.GetProperty("got").GetDouble(), 0.0006, 0.0007);
        Assert.Equal(1, json.RootElement.GetProperty("failed").GetInt32());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_exit_code_tells_pass_fail_and_unusable(int code)
    {
        string path = Path.Combine(Path.GetTempPath(), $"crm-cases-{Guid.NewGuid():N}.json");
        System.IO.File.WriteAllText(path, code switch { 0 => Good, 1 => Bad, _ => "{\"schema\":1}" });
        try
        {
            Assert.Equal(code, CrmCommand.Invoke(["twin", "check", path]));
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_unusable() => Assert.Equal(ExitCodes.InvalidInput, CrmCommand.Invoke(["twin", "check", "no-such-cases.json"]));
}
