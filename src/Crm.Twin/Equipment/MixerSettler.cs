using Crm.Chemistry;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Twin.Faults;
using Crm.Twin.Models;

namespace Crm.Twin.Equipment;

/// <summary>
/// Train of mixer-settlers on one shaft. Stages stand in the order the organic meets them: extraction from the raffinate's end, scrub, strip. Light
/// phase leaves over a weir, heavy phase over its jackleg, so that the interface follows from both; the phase that fills the mixers when they
/// start stays continuous. Without scrub stages the scrub line brings
/// acid to the mixer at the raffinate's end, where the stripped amine takes it up; the base line
/// brings caustic there, which turns a stripped acidic extractant into its salt.
/// </summary>
internal sealed class MixerSettler : UnitModel
{
    public static readonly string[] Roles =
    [
        "mixer_speed", "aqueous_flow", "organic_flow", "scrub_flow", "strip_flow", "interface", "mixer_conductivity", "crud", "organic_level", "temperature", "vapour", "ph",
        "strip_ph", "strip_interface", "level", "base_flow",
    ];

    private const int Base = 15;                        // slot of base_flow
    private const double Full = 0.9;                    // weir height over settler height
    private const double HeavyDensity = 1.05, LightDensity = 0.82;      // kg/L, for the jackleg's balance [G]
    private const double Flooded = 0.97;                // of the weir's height: heavy phase goes over with the light
    private const double Discharge = 0.4;
    private const double CoolingTime = 3600;            // s, settlers [G]
    private const double ContactTime = 5;               // s between two equilibria
    private const double CrudPerSilica = 3;             // mm per g of SiO2 fed [G]
    private const double Inverted = 20;                 // times the entrainment when the wrong phase is continuous [G]

    private readonly int mixer, divert, ventilation, extraction, scrubEnd;
    private readonly double area, height, mixerVolume, fullSpeed, filmRate, entrainment, flash;
    private readonly SettlerWeir light, heavy;
    private readonly string? organicTo, raffinateTo, raffinateBack, stripTo, stripBack;
    private ExtractionStage[] stages;
    private Mixture bund = new();
    private double[] litres = new double[5];
    private double rpm, pending, crud, thirdPhase, leak, blocked;
    private bool turning, aqueousContinuous;

    public MixerSettler(EquipmentDefinition definition, RigDefinition rig, double ambient)
        : base(definition, rig, Roles)
    {
        mixer = Output("mixer");
        divert = Output("divert");
        ventilation = Output("ventilation");
        extraction = (int)Option("stages", 3);
        scrubEnd = extraction + (int)Option("scrub_stages", 0);
        mixerVolume = Option("mixer_volume", 0.3);
        height = Option("settler_height", 0.2);
        area = 1e-3 * (mixerVolume + Option("settler_volume", 1)) / height;
        fullSpeed = Option("mixer_speed", 400);
        filmRate = Option("film_rate", 8) / 60;
        entrainment = 1e-6 * Option("entrainment", 60);
        flash = Option("flash_point", 70);
        light = new SettlerWeir(Full * height, Option("weir_width", 0.1), Discharge);
        heavy = light with { Height = 0.5 * Full * height * (1 + LightDensity / HeavyDensity) };
        organicTo = Named("organic");
        raffinateTo = Named("raffinate");
        raffinateBack = Named("raffinate_recycle");
        stripTo = Named("strip_product");
        stripBack = Named("strip_recycle");
        double half = 500 * area * Full * height;
        double[] distribution = [Option("distribution", 8.8), Option("germanium_distribution", 17.9), Option("iron_distribution", 0.05)];
        stages = [.. Enumerable.Range(0, scrubEnd + (int)Option("strip_stages", 2)).Select(_ => Stage(definition, distribution, half, ambient))];
        Values[9] = ambient;
        Show(0);
    }

    private static ExtractionStage Stage(EquipmentDefinition definition, double[] distribution, double half, double ambient) =>
        definition.Names.GetValueOrDefault("extractant") is { } name && CationExchanger.Find(name) is { } exchanger
            ? new ExtractionStage(exchanger, half, Tank.Fresh(definition, exchanger, half), ambient)
            : new ExtractionStage(distribution, half, half, ambient);

    public override double Admits(string port) => double.MaxValue;

