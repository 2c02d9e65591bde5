using Crm.Chemistry;
using Crm.Twin.Equipment;

namespace Crm.Twin.Tests.Published;

/// <summary>A litre of liquor with a gram of germanium at pH 1.2 on a litre of organic with 20 vol-% amine, its sulfate already taken up: the contact of Zhang, Jiang, Liu 2019.</summary>
internal static class PregnantContact
{
    private const double Germanium = 1 / 72.63, Iron = 1.5 / 55.85;        // mol of 1 g and 1.5 g

    /// <param name="tartaric">mol of tartaric acid a mol of germanium.</param>
    public static ExtractionStage At(double tartaric)
    {
        ExtractionStage stage = new([8.8, 17.9, 0.05], 1, 1, 25);
        double[] aq = stage.Content.Aq;
        aq[Aqueous.Germanate] = Germanium;
        aq[Aqueous.Fe3] = Iron;
        aq[Aqueous.Tartrate] = tartaric * Germanium;
        aq[Aqueous.SO4] = 0.5;
        // pH 1.2 after the amine has taken its acid: 0.23 mol of H2SO4 by 0.46 mol of amine, the rest as sulfuric acid and zinc sulfate.
        double acid = 2 * tartaric * Germanium + 0.71;
        aq[Aqueous.H] = acid;
        aq[Aqueous.Zn] = 0.5 * (2 * aq[Aqueous.SO4] + 2 * aq[Aqueous.Tartrate] - acid - 3 * Iron);
        return stage;
    }

    /// <summary>Share of the germanium that one contact takes over.</summary>
    public static double Extracted(double tartaric)
    {
        ExtractionStage stage = At(tartaric);
        for (int i = 0; i < 40; i++) stage.Contact(0.9);
        return stage.Content.Organic![Organic.GermaniumTartrate] / Germanium;
    }

    /// <summary>pH of the liquor after it.</summary>
    public static double Ph(double tartaric)
    {
        ExtractionStage stage = At(tartaric);
        stage.Contact(1);
        return stage.Ph;
    }
}
