using Crm.Chemistry.Crystallisation;

namespace Crm.Chemistry;

/// <summary>How crystallisation in one vessel departs from the tables, each 1 when it does not.</summary>
/// <param name="Rate">Of growth and dissolution.</param>
/// <param name="Inclusion">Liquor closed over per crystal mass.</param>
/// <param name="Solubility">Of every salt, as mean ion molality.</param>
public readonly record struct SaltTrim(double Rate, double Inclusion, double Solubility)
{
    public static readonly SaltTrim AsTabled = new(1, 1, 1);

    /// <summary>What multiplies the solubility product of a salt.</summary>
    internal double OfProduct(Salt salt) => Solubility == 1 ? 1 : Math.Pow(Solubility, salt.Ions);
}
