using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Plant.Rigs;
using Crm.Twin.Equipment;

namespace Crm.Twin;

/// <summary>A reagent drum on its scale.</summary>
internal sealed record Drum(string Unit, string Reagent, int Pump, int Scale, double FullRate, Mixture Contents)
{
    /// <summary>Lots in it, in the order they were poured in; empty where the rig lists none.</summary>
    public ImmutableArray<string> Lots { get; init; } = [];

    public Drum Copy() => this with { Contents = Contents.Copy() };
}

/// <summary>A pipe with its pump: from and to are unit indices; <paramref name="Through"/> is a column on the way or -1.</summary>
/// <param name="Suction">Output that selects among the pipes of one pump by position, or -1.</param>
internal sealed record Pipe(int Pump, double FullPin, double FullRate, int From, int To, int Through, string Port, int Suction);

/// <summary>The process side of the plant: units, pipes, drums, stores and the air of the hall. Steps once a second.</summary>
internal sealed class Works
{
    private const double HoodVolume = 1.5;      // m3 of the extraction hood [G]
    private const double Lift = 1e5;            // Pa that a transfer pump gives and pipe and valve take again [G]
    private const double AmmoniaLeak = 0.005;   // share that escapes a ducted off-gas [G]

    private readonly ImmutableSortedDictionary<string, int> index;
    private readonly ImmutableArray<Pipe[]> pumps;
    private readonly double[] fullPin;
    private UnitModel[] units;
    private Drum[] drums;
    private LongLine[] longLines;
    private double[] average, beside;
    private double load;

    public Works(UnitModel[] units, ImmutableSortedDictionary<string, int> index, ImmutableArray<Pipe[]> pumps, Drum[] drums, RigDefinition rig, double ambient, Feeds feeds, LongLine[] longLines)
    {
        this.units = units;
        this.index = index;
        this.pumps = pumps;
        this.drums = drums;
        Ambient = CoolingTemperature = ambient;
        average = new double[rig.Outputs.Length];
        beside = new double[rig.Outputs.Length];
        fullPin = [.. rig.Outputs.Select(o => o.High > 0 ? o.High : 1)];
        Stores = new Stores();
        Heat = new HeatLedger();
        Feeds = feeds;
        this.longLines = longLines;
        Weighed = new double[drums.Length];
        Weigh();
    }

    private Works(Works other)
    {
        index = other.index;
        pumps = other.pumps;
        fullPin = other.fullPin;
        units = [.. other.units.Select(u => u.Copy())];
        drums = [.. other.drums.Select(d => d.Copy())];
        average = (double[])other.average.Clone();
        beside = (double[])other.beside.Clone();
        Stores = other.Stores.Copy();
        Heat = other.Heat.Copy();
        Feeds = other.Feeds.Copy();
        longLines = [.. other.longLines.Select(l => l.Copy())];
        Ambient = other.Ambient;
        CoolingShare = other.CoolingShare;
        CoolingTemperature = other.CoolingTemperature;
        ExtractionFlow = other.ExtractionFlow;
        VentilationFlow = other.VentilationFlow;
        ScrubberLost = other.ScrubberLost;
        HoodHydrogen = other.HoodHydrogen;
        HoodFluoride = other.HoodFluoride;
        HoodCarbonDioxide = other.HoodCarbonDioxide;
        HoodOxygen = other.HoodOxygen;
        HoodAmmonia = other.HoodAmmonia;
        HoodArsine = other.HoodArsine;
        HoodChloride = other.HoodChloride;
        Load = other.Load;
        Weighed = (double[])other.Weighed.Clone();
    }

    public double Ambient { get; }

    /// <summary>Share of the cooling water's full flow, 0 to 1; full where the rig has no such service.</summary>
    public double CoolingShare { get; set; } = 1;

    public double CoolingTemperature { get; set; }

    /// <summary>m3/h through the scrubber.</summary>
    public double ExtractionFlow { get; set; }

    /// <summary>m3/h of hall ventilation.</summary>
    public double VentilationFlow { get; set; }

    public bool ScrubberLost { get; set; }

    /// <summary>mol of HF the scrubber has caught.</summary>
    public double ScrubbedFluoride => Stores.ScrubbedFluoride;

    public double HoodHydrogen { get; private set; }

