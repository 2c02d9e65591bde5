using System.Collections.Immutable;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry;

/// <summary>The rows of <c>chemistry/reactions.csv</c>, by their id.</summary>
internal sealed class ReactionTable
{
    public static readonly ReactionTable Embedded = Read(ConstantTable.Read("reactions.csv"));

    private readonly ImmutableArray<(string Id, Reaction Reaction)> rows;

    private ReactionTable(ImmutableArray<(string Id, Reaction Reaction)> rows) => this.rows = rows;

    public IEnumerable<Reaction> All => rows.Select(r => r.Reaction);

    /// <exception cref="ChemistryDataException">A row cannot be read, does not balance, or repeats another.</exception>
    public static ReactionTable Read(ConstantTable table)
    {
        table.Names("id", []);
        table.Names("equation", []);
        return new ReactionTable([.. table.Rows.Select(row => (row.Text("id"), Read(row)))]);
    }

    /// <exception cref="ChemistryDataException">No row has that id.</exception>
    public Reaction Of(string id)
    {
        foreach ((string name, Reaction reaction) in rows)
        {
            if (name == id) return reaction;
        }
        throw new ChemistryDataException($"chemistry/reactions.csv: the code asks for a reaction '{id}', which has no row");
    }

    private static Reaction Read(ConstantRow row)
    {
        try
        {
            return ReactionEquation.Read(row.Text("equation"), row.Number("heat"));
        }
        catch (FormatException e)
        {
            throw row.Wrong($"'{row.Text("equation")}': {e.Message}");
        }
    }
}
