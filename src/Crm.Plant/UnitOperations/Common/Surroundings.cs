using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>Temperature and suspension while something else is done: the parameters <c>temperature</c> and <c>agitator</c> of many operations.</summary>
internal static class Surroundings
{
    public const string TemperatureLoop = "temperature_loop";

    /// <summary>An agitator has this long to come up before it is judged.</summary>
    private static readonly TimeSpan RunUp = TimeSpan.FromSeconds(60);

    /// <summary>Below this share of the asked speed the agitator is taken not to turn.</summary>
    private const double TurningShare = 0.3;

    public static ParameterDefinition Temperature(double? @default = null, bool optional = true) => ParameterDefinition.Number(
        "temperature", "Temperature", "degC", -5, 150, @default, "Temperature that the unit's loop holds meanwhile; absent leaves the loop as it was.", optional);

    public static readonly ParameterDefinition Agitator = ParameterDefinition.Number(
        "agitator", "Agitator speed", "rpm", 0, 1000, null, "Speed that keeps the solids up; absent leaves the agitator as it was.", optional: true);

    public static readonly RoleDefinition AgitatorOutput = new("agitator", RoleKind.Output, "rpm", false, "Keeps the solids suspended.");
    public static readonly RoleDefinition AgitatorSpeed = new("agitator_speed", RoleKind.Tag, "rpm", false, "Proof that the agitator turns.");

    /// <summary>What every operation that may ask for a speed expects of the agitator.</summary>
    public static readonly ExpectedEffect Turns = new("agitator on", "speed comes", RunUp, "agitator does not turn");

    public static RoleDefinition Loop(bool required) =>
        new(TemperatureLoop, RoleKind.Loop, "degC", required, "Holds the temperature by heater and cooling.");

    public static RoleDefinition TemperatureTag(bool required) =>
        new("temperature", RoleKind.Tag, "degC", required, "Temperature of the liquor.");

    /// <summary>Demands temperature and agitation as asked. Answers the fault when the agitator should turn and does not.</summary>
    public static string? Maintain(this PhaseContext context)
    {
        if (context.Has("temperature")) context.Control(TemperatureLoop, context.Number("temperature"));
        return context.Agitate("agitator");
    }

    /// <summary>The parameter by which an operation names the speed of the agitator.</summary>
    public static string SpeedParameter(UnitOperationDescription operation) =>
        operation.Parameters.Any(p => p is { Name: "speed", Unit: "rpm" }) ? "speed" : "agitator";

    public static string? Agitate(this PhaseContext context, string parameter)
    {
        if (!context.Has(parameter))
        {
            context.Keep("agitator");
            return null;
        }

        double asked = context.Number(parameter);
        context.Drive("agitator", asked);
        Reading speed = context.Read("agitator_speed");
        bool judged = asked > 0 && context.Active > RunUp && context.HasTag("agitator_speed") && !speed.IsBad;
        return judged && speed.Value < TurningShare * asked
            ? $"{context.Unit.Name} agitator does not turn: {speed.Value.F("0")} rpm, {asked.F("0")} rpm asked"
            : null;
    }
}
