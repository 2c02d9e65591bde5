using System.Globalization;
using Crm.Control;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;

namespace Crm.Scenarios.Tests;

/// <summary>The process is killed in the middle of a dose: a person who comes back goes on by the drum scale, or books what was given (S88-22).</summary>
public sealed class ReturnToDoseTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(3), Longest = TimeSpan.FromMinutes(150);

    /// <summary>Standard uncertainty of the difference of two readings of a drum scale, kg.</summary>
    private const double Uncertainty = 0.005 * 1.414;

    /// <param name="Step">Killed this long after the start of the batch, with about half of it given.</param>
    private sealed record Dose(string Step, string Scale, TimeSpan Killed, string Next);

    [Fact]
    public void Killed_in_mid_dose_it_goes_on_by_the_scale_to_the_recipes_amount_and_never_beyond()
    {
        Dose[] doses =
        [
            new("leach/acid", "leach.acid_scale", TimeSpan.FromMinutes(100), "leach/warm"),
            new("leach/peroxide", "leach.peroxide_scale", TimeSpan.FromMinutes(200), "leach/reductive-leach"),
        ];
        var plant = new LithiumPlant(FirstHours.Seed);
        foreach (Dose dose in doses)
        {
            plant.RunTo(dose.Killed);
            Assert.True(plant.IsDoing(dose.Step), plant.Story);
            double tare = Number(plant.Events.Last(e => e.Subject == dose.Step && e.Data.ContainsKey("scale_kg")), "scale_kg");
            GoesOn(dose, tare, Attended(plant.ComeBack(Away)));
            Books(dose, tare, Attended(plant.ComeBack(Away)));
        }
    }

    private void GoesOn(Dose dose, double tare, LithiumPlant back)
    {
        Assert.Equal(ReplyKind.Refused, Decide(back, dose, StepDecision.Repeat).Kind);
        Accepted(Decide(back, dose, StepDecision.Resume));
        Accepted(back.Ask(new CommandBatch(5, "ann", PhaseCommand.Restart)));
        Assert.True(back.RunUntil(p => p.Seen.Steps.Any(s => s.State == PhaseState.Running), TimeSpan.FromMinutes(10)), back.Story);
        Assert.True(back.Reads("leach.agitator_speed") > 250, $"{dose.Step} goes on at {back.Reads("leach.agitator_speed")} rpm");
        Assert.True(back.RunUntil(p => p.IsDoing(dose.Next), Longest), back.Story);

        BatchEvent given = Assert.Single(back.Events, e => e.Kind == BatchEventKind.Dose && e.Subject == dose.Step);
        output.WriteLine(given.Text);
        double asked = Number(given, "asked_kg"), gone = tare - Reading(back, dose.Scale);
        Assert.InRange(gone - asked, -Math.Max(0.01 * asked, 3 * Uncertainty), 3 * Uncertainty);
        Assert.InRange(Number(given, "mass_kg") - gone, -3 * Uncertainty, 3 * Uncertainty);
    }

    private void Books(Dose dose, double tare, LithiumPlant back)
    {
        double gone = tare - Reading(back, dose.Scale);
        Accepted(Decide(back, dose, StepDecision.Skip));
        back.Scan(30);
        BatchEvent given = Assert.Single(back.Events, e => e.Kind == BatchEventKind.Dose && e.Subject == dose.Step);
        output.WriteLine(given.Text);
        Assert.True(gone < 0.9 * Number(given, "asked_kg"), $"{gone} kg: not in mid-dose");
        Assert.InRange(Number(given, "mass_kg") - gone, -3 * Uncertainty, 3 * Uncertainty);
        Accepted(back.Ask(new CommandBatch(5, "ann", PhaseCommand.Restart)));
        Assert.True(back.RunUntil(p => p.Seen.Steps.Any(s => s.Id == dose.Next && s.State == PhaseState.Running), TimeSpan.FromMinutes(5)), back.Story);
        Assert.Equal(0, back.Pin(dose.Scale.Replace("scale", "pump", StringComparison.Ordinal)));
    }

    /// <summary>A person is at the rig and has reset the trips of the start.</summary>
    private static LithiumPlant Attended(LithiumPlant back)
    {
        for (int minute = 0; minute < 60 && (minute == 0 || back.Seen.RigTrip.IsTripped || !back.Seen.Trips.IsEmpty); minute++)
        {
            back.Scan(600);
            back.Ask(new ResetTrip(1000 + minute, "ann"));
        }

        back.Scan(20);
        Accepted(back.Ask(new ConfirmPresence(3, "ann")));
        return back;
    }

    private static CommandReply Decide(LithiumPlant plant, Dose dose, StepDecision decision) =>
        plant.Ask(new DecideStep(10 + (long)decision, "ann", dose.Step, decision, "looked at the scale"));

    private static void Accepted(CommandReply reply) => Assert.True(reply.Kind == ReplyKind.Accepted, reply.Reason);

    /// <summary>Mean over five seconds, kg.</summary>
    private static double Reading(LithiumPlant plant, string scale)
    {
        double sum = 0;
        for (int i = 0; i < 50; i++)
        {
            plant.Scan();
            sum += plant.Reads(scale);
        }

        return sum / 50;
    }

    private static double Number(BatchEvent happened, string key) => double.Parse(happened.Data[key], CultureInfo.InvariantCulture);
}
