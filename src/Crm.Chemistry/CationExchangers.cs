using System.Collections.Immutable;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry;

/// <summary>A cation that an acidic extractant takes: cation + n dimers = its salt + as many protons as the cation has charges.</summary>
/// <param name="Cation">Component of the liquor.</param>
/// <param name="Load">Component of the organic: the salt.</param>
/// <param name="Protons">mol given to the liquor, and mol of extractant that the salt is made of, per mol of load.</param>
/// <param name="Dimers">mol of (HA)2 that a mol of load binds, in the salt or beside it.</param>
/// <param name="Log10K">Of [load][H+]^z/([cation][dimer]^n), mol/L, H+ by its activity, 25 degC.</param>
/// <param name="Heat">J given off per mol of load.</param>
/// <param name="Instant">At rest as soon as the phases are mixed; the others come by the film's rate.</param>
public sealed record ExchangedCation(int Cation, int Load, double Protons, double Dimers, double Log10K, double Heat, bool Instant);

/// <summary>An acidic extractant with the cations it takes; <c>chemistry/cation-exchange.csv</c>.</summary>
/// <param name="Acid">Component of the organic: the free extractant.</param>
public sealed record CationExchanger(string Name, int Acid, ImmutableArray<ExchangedCation> Cations)
{
    public static ImmutableArray<CationExchanger> All { get; } = Load(ConstantTable.Read("cation-exchange.csv"));

    /// <summary>Null where there is none of that name.</summary>
    public static CationExchanger? Find(string name) => All.FirstOrDefault(e => e.Name == name);

    internal static ImmutableArray<CationExchanger> Load(ConstantTable table) =>
        [.. table.Rows.GroupBy(row => row.Text("extractant")).Select(rows =>
        {
            int acid = rows.First().Index("extractant", Organic.Names, "component of chemistry/organics.csv");
            return new CationExchanger(rows.Key, acid, [.. rows.Select(row => Cation(row, acid))]);
        })];

    private static ExchangedCation Cation(ConstantRow row, int acid)
    {
        int cation = row.Index("cation", Aqueous.Names, "component of chemistry/aqueous-components.csv"), load = row.Index("load", Organic.Names, "component of chemistry/organics.csv");
        double charge = Aqueous.Charge[cation], dimers = row.Number("dimers");
        if (charge < 1) throw row.Wrong($"cation: '{Aqueous.Names[cation]}' has no positive charge to give protons for");
        if (dimers < charge / 2) throw row.Wrong($"dimers: a salt of charge {charge} is made of {charge / 2} dimers or more, not {dimers}");
        for (int e = 0; e < Elements.Count; e++)
        {
            double made = Aqueous.Atoms[cation][e] + charge * (Organic.Atoms[acid][e] - Aqueous.Atoms[Aqueous.H][e]);
            if (Math.Abs(made - Organic.Atoms[load][e]) > 1e-9) throw row.Wrong($"load: '{Organic.Names[load]}' is not the salt of {Organic.Names[acid]} with {Aqueous.Names[cation]}: its atoms differ");
        }
        return new ExchangedCation(cation, load, charge, dimers, row.Number("log10K"), row.Number("heat"), row.Says("instant"));
    }
}
