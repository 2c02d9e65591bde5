namespace Crm.Chemistry;

/// <summary>Signed mol of one species per mol of extent.</summary>
public readonly record struct Term(int Species, double Mol);

/// <summary>A reaction that kinetics drives one way. Positive <paramref name="Heat"/> is given off, J per mol of extent.</summary>
public sealed record Reaction(string Name, Term[] Aq, Term[] Solids, Term[] Gases, double Heat)
{
    /// <summary>Advances by <paramref name="extent"/> mol, never beyond what the reactants allow, and returns what was done.</summary>
    public double Apply(Mixture m, double[] gas, double extent)
    {
        double done = Math.Min(extent, Limit(m));
        if (done <= 0) return 0;
        foreach (Term t in Aq) m.Aq[t.Species] += t.Mol * done;
        foreach (Term t in Solids) m.Solid[t.Species] = Settle(m.Solid[t.Species], t.Mol * done);
        foreach (Term t in Gases) gas[t.Species] += t.Mol * done;
        return done;
    }

    /// <summary>Largest extent: no species but the proton excess may become negative.</summary>
    public double Limit(Mixture m)
    {
        double limit = double.MaxValue;
        foreach (Term t in Aq)
        {
            if (t.Mol < 0 && t.Species != Aqueous.H) limit = Math.Min(limit, m.Aq[t.Species] / -t.Mol);
        }
        foreach (Term t in Solids)
        {
            if (t.Mol < 0) limit = Math.Min(limit, m.Solid[t.Species] / -t.Mol);
        }
        return Math.Max(0, limit);
    }

    /// <summary>Net atoms by element: zero for a balanced reaction.</summary>
    public double[] AtomError()
    {
        double[] sum = new double[Elements.Count];
        foreach (Term t in Aq) Accumulate(sum, Aqueous.Atoms[t.Species], t.Mol);
        foreach (Term t in Solids) Accumulate(sum, Solid.Atoms[t.Species], t.Mol);
        foreach (Term t in Gases) Accumulate(sum, Gas.Atoms[t.Species], t.Mol);
        return sum;
    }

    public double ChargeError() => Aq.Sum(t => t.Mol * Aqueous.Charge[t.Species]);

    private static double Settle(double amount, double change)
    {
        double left = amount + change;
        return left < 0 ? 0 : left;
    }

    private static void Accumulate(double[] sum, double[] atoms, double mol)
    {
        for (int e = 0; e < sum.Length; e++) sum[e] += mol * atoms[e];
    }
}
