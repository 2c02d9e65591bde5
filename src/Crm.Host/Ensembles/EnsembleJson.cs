using System.Text.Json;
using Crm.Host.Reports;
using Crm.Plant.Twins;

namespace Crm.Host.Ensembles;

/// <summary><c>ensemble.json</c>: parameters, members, intervals and drivers. The same seed gives the same bytes on the same build.</summary>
internal static class EnsembleJson
{
    public const int Schema = 1;

    public static byte[] Write(Ensemble ensemble) => JsonFile.Write(Schema, json =>
    {
        json.WriteString("recipe", ensemble.Recipe);
        json.WriteString("recipe_hash", ensemble.RecipeHash);
        json.WriteString("rig", ensemble.Rig);
        json.WriteString("twin_hash", ensemble.TwinHash);
        if (!ensemble.TwinChanges.IsEmpty) json.Array("twin_changes", ensemble.TwinChanges, json.Change);
        json.WriteString("command", ensemble.Command);
        json.WriteNumber("seed", ensemble.Seed);
        json.WriteNumber("members_asked", ensemble.Asked);
        json.WriteNumber("members", ensemble.Members.Length);
        json.WriteNumber("finished", ensemble.Finished.Count());
        json.WriteNumber("good", ensemble.Members.Count(m => m.Good));
        json.Array("parameters", ensemble.Parameters, parameter => Write(json, parameter));
        json.Array("figures", ensemble.Figures, figure => Write(json, figure));
        json.Array("batches", ensemble.Members, member => Write(json, ensemble, member));
    });

    private static void Write(Utf8JsonWriter json, UncertainParameter parameter) => json.Object(null, () =>
    {
        json.WriteString("name", parameter.Name);
        json.Array("of", parameter.Of, json.WriteStringValue);
        json.WriteNumber(parameter.Kind == SpreadKind.Factor ? "factor" : "sd", parameter.Size);
        json.WriteString("source", parameter.Source);
    });

    private static void Write(Utf8JsonWriter json, EnsembleFigure figure) => json.Object(null, () =>
    {
        json.WriteString("figure", figure.Definition.Key);
        json.WriteString("unit", figure.Definition.Unit);
        json.Figure("p05", figure.Interval.Low);
        json.Figure("p50", figure.Interval.Median);
        json.Figure("p95", figure.Interval.High);
        if (figure.Definition.Least is { } least) json.Figure("at_least", least);
        if (figure.Definition.Most is { } most) json.Figure("at_most", most);
        json.WriteNumber("members", figure.Members);
        json.WriteNumber("missed_by", figure.Missed);
        json.Object("drivers", () =>
        {
            foreach (Driver driver in figure.Drivers) json.Figure(driver.Parameter, driver.Strength);
        });
    });

    /// <remarks>Multipliers in full: they are what repeats the member.</remarks>
    private static void Write(Utf8JsonWriter json, Ensemble ensemble, EnsembleMember member) => json.Object(null, () =>
    {
        json.WriteNumber("member", member.Number);
        json.WriteNumber("seed", member.Seed);
        json.WriteString("outcome", member.Outcome.ToString());
        if (member.Reason.Length > 0) json.WriteString("reason", member.Reason);
        json.WriteBoolean("good", member.Good);
        json.Object("multipliers", () =>
        {
            foreach (var (parameter, multiplier) in ensemble.Parameters.Zip(member.Multipliers)) json.WriteNumber(parameter.Name, multiplier);
        });
        json.Object("figures", () =>
        {
            foreach (EnsembleFigure figure in ensemble.Figures) json.Figure(figure.Definition.Key, figure.Definition.Value(member));
        });
    });
}
