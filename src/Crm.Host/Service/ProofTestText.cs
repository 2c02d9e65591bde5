using System.Globalization;
using Crm.Contracts;

namespace Crm.Host.Service;

/// <summary>Proof tests of the protection as the API tells them (SAF-30).</summary>
public static class ProofTestText
{
    public static IEnumerable<ProofTestSeen> All(RigCore core) => core.Plant.ProofTestsStanding.Select(p => new ProofTestSeen(
        p.Row.Id, p.Row.Why, p.Row.Proof!.How, Day(p.Last), Day(p.Due), p.IsOverdue));

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
