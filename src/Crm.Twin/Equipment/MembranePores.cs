using Crm.Chemistry;
using Crm.Plant.Twins;
using Crm.Twin.Models;

namespace Crm.Twin.Equipment;

/// <summary>What passes a nanofiltration membrane of the twin file: passages by charge, and those of single species that are known better.</summary>
internal static class MembranePores
{
    /// <summary>Option with passages of single species.</summary>
    public const string Exceptions = "passage";

    /// <summary>Of singly, doubly and triply charged ions and of neutral species, where the twin file says nothing.</summary>
    private static readonly double Single = Of("single"), Double = Of("double"), Triple = Of("triple"), Uncharged = Of("uncharged");

    private static double Of(string constant) => LawConstants.Of("nanofiltration", constant);

    public static Nanofiltration Of(EquipmentDefinition definition)
    {
        double Number(string name, double otherwise) => definition.Numbers.GetValueOrDefault(name, otherwise);
        double[] passage = [.. Aqueous.Charge.Select(z => Math.Abs(z) switch
        {
            0 => Number("uncharged", Uncharged),
            1 => Number("single", Single),
            2 => Number("double", Double),
            _ => Number("triple", Triple),
        })];
        foreach ((string species, double p) in Written(definition))
        {
            int i = Array.IndexOf(Aqueous.Names, species);
            if (i >= 0) passage[i] = p;
        }

        return new Nanofiltration(Aqueous.Charge, passage);
    }

    /// <summary>Species that the twin file names and no liquor has.</summary>
    public static IEnumerable<string> Unknown(EquipmentDefinition definition) => Written(definition).Select(p => p.Key).Where(s => !Aqueous.Names.Contains(s));

    private static IEnumerable<KeyValuePair<string, double>> Written(EquipmentDefinition definition) => definition.Maps.GetValueOrDefault(Exceptions) ?? Enumerable.Empty<KeyValuePair<string, double>>();
}