    public double HoodFluoride { get; private set; }

    public double HoodCarbonDioxide { get; private set; }

    public double HoodOxygen { get; private set; }

    public double HoodAmmonia { get; private set; }

    public double HoodArsine { get; private set; }

    /// <summary>Hydrogen chloride and germanium tetrachloride, which fumes to hydrogen chloride, as hydrogen chloride.</summary>
    public double HoodChloride { get; private set; }

    public Stores Stores { get; }

    public HeatLedger Heat { get; }

    /// <summary>Heat of everything that is somewhere in the works, J against the standard temperature.</summary>
    public double HeatHeld => units.Sum(u => u.HeatHeld) + drums.Sum(d => d.Contents.Enthalpy) + longLines.Sum(l => l.Parcels.Sum(p => p.Enthalpy)) + Stores.HeatHeld;

    public Feeds Feeds { get; }

    /// <summary>W, electric load of the step before, without the standing load.</summary>
    public double Load { get; private set; }

    /// <summary>Adds to the electric load of this step, W.</summary>
    public void Use(double watts) => load += watts;

    public ReadOnlySpan<UnitModel> Units => units;

    public IReadOnlyList<Drum> Drums => drums;

    /// <summary>kg in each drum as of the last step or delivery, in their order: scales are read more often than anything leaves a drum.</summary>
    public double[] Weighed { get; }

    public void Weigh()
    {
        for (int i = 0; i < drums.Length; i++) Weighed[i] = drums[i].Contents.Mass;
    }

    public IReadOnlyList<LongLine> LongLines => longLines;

    public Works Copy() => new(this);

    public bool Has(string unit) => index.ContainsKey(unit);

    public UnitModel Of(string unit) => units[index[unit]];

    public void Send(string unit, Mixture parcel, string port, double dt) => units[index[unit]].Accept(this, parcel, port, dt);

    /// <summary>Average of the real value of an output over the step; 0 for an output the rig lacks.</summary>
    public double Pin(int output) => output < 0 ? 0 : average[output];

    /// <summary>The same as a share of full scale, 0 to 1.</summary>
    public double PinShare(int output) => output < 0 ? 0 : average[output] / fullPin[output];

    /// <summary>One step with the pins' averages over it.</summary>
    public void Step(ReadOnlySpan<double> pins, double dt)
    {
        pins.CopyTo(average);
        foreach (Drum drum in drums) Dose(drum, dt);
        foreach (Pipe[] pipes in pumps) Pump(pipes, dt);
        load = 0;
        foreach (UnitModel unit in units) unit.Step(this, dt);
        Load = load;
        Weigh();
        double air = (ExtractionFlow + 0.02 * VentilationFlow + 2) / 3600;
        double decay = Math.Exp(-air * dt / HoodVolume);
        HoodHydrogen *= decay;
        HoodFluoride *= decay;
        HoodCarbonDioxide *= decay;
        HoodOxygen *= decay;
        HoodAmmonia *= decay;
        HoodArsine *= decay;
        HoodChloride *= decay;
    }

    /// <summary>Takes gases of a unit into the air of the hall; the scrubber catches acid and alkaline ones while it runs, and no arsine.</summary>
    public void Vent(string unit, double[] gas, double dt, bool covered)
    {
        bool scrubbed = ExtractionFlow > 10;
        double share = 0.024 / HoodVolume;      // m3/mol
        HoodHydrogen += gas[Gas.H2] * share;
        HoodOxygen += gas[Gas.O2] * share;
        HoodCarbonDioxide += gas[Gas.CO2] * share;
        double escapes = scrubbed && covered ? 0.02 : 1;
        HoodFluoride += gas[Gas.HF] * share * escapes;
        HoodAmmonia += gas[Gas.NH3] * share * (scrubbed && covered ? AmmoniaLeak : 1);
        HoodArsine += gas[Gas.AsH3] * share * escapes;
        HoodChloride += (gas[Gas.HCl] + 4 * gas[Gas.GeCl4]) * share * escapes;
        for (int i = 0; i < Gas.Count; i++)
        {
            if (gas[i] == 0) continue;
            if (scrubbed && Stores.Catches(i)) Stores.Scrub(i, gas[i]);
            else Stores.Release(i, gas[i]);
        }
    }

