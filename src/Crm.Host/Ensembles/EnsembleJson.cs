using System.Text.Encodings.Web;
using System.Text.Json;
using Crm.Plant.Twins;

namespace Crm.Host.Ensembles;

/// <summary><c>ensemble.json</c>: parameters, members, intervals and drivers. The same seed gives the same bytes on the same build.</summary>
internal static class EnsembleJson
{
    public const int Schema = 1;

    public static byte[] Write(Ensemble ensemble)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            json.WriteString("recipe", ensemble.Recipe);
            json.WriteString("recipe_hash", ensemble.RecipeHash);
            json.WriteString("rig", ensemble.Rig);
            json.WriteString("twin_hash", ensemble.TwinHash);
            json.WriteNumber("seed", ensemble.Seed);
            json.WriteNumber("members_asked", ensemble.Asked);
            json.WriteNumber("members", ensemble.Members.Length);
            json.WriteNumber("finished", ensemble.Finished.Count());
            json.WriteNumber("good", ensemble.Members.Count(m => m.Good));
            json.WriteStartArray("parameters");
            foreach (UncertainParameter parameter in ensemble.Parameters) Write(json, parameter);
            json.WriteEndArray();
            json.WriteStartArray("figures");
            foreach (EnsembleFigure figure in ensemble.Figures) Write(json, figure);
            json.WriteEndArray();
            json.WriteStartArray("batches");
            foreach (EnsembleMember member in ensemble.Members) Write(json, ensemble, member);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, UncertainParameter parameter)
    {
        json.WriteStartObject();
        json.WriteString("name", parameter.Name);
        json.WriteStartArray("of");
        foreach (string address in parameter.Of) json.WriteStringValue(address);
        json.WriteEndArray();
        json.WriteNumber(parameter.Kind == SpreadKind.Factor ? "factor" : "sd", parameter.Size);
        json.WriteString("source", parameter.Source);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, EnsembleFigure figure)
    {
        json.WriteStartObject();
        json.WriteString("figure", figure.Definition.Key);
        json.WriteString("unit", figure.Definition.Unit);
        Number(json, "p05", figure.Interval.Low);
        Number(json, "p50", figure.Interval.Median);
        Number(json, "p95", figure.Interval.High);
        if (figure.Definition.Least is { } least) Number(json, "at_least", least);
        if (figure.Definition.Most is { } most) Number(json, "at_most", most);
        json.WriteNumber("members", figure.Members);
        json.WriteNumber("missed_by", figure.Missed);
        json.WriteStartObject("drivers");
        foreach (Driver driver in figure.Drivers) Number(json, driver.Parameter, driver.Strength);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Ensemble ensemble, EnsembleMember member)
    {
        json.WriteStartObject();
        json.WriteNumber("member", member.Number);
        json.WriteNumber("seed", member.Seed);
        json.WriteString("outcome", member.Outcome.ToString());
        if (member.Reason.Length > 0) json.WriteString("reason", member.Reason);
        json.WriteBoolean("good", member.Good);
        json.WriteStartObject("multipliers");
        foreach (var (parameter, multiplier) in ensemble.Parameters.Zip(member.Multipliers)) json.WriteNumber(parameter.Name, multiplier);
        json.WriteEndObject();
        json.WriteStartObject("figures");
        foreach (EnsembleFigure figure in ensemble.Figures) Number(json, figure.Definition.Key, figure.Definition.Value(member));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, double.Parse(value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture));
        else json.WriteNull(name);
    }
}
