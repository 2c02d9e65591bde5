using System.Net.Http.Json;
using System.Text.Json;
using Crm.Contracts;
using Crm.Host.Access;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>The twin predicts a batch as it runs: its frozen text, its own values, apart from what is measured.</summary>
public sealed class PredictionApiTests(BenchKitRig served) : IClassFixture<BenchKitRig>
{
    private const string Rig = "/api/v1/rigs/bench-kit";

    [Fact]
    public async Task A_batch_is_predicted_with_its_own_values_and_the_prediction_stays_with_it()
    {
        using var engineer = served.As(Roles.Engineer);
        using var technician = served.As(Roles.Technician);
        var (status, put) = await ServedRig.Send(engineer, Rig + "/batches", new { id = "b2", recipe = "neutralise-soda-liquor.yaml", formula = new Dictionary<string, string> { ["hold_time"] = "7 min" } });
        Assert.True(status == 200, put.ToString());
        string key = await Key(technician, "B2");
        string path = $"{Rig}/record/batches/{key}/prediction";
        var before = await Figures(technician, key);
        Assert.Equal(("none", ""), (before.Prediction.State, before.Prediction.At));
        Assert.All(before.Limits, l => Assert.Null(l.Predicted.Value));
        var nothing = (await technician.GetFromJsonAsync<ExpectedCourse>($"{Rig}/record/batches/{key}/expected", TestContext.Current.CancellationToken))!;
        Assert.Equal(("", 0), (nothing.Source, nothing.Steps.Count));
        Assert.Equal(404, (int)(await technician.GetAsync(path + "/report", TestContext.Current.CancellationToken)).StatusCode);

        (status, _) = await ServedRig.Send(technician, path, new { id = "p0" });
        Assert.Equal(403, status);
        (status, var why) = await ServedRig.Send(engineer, path, new { id = "p0", ask = true });
        Assert.Equal((200, 0), (status, why.GetProperty("reasons").GetArrayLength()));
        (status, _) = await ServedRig.Send(engineer, path, new { id = "" });
        Assert.Equal(400, status);
        (status, why) = await ServedRig.Send(engineer, path, new { id = "p1" });
        Assert.True(status == 200, why.ToString());
        (status, why) = await ServedRig.Send(engineer, path, new { id = "p2" });
        Assert.Equal(409, status);
        Assert.Contains("one at a time", why.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("running", (await Figures(technician, key)).Prediction.State);

        var figures = await Ended(technician, key);
        Prediction made = figures.Prediction;
        Assert.True(made.State == "done", made.Text);
        Assert.Equal(("empty", true, true), (made.From, made.Present, made.InSpecification));
        Assert.Contains("engineer", made.By, StringComparison.Ordinal);
        Assert.Contains(made.Values, v => v.StartsWith("hold_time", StringComparison.Ordinal) && v.Contains('7', StringComparison.Ordinal));
        Assert.StartsWith("Complete after", made.Outcome, StringComparison.Ordinal);
        Assert.Contains(figures.Limits, l => l is { Predicted: { Value: not null, Against: "" } } && l.Found is null);
        Assert.Null(figures.ProductMass);

        // When its steps are expected: seven minutes of holding are in it, and its end is the end of its last step.
        var expected = (await technician.GetFromJsonAsync<ExpectedCourse>($"{Rig}/record/batches/{key}/expected", TestContext.Current.CancellationToken))!;
        Assert.Equal(("prediction", made.At), (expected.Source, expected.Of));
        Assert.Equal(0, expected.Steps.Min(s => s.From));
        Assert.Equal(expected.Seconds, expected.Steps.Max(s => s.To), 1);
        Assert.InRange(expected.Seconds, 420, 7200);
        Assert.Contains(expected.Steps, s => s.Step == "reactor/liquor-in" && s.To > s.From);
        using var report = await technician.GetAsync(path + "/report", TestContext.Current.CancellationToken);
        Assert.Contains("sandbox", string.Join(' ', report.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("7 min", await report.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_batch_has_no_prediction()
    {
        using var engineer = served.As(Roles.Engineer);
        using var nobody = served.As();
        Assert.Equal(404, (await ServedRig.Send(engineer, Rig + "/record/batches/99-B1/prediction", new { id = "n" })).Status);
        Assert.Equal(404, (int)(await engineer.GetAsync(Rig + "/record/batches/99-B1/expected", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(404, (int)(await engineer.GetAsync(Rig + "/record/batches/99-B1/prediction/report", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(401, (await ServedRig.Send(nobody, Rig + "/record/batches/99-B1/prediction", new { id = "n" })).Status);
    }

    private static async Task<string> Key(HttpClient person, string batch) =>
        (await person.GetFromJsonAsync<RecordedBatchSeen[]>(Rig + "/record/batches", TestContext.Current.CancellationToken))!.First(b => b.Batch == batch).Key;

    private static async Task<BatchFigures> Figures(HttpClient person, string key) =>
        (await person.GetFromJsonAsync<BatchFigures>($"{Rig}/record/batches/{key}/figures", TestContext.Current.CancellationToken))!;

    private static async Task<BatchFigures> Ended(HttpClient person, string key)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            var figures = await person.GetFromJsonAsync<BatchFigures>($"{Rig}/record/batches/{key}/figures", limit.Token);
            if (figures!.Prediction.State != "running") return figures;
            await Task.Yield();
        }
    }
}
