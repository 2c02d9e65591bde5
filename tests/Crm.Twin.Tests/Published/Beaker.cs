using Crm.Chemistry;
using Crm.Twin.Kinetics;

namespace Crm.Twin.Tests.Published;

/// <summary>A stirred beaker held at one temperature, with the kinetics and solubilities that the vessels of the twin call: what a published experiment is asked of.</summary>
internal sealed class Beaker
{
    private readonly double[] gas = new double[Gas.Count];

    /// <param name="water">kg.</param>
    /// <param name="dissolved">Component and mol.</param>
    public Beaker(double celsius, double water, params (int Component, double Mol)[] dissolved)
    {
        Content = new Mixture { Temperature = celsius };
        Content.Aq[Aqueous.H2O] = water / Aqueous.Mass[Aqueous.H2O];
        Add(dissolved);
    }

    public Mixture Content { get; }

    public double Ph => Speciation.Of(Content).Ph;

    public void Add(params (int Component, double Mol)[] dissolved)
    {
        foreach ((int component, double mol) in dissolved) Content.Aq[component] += mol;
    }

    public Beaker With(int solid, double mol)
    {
        Content.Solid[solid] += mol;
        int core = Array.IndexOf(Solid.Cored, solid);
        if (core >= 0) Content.Core[core] += mol;
        return this;
    }

    /// <param name="feed">Component and mol added evenly over the time.</param>
    public void Leach(double minutes, double step = 2, params (int Component, double Mol)[] feed)
    {
        int steps = (int)(minutes * 60 / step);
        for (int i = 0; i < steps; i++)
        {
            foreach ((int component, double mol) in feed) Content.Aq[component] += mol / steps;
            Speciation s = Speciation.Of(Content);
            LeachKinetics.Step(Content, s, step, true, gas);
            MineralLeach.Step(Content, s, step, true, gas);
            Hydroxides.Step(Content, step, true);
        }
    }

    public void Precipitate(double minutes, double step = 5)
    {
        for (int i = 0; i < minutes * 60 / step; i++)
        {
            Hydroxides.Step(Content, step, true);
            Salts.Step(Content, Speciation.Of(Content), step, 1);
            GermaniumSolids.Step(Content, Speciation.Of(Content), step, true);
        }
    }

    /// <summary>Adds caustic until the hydroxides that it makes leave the liquor at a pH.</summary>
    public void ToPh(double ph)
    {
        double low = 0, high = 20;
        for (int i = 0; i < 50; i++)
        {
            double mol = 0.5 * (low + high);
            Mixture trial = Content.Copy();
            Caustic(trial, mol);
            for (int k = 0; k < 20; k++) Hydroxides.Step(trial, 10, true);
            if (Speciation.Of(trial).Ph < ph) low = mol;
            else high = mol;
        }
        Caustic(Content, low);
        Precipitate(30);
    }

    /// <summary>g/kg of water.</summary>
    public double Grams(int component) => 1000 * Content.Aq[component] * Aqueous.Mass[component] / Content.Water;

    private static void Caustic(Mixture m, double mol)
    {
        m.Aq[Aqueous.Na] += mol;
        m.Aq[Aqueous.H2O] += mol;
        m.Aq[Aqueous.H] -= mol;
    }
}