    public override void Accept(Works works, Mixture parcel, string port, double dt)
    {
        (int meter, int stage) = port switch
        {
            "organic_pump" => (1, 0),
            "scrub_pump" => (2, scrubEnd > extraction ? scrubEnd - 1 : 0),
            "strip_pump" => (3, stages.Length - 1),
            "base_pump" => (4, 0),
            _ => (0, extraction - 1),
        };
        litres[meter] += parcel.Volume;
        if (meter == 0) crud += CrudPerSilica * 1000 * parcel.Aq[Aqueous.SiO2] * Aqueous.Mass[Aqueous.SiO2] / (1 + 1000 * area);
        Moved += parcel.Volume;
        parcel.MoveTo(stages[stage].Content, 1, 1);
    }

    /// <summary>Nothing is charged or taken by hand but what stands in the first stage.</summary>
    public override void Charge(Mixture material) => material.MoveTo(stages[0].Content, 1, 1);

    public override Mixture Standing()
    {
        Mixture all = new();
        foreach (ExtractionStage stage in stages) stage.Content.Copy().MoveTo(all, 1, 1);
        return all;
    }

    /// <summary>The aqueous phase of all settlers; the organic stays in the train.</summary>
    public override void Drain(Mixture into)
    {
        foreach (ExtractionStage stage in stages) stage.Content.MoveTo(into, 1, 1, 0);
    }

    public override void Step(Works works, double dt)
    {
        rpm += (works.Pin(mixer) - rpm) * (1 - Math.Exp(-dt / 2.0));
        Turn();
        pending += dt;
        if (pending >= ContactTime - 1e-9)
        {
            double mixing = Math.Clamp(rpm / fullSpeed, 0, 1) * (1 - 0.7 * thirdPhase);
            if (turning && mixing > 0.05)
            {
                double part = 1 - Math.Exp(-filmRate * mixing * mixing * pending);
                foreach (ExtractionStage stage in stages) works.Heat.Book(HeatFlow.Extraction, stage.Contact(part));
            }
            pending = 0;
        }
        if (litres[4] > 0 && turning) works.Heat.Book(HeatFlow.Extraction, stages[0].Neutralise());
        if (Moved > 0 || leak > 0) Overflow(works, dt);
        foreach (ExtractionStage stage in stages) Exchange(works, stage.Content, dt);
        Show(dt);
        Values[8] = Inventory(works);
        Values[10] = Vapour(works.PinShare(ventilation) + 0.3 * Math.Min(1, works.VentilationFlow / 500));
        works.Use(1e-5 * rpm * rpm * rpm * stages.Length / 5);
        Array.Clear(litres);
        Moved = 0;
    }

    /// <summary>What surrounds the impellers when they start becomes continuous; it stays so until they stop.</summary>
    private void Turn()
    {
        bool now = rpm > 0.3 * fullSpeed;
        if (now && !turning) aqueousContinuous = stages[extraction - 1].Content.LiquorVolume > 1.3 * stages[extraction - 1].Content.OrganicVolume;
        turning = now;
    }

    private double Level(Mixture m) => 1e-3 * (m.LiquorVolume + m.OrganicVolume) / area;

    private double Interface(Mixture m) => 1e-3 * m.LiquorVolume / area;

    private void Overflow(Works works, double dt)
    {
        double carried = turning ? entrainment * (aqueousContinuous ? Inverted : 1) * (1 + 10 * thirdPhase + crud / 50) : 0.2 * entrainment;
        for (int k = 0; k < stages.Length; k++)
        {
            Mixture m = stages[k].Content;
            double excess = Math.Max(0, Level(m) - light.Height), top = 1e3 * Math.Min(light.Flow(excess) * dt, 0.5 * excess * area);
            Mixture organic = Interface(m) > Flooded * light.Height ? Both(m, top) : Part(m, top, light: true, carried);
            if (k + 1 < stages.Length) organic.MoveTo(stages[k + 1].Content, 1, 1);
            else Send(works, organicTo, organic, "organic_pump", dt, stages[^1]);
        }
        for (int k = stages.Length - 1; k >= 0; k--)
        {
            Mixture m = stages[k].Content;
            double face = Interface(m), head = face + LightDensity / HeavyDensity * (Level(m) - face) - heavy.Height;
            double bottom = 1e3 * Math.Min(heavy.Flow(head) * dt, 0.5 * Math.Max(0, head) * area) * (1 - blocked);
            Mixture aqueous = Part(m, bottom, light: false, carried);
            bool product = works.Pin(divert) > 0.5;
            if (k == 0) Send(works, product ? raffinateTo : raffinateBack, aqueous, "raffinate", dt, stages[0]);
            else if (k == scrubEnd) Send(works, product ? stripTo : stripBack, aqueous, "strip", dt, stages[k]);
            else aqueous.MoveTo(stages[k - 1].Content, 1, 1);
        }
        if (leak > 0) Part(stages[extraction - 1].Content, leak * dt / 3600, light: true, 0).MoveTo(bund, 1, 1);
    }

