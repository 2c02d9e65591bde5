using System.Collections.Immutable;
using Crm.Plant.Ports;

namespace Crm.Twin;

/// <summary>What gives heat to the contents of the works and their walls, or takes it from them.</summary>
internal enum HeatFlow
{
    /// <summary>Electric heaters.</summary>
    Heaters,

    /// <summary>What impellers, pumps and the current of a stack do to the liquor; the rest of what their motors draw warms the hall.</summary>
    Work,

    /// <summary>Fresh water and carbon dioxide, with the heat they bring.</summary>
    Supplies,

    Reactions,
    Crystallisation,

    /// <summary>Acid and caustic diluted and neutralised.</summary>
    Dilution,

    /// <summary>Water that leaves as vapour, at the standard temperature.</summary>
    Evaporation,
    Extraction,
    Sorption,
    Coolant,

    /// <summary>Through walls and surfaces to the hall, and what people carry away and let cool.</summary>
    Hall,

    /// <summary>Gas, vapour and sweep air that leave warmer than they came.</summary>
    Vent,

    /// <summary>Vapour condensed and cooled.</summary>
    Condenser,
}

/// <summary>The one account of heat, J, positive into the works: what they hold less what they held is the sum of it.</summary>
internal sealed class HeatLedger
{
    private readonly double[] joule;

    public HeatLedger() => joule = new double[Enum.GetValues<HeatFlow>().Length];

    private HeatLedger(HeatLedger other)
    {
        joule = (double[])other.joule.Clone();
        Opening = other.Opening;
    }

    /// <summary>J held when the account was opened.</summary>
    public double Opening { get; private set; }

    public double this[HeatFlow flow] => joule[(int)flow];

    public void Open(double held) => Opening = held;

    public void Book(HeatFlow flow, double heat) => joule[(int)flow] += heat;

    public HeatTruth Truth(double held) => new(Opening, held, Enum.GetValues<HeatFlow>().ToImmutableSortedDictionary(f => f.ToString(), f => this[f], StringComparer.Ordinal));

    public HeatLedger Copy() => new(this);
}