    /// <param name="share">Of what this pump gives, that goes into the bund from now on.</param>
    public void Spill(int output, double share) => beside[output] = share;

    public double TakeCarbonDioxide(double mol) => Stores.TakeCarbonDioxide(mol);

    /// <summary>Litres of fresh water, in mol.</summary>
    public double TakeWater(double litres) => Stores.TakeWater(litres);

    /// <summary>Brings lots to the drum that doses into a unit, or to the bin of a feed material.</summary>
    /// <param name="settle">Told the scale of a drum that changed.</param>
    public void Supply(string unit, string material, ImmutableArray<string> lots, Action<int> settle)
    {
        for (int i = 0; i < drums.Length; i++)
        {
            if (drums[i].Unit != unit || drums[i].Reagent != material) continue;
            Drum was = drums[i];
            drums[i] = was with { Lots = Stores.Supply(was.Contents, was.Lots, lots) };
            if (drums[i].Lots != was.Lots) settle(was.Scale);
        }

        Weigh();

        if (Stores.Materials.TryGetValue(material, out Mixture? bin)) Stores.Bins[material] = Stores.Supply(bin, Stores.Bins[material], lots);
    }

    private void Dose(Drum drum, double dt)
    {
        double share = PinShare(drum.Pump);
        if (share <= 0) return;
        double stock = drum.Contents.Mass;
        double kg = Math.Min(share * drum.FullRate * dt / 3600, stock);
        UnitModel unit = units[index[drum.Unit]];
        if (kg <= 0 || unit.Admits("dosing") <= 0) return;
        Mixture parcel = new() { Temperature = drum.Contents.Temperature };
        drum.Contents.MoveTo(parcel, kg / stock, 0);
        parcel = Along(drum.Pump, parcel);
        Stores.Spill(parcel, beside[drum.Pump]);
        if (parcel.Volume <= 0) return;
        Mix(parcel, unit, "dosing", dt);
    }

    private void Mix(Mixture parcel, UnitModel into, string port, double dt)
    {
        double heat = Reagents.MixingHeat(parcel, into.Holdup);
        into.Accept(this, parcel, port, dt);
        into.Warm(this, HeatFlow.Dilution, heat);
    }

    /// <summary>Several pipes on one pump: the suction valve chooses; without one a person has lined it up to the fullest source.</summary>
    private void Pump(Pipe[] pipes, double dt)
    {
        Pipe pipe = pipes[0];
        if (average[pipe.Pump] <= 0) return;
        if (pipe.Suction >= 0 && pipes.Length > 1) pipe = pipes[Math.Clamp((int)Math.Round(average[pipe.Suction]), 0, pipes.Length - 1)];
        else pipe = Fullest(pipes);
        UnitModel from = units[pipe.From], to = units[pipe.To];
        double rate = Math.Min(average[pipe.Pump] / pipe.FullPin * pipe.FullRate, to.Admits(pipe.Port));
        double litres = Math.Min(rate * dt / 3600, from.Reachable);
        if (litres <= 1e-9) return;
        Mixture parcel = Along(pipe.Pump, from.Draw(litres));
        Stores.Spill(parcel, beside[pipe.Pump]);
        if (parcel.Volume <= 0) return;
        double lifted = Lift * 1e-3 * litres, capacity = parcel.HeatCapacity;
        if (capacity > 1e-9)
        {
            parcel.Temperature += lifted / capacity;
            Heat.Book(HeatFlow.Work, lifted);
        }
        if (pipe.Through >= 0) ((ResinColumn)units[pipe.Through]).Treat(Heat, parcel, dt);
        Mix(parcel, to, pipe.Port, dt);
        Use(60);
    }

    /// <summary>What comes out at the other end of the line behind a pump.</summary>
    private Mixture Along(int pump, Mixture parcel)
    {
        foreach (LongLine line in longLines)
        {
            if (line.Pump == pump) return line.Push(parcel);
        }

        return parcel;
    }

    private Pipe Fullest(Pipe[] pipes)
    {
        Pipe fullest = pipes[0];
        foreach (Pipe other in pipes)
        {
            if (units[other.From].Reachable > units[fullest.From].Reachable) fullest = other;
        }
        return fullest;
    }
}
