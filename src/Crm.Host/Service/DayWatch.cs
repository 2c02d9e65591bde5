using System.Globalization;

namespace Crm.Host.Service;

/// <summary>Tells rigs on their buses what day it is whenever the machine's date is another, also when its clock was wrong at the start and is set later.</summary>
internal sealed class DayWatch(TimeProvider clock, DateOnly told)
{
    private DateOnly told = told;
    private int times;

    public static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    public void Look(IEnumerable<RigService> rigs)
    {
        var today = Today(clock);
        if (today == told) return;
        times++;
        foreach (var rig in rigs.Where(r => !r.Description.Twin))
        {
            try
            {
                _ = rig.Command("the machine's clock", string.Create(CultureInfo.InvariantCulture, $"day {times}"), id => new Control.SetDay(id, "the machine's clock", today));
            }
            catch (ControllerBusyException)
            {
                // The next look tells it.
                return;
            }
        }

        told = today;
    }
}
