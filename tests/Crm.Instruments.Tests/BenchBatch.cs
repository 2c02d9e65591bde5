using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Crm.Control;
using Crm.Host.Runs;
using Crm.Instruments.Buses;
using Crm.Plant.Balances;
using Crm.Plant.Lots;
using Crm.Plant.Permissions;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Procedures;

namespace Crm.Instruments.Tests;

/// <summary>
/// The bench recipe through the whole controller over bytes, scan for scan with the fake's own clock: what a technician's hands do, the test does at the fake.
/// </summary>
internal sealed class BenchBatch : IDisposable
{
    private const string By = "ann";

    private OtherProcess bench;
    private readonly ImmutableArray<ModbusBus> buses;
    private readonly Dictionary<string, Assay> samples = new(StringComparer.Ordinal);
    private long command;
    private bool gone;

    /// <param name="isSerial">The field bus as a serial line, as the rig file has it; else TCP, which needs no silence between requests.</param>
    /// <param name="isCool">At 25 degC instead of 40: saves the way there.</param>
    public BenchBatch(bool isSerial = false, bool isCool = false)
    {
        bench = OtherProcess.Fakes(["bench", "--clock", "manual", .. isSerial ? [] : (string[])["--field", "tcp"]]);
        string text = BenchKit.Text.Replace("deadline: 300 ms", "deadline: 1 s", StringComparison.Ordinal);
        if (!isSerial)
            text = text.Replace("driver: modbus-rtu\n    device: /dev/serial/by-id/usb-bench-field\n    speed: 19200\n    parity: even\n", "driver: modbus-tcp\n    host: 127.0.0.1\n", StringComparison.Ordinal);
        Rig = BenchKit.Whole(text);
        string[] places = bench.Place.Split(' ');
        buses = [BenchKit.Bus(Rig, "field", places[0], () => Now), BenchKit.Bus(Rig, "analysis", places[1], () => Now)];
        var (recipe, problems) = RigFiles.Recipe(Path.Combine(Repository.Root, "recipes", "bench", "neutralise-soda-liquor.yaml"), Rig);
        Assert.Empty(problems);
        Recipe = isCool ? FormulaSetting.Apply(recipe!, "temperature", "25 degC").Value! : recipe!;
        Plant = new PlantController(Rig, Recipe, [.. buses], UnitOperationCatalogue.All, new Silent()) { OnEvent = Events.Add };
    }

    public RigDefinition Rig { get; }

    public ControlRecipe Recipe { get; }

    public PlantController Plant { get; }

    public List<BatchEvent> Events { get; } = [];

    public TimeSpan Now { get; private set; }

    public OtherProcess Fake => bench;

    public PlantFrame Frame => Plant.Frame!;

    public BatchResult Result => BatchBalance.Compute([.. Events], Recipe.Product, Rig.Reagents, Now);

    public string Story => string.Join("\n", Events.Where(e => e.Subject != "plant").Select(e => $"{e.At:hh\\:mm\\:ss} {e.Kind} {e.Subject}: {e.Text}"));

    /// <summary>A scan period in the fake, then a scan.</summary>
    public void Scan()
    {
        if (!gone) bench.Ask(string.Create(CultureInfo.InvariantCulture, $"advance {Rig.ScanPeriod.TotalMilliseconds}"));
        Now += Rig.ScanPeriod;
        Plant.Scan(Now);
    }

    public void Scan(TimeSpan time)
    {
        for (TimeSpan end = Now + time; Now < end;) Scan();
    }

    /// <summary>Works as a technician does until it is so.</summary>
    public void Until(Func<bool> isSo, TimeSpan most)
    {
        for (TimeSpan end = Now + most; !isSo();)
        {
            Assert.True(Now < end, $"not so after {most} of plant time\n{Story}");
            Scan();
            if (Frame.Scan % 10 == 0) Work();
        }
    }

    /// <summary>Reset and started; at the step.</summary>
    public BenchBatch At(string step)
    {
        Until(() => Plant.Snapshot().Steps.Any(s => s.Id == step && s.State == PhaseState.Running), TimeSpan.FromHours(2));
        return this;
    }

    public CommandReply Command(PhaseCommand order) => Plant.Command(new CommandBatch(++command, By, order));

    public CommandReply Reset() => Plant.Command(new ResetTrip(++command, By));

    public Reading Read(string tag) => Frame.Image[Rig.Tag(tag)];

    /// <summary>The process with the instruments is killed; nothing is left that could answer.</summary>
    public void KillInstruments()
    {
        gone = true;
        bench.Dispose();
    }

    /// <summary>New instruments at the same places, as after a power cut: they remember nothing.</summary>
    public void PowerUp()
    {
        string Port(int bus) => bench.Place.Split(' ')[bus].Split(':')[1];
        bench = OtherProcess.Fakes("bench", "--clock", "manual", "--field", "tcp", "--field-port", Port(0), "--port", Port(1));
        gone = false;
    }

    public void Dispose()
    {
        foreach (ModbusBus bus in buses) bus.Dispose();
        bench.Dispose();
    }

    public void Work()
    {
        PlantSnapshot seen = Plant.Snapshot();
        if (seen.Batch == PhaseState.Idle)
        {
            if (seen.RigTrip.IsTripped || seen.Trips.Length > 0) Plant.Command(new ResetTrip(++command, By));
            else if (Rig.HardWired.FirstOrDefault(h => !Plant.HardWired[h.Ordinal].IsTicked) is { } unseen)
                Plant.Command(new TickHardWired(++command, By, unseen.Name, new DateOnly(2026, 6, 1), "seen to work") { Roles = PersonRole.Technician });
            else Command(PhaseCommand.Start);
        }

        foreach (PromptView prompt in seen.Prompts) Plant.Command(new AnswerPrompt(++command, Answer(prompt)));
        foreach (PendingSample sample in seen.Samples) Carry(sample);
    }

    private PromptAnswer Answer(PromptView view) => view.Prompt.Kind switch
    {
        PromptKind.WeighIn => Liquor(view, string.Create(CultureInfo.InvariantCulture, $"charge {view.Asked}"), view.Asked),
        PromptKind.Discharge => Liquor(view, "take 99", null),
        _ => new PromptAnswer(view.Prompt.Id, By, Note: "done"),
    };

    private PromptAnswer Liquor(PromptView view, string hands, double? mass)
    {
        (double kg, Assay assay) = Look(hands);
        return new PromptAnswer(view.Prompt.Id, By, new Measured(mass ?? kg, 0.001), null, assay);
    }

    private void Carry(PendingSample sample)
    {
        if (!samples.TryGetValue(sample.Sample.Name, out Assay? assay)) samples[sample.Sample.Name] = assay = Look($"take {sample.Sample.Amount.ToString(CultureInfo.InvariantCulture)}").Assay;
        if (Now >= sample.DueAt) Plant.Command(new GiveResults(++command, new LabReport(sample.Sample.Name, "laboratory", assay)));
    }

    private (double Mass, Assay Assay) Look(string word)
    {
        double[] found = [.. bench.Ask(word).Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        Measured Of(double x) => new(x, (0.01 * x) + 1e-6);
        return (found[0], new Assay(ImmutableSortedDictionary.Create<string, Measured>(StringComparer.Ordinal)
            .Add("Na", Of(found[1])).Add("SO4", Of(found[2])).Add("Fe", Of(0)).Add("H2O", Of(0.98))));
    }

    private sealed class Silent : IJournal
    {
        public void Append(BatchEvent happened)
        {
        }

        public void Commit()
        {
        }
    }
}
