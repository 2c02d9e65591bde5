using Crm.Chemistry.Properties;
using Xunit;

namespace Crm.Chemistry.Tests;

/// <summary>The table of acidic extractants: every load is by its atoms the salt that the row says, and one that is not is refused with its line.</summary>
public sealed class CationExchangerTests
{
    private const string Columns = "extractant,cation,load,dimers,log10K,heat,instant,source\n";

    [Fact]
    public void The_extractants_of_the_plant_stand_in_the_table()
    {
        Assert.Equal(["D2EHPA", "Cyanex 272"], CationExchanger.All.Select(e => e.Name));
        Assert.All(CationExchanger.All, e => Assert.Single(e.Cations, c => c.Instant));
        Assert.Null(CationExchanger.Find("nothing"));
    }

    [Theory]
    [InlineData("D2EHPB,Mn2+,Mn-D2EHPA,2,-4,0,,[G]", "line 2: extractant: 'D2EHPB' is no component of chemistry/organics.csv")]
    [InlineData("D2EHPA,Mn3+,Mn-D2EHPA,2,-4,0,,[G]", "line 2: cation: 'Mn3+' is no component of chemistry/aqueous-components.csv")]
    [InlineData("D2EHPA,SO4-2,Mn-D2EHPA,2,-4,0,,[G]", "line 2: cation: 'SO4-2' has no positive charge")]
    [InlineData("D2EHPA,Mn2+,Co-D2EHPA,2,-4,0,,[G]", "line 2: load: 'Co-D2EHPA' is not the salt of D2EHPA with Mn2+")]
    [InlineData("D2EHPA,Mn2+,Mn-Cyanex 272,2,-4,0,,[G]", "line 2: load: 'Mn-Cyanex 272' is not the salt of D2EHPA with Mn2+")]
    [InlineData("D2EHPA,Mn2+,Mn-D2EHPA,0.5,-4,0,,[G]", "line 2: dimers: a salt of charge 2 is made of 1 dimers or more")]
    [InlineData("D2EHPA,Mn2+,Mn-D2EHPA,2,-4,0,maybe,[G]", "line 2: instant is 'yes' or empty")]
    public void A_row_that_cannot_be_right_is_refused(string row, string message) =>
        Assert.Contains(message, Assert.Throws<ChemistryDataException>(() => CationExchanger.Load(ConstantTable.Of("cation-exchange.csv", Columns + row))).Message, StringComparison.Ordinal);
}