    private static void Send(Works works, string? to, Mixture parcel, string port, double dt, ExtractionStage last)
    {
        if (to is null) parcel.MoveTo(last.Content, 1, 1);
        else if (parcel.Mass > 0) works.Send(to, parcel, port, dt);
    }

    /// <summary>Litres of one phase with a little of the other.</summary>
    private static Mixture Part(Mixture m, double wanted, bool light, double carried)
    {
        Mixture part = new() { Temperature = m.Temperature };
        double liquor = m.LiquorVolume, organic = m.OrganicVolume, own = light ? organic : liquor, other = light ? liquor : organic;
        if (wanted <= 1e-12 || own <= 1e-9) return part;
        double share = Math.Min(0.9, wanted / own), mist = other <= 1e-9 ? 0 : Math.Min(0.5, carried * wanted / other);
        m.MoveTo(part, light ? mist : share, light ? 0 : share, light ? share : mist);
        return part;
    }

    /// <summary>Litres as they come, once the heavy phase has reached the weir.</summary>
    private static Mixture Both(Mixture m, double wanted)
    {
        Mixture part = new() { Temperature = m.Temperature };
        double share = Math.Min(0.9, wanted / Math.Max(m.LiquorVolume + m.OrganicVolume, 1e-9));
        m.MoveTo(part, share, 0, share);
        return part;
    }

    private double Inventory(Works works)
    {
        double sum = organicTo is null ? 0 : works.Of(organicTo).Holdup.OrganicVolume;
        foreach (ExtractionStage stage in stages) sum += stage.Content.OrganicVolume;
        return sum * (1 - thirdPhase * 0.2);
    }

    /// <summary>% of the lower explosive limit over the settlers: saturation halves every 12 K below the flash point, diluted by the extraction [G].</summary>
    private double Vapour(double air) => 100 * Math.Pow(2, (stages[0].Content.Temperature - flash) / 12) / (1 + 8 * air);

    /// <summary>Work of the impeller in, heat to the hall.</summary>
    private void Exchange(Works works, Mixture m, double dt)
    {
        double capacity = m.HeatCapacity, shaft = Impeller.Watts(rpm, mixerVolume, m.Mass) * dt;
        if (capacity <= 1e-9) return;
        m.Temperature += shaft / capacity;
        works.Heat.Book(HeatFlow.Work, shaft);
        Drift(works, m, 0, 1.0 / stages.Length, CoolingTime, dt);
    }

    private void Show(double dt)
    {
        Mixture feed = stages[extraction - 1].Content, strip = stages[^1].Content;
        Values[0] = rpm;
        for (int i = 0; i < litres.Length && dt > 0; i++) Values[i < 4 ? 1 + i : Base] = litres[i] / dt * 3600;
        Values[5] = 100 * Interface(feed) / height;
        Values[6] = turning && !aqueousContinuous ? 0.005 : feed.LiquorVolume > 0.05 ? 0.6 * Solution.Conductivity(feed, stages[extraction - 1].Ph) : 0;
        Values[7] = crud + 80 * thirdPhase;
        Values[9] = feed.Temperature;
        Values[11] = stages[0].Ph;
        Values[12] = stages[scrubEnd < stages.Length ? scrubEnd : ^1].Ph;
        Values[13] = 100 * Interface(strip) / height;
        Values[14] = 100 * Level(feed) / height;
    }

    public override void Suffer(FaultKind kind, double size)
    {
        if (kind == FaultKind.UnitCrud) crud = size;
        if (kind == FaultKind.UnitThirdPhase) thirdPhase = size;
        if (kind == FaultKind.UnitOrganicLeak) leak = size;
        if (kind == FaultKind.UnitJackleg) blocked = size;
        if (kind == FaultKind.UnitInversion) aqueousContinuous = !aqueousContinuous;
    }

    /// <summary>mol of vanadium in the aqueous of a stage, for tests.</summary>
    internal ExtractionStage Stage(int index) => stages[index];

    public override void AddHidden(double[] kg)
    {
        foreach (ExtractionStage stage in stages) stage.Content.AddElements(kg);
        bund.AddElements(kg);
    }

    public override double HeatHeld => Sensible + stages.Sum(s => s.Content.Enthalpy) + bund.Enthalpy;

    public override double HiddenCharge => stages.Sum(s => s.Content.ChargeMol) + bund.ChargeMol;

    protected override void CopyState()
    {
        stages = [.. stages.Select(s => s.Copy())];
        bund = bund.Copy();
        litres = (double[])litres.Clone();
    }
}
