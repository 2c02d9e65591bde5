using Crm.Plant.Alarms;
using Xunit;

namespace Crm.Plant.Tests.Alarms;

/// <summary>Every cell of the alarm table against ISA-18.2 written down a second time, by state and in words (ALM-02).</summary>
public sealed class AlarmTableTests
{
    private const string Suppressions = "Shelve>Shelved Suppress>Suppressed TakeOutOfService>OutOfService";

    /// <summary>State, the events that lead on, the events that change nothing. All others are refused; * is what rules and process dictate.</summary>
    private static readonly (AlarmState State, string Moves, string Stays)[] rows =
    [
        (AlarmState.Normal, "Raise>UnacknowledgedActive " + Suppressions, "Return ReturnLatching ReAlarm Release"),
        (AlarmState.UnacknowledgedActive, "Return>ReturnedUnacknowledged ReturnLatching>LatchedUnacknowledged Acknowledge>AcknowledgedActive " + Suppressions, "Raise ReAlarm Release"),
        (AlarmState.AcknowledgedActive, "Return>Normal ReturnLatching>LatchedAcknowledged ReAlarm>UnacknowledgedActive " + Suppressions, "Raise Release"),
        (AlarmState.ReturnedUnacknowledged, "Raise>UnacknowledgedActive Acknowledge>Normal " + Suppressions, "Return ReturnLatching ReAlarm Release"),
        (AlarmState.LatchedUnacknowledged, "Raise>UnacknowledgedActive Acknowledge>LatchedAcknowledged Reset>ReturnedUnacknowledged " + Suppressions, "Return ReturnLatching ReAlarm Release"),
        (AlarmState.LatchedAcknowledged, "Raise>UnacknowledgedActive Reset>Normal " + Suppressions, "Return ReturnLatching ReAlarm Release"),
        (AlarmState.Shelved, "Shelve>Shelved Unshelve>* TakeOutOfService>OutOfService", "Raise Return ReturnLatching ReAlarm Suppress Release"),
        (AlarmState.Suppressed, "Shelve>Shelved Release>* TakeOutOfService>OutOfService", "Raise Return ReturnLatching ReAlarm Suppress"),
        (AlarmState.OutOfService, "ReturnToService>*", "Raise Return ReturnLatching ReAlarm Suppress Release"),
    ];

    public static TheoryData<AlarmState, AlarmEvent, string> Cells()
    {
        var cells = new TheoryData<AlarmState, AlarmEvent, string>();
        foreach (var (state, moves, stays) in rows)
        {
            var to = moves.Split(' ').Select(m => m.Split('>')).ToDictionary(m => m[0], m => m[1], StringComparer.Ordinal);
            string[] same = stays.Split(' ');
            foreach (AlarmEvent e in Enum.GetValues<AlarmEvent>())
                cells.Add(state, e, to.TryGetValue(e.ToString(), out string? target) ? target : same.Contains(e.ToString()) ? "stay" : "refuse");
        }

        return cells;
    }

    [Fact]
    public void The_table_covers_every_state_and_event()
    {
        Assert.Equal(AlarmTable.States, Enum.GetValues<AlarmState>().Length);
        Assert.Equal(AlarmTable.Events, Enum.GetValues<AlarmEvent>().Length);
        Assert.Equal(AlarmTable.States * AlarmTable.Events, Cells().Count);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_cell_is_as_written_ALM02(AlarmState state, AlarmEvent happened, string expected)
    {
        AlarmCell cell = AlarmTable.Cell(state, happened);
        string got = cell.Move switch
        {
            AlarmMove.Go => cell.To.ToString(),
            AlarmMove.Resume => "*",
            AlarmMove.Stay => "stay",
            _ => "refuse",
        };
        Assert.Equal(expected, got);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Only_what_a_person_asks_is_refused_and_the_mask_says_so(AlarmState state, AlarmEvent happened, string expected)
    {
        bool byPerson = happened is AlarmEvent.Acknowledge or AlarmEvent.Reset or AlarmEvent.Shelve or AlarmEvent.Unshelve or AlarmEvent.TakeOutOfService or AlarmEvent.ReturnToService;
        if (!byPerson) Assert.NotEqual("refuse", expected);
        bool enabled = (AlarmTable.EnabledCommands(state) & (1 << (int)happened)) != 0;
        Assert.Equal(byPerson && expected != "refuse", enabled);
        if (byPerson && !enabled) Assert.NotEmpty(AlarmTable.Refusal(state, happened));
    }
}
