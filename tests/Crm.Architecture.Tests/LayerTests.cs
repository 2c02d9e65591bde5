using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Crm.Architecture.Tests;

/// <summary>The arrows of docs/architecture.md, read from the project files and from the compiled assemblies.</summary>
public class LayerTests
{
    private static readonly string Root = FindRoot();

    /// <summary>Which of our projects a project may name. What is not listed is forbidden.</summary>
    public static TheoryData<string, string[]> AllowedArrows => new()
    {
        { "Crm.Chemistry", [] },
        { "Crm.Plant", ["Crm.Chemistry"] },
        { "Crm.Actors", [] },
        { "Crm.Recipes", ["Crm.Plant"] },
        { "Crm.Twin", ["Crm.Plant"] },
        { "Crm.Store", ["Crm.Plant"] },
        { "Crm.Instruments", ["Crm.Plant"] },
        { "Crm.Control", ["Crm.Actors", "Crm.Plant"] },
        { "Crm.Contracts", [] },
        { "Crm.Host", ["Crm.Contracts", "Crm.Control", "Crm.Recipes", "Crm.Twin", "Crm.Store", "Crm.Instruments"] },
        { "Crm.Hmi", ["Crm.Contracts"] },
    };

    /// <summary>Packages a project may use; a project exists only to fence one off (DESIGN section 4).</summary>
    public static TheoryData<string, string[]> AllowedPackages => new()
    {
        { "Crm.Chemistry", [] },
        { "Crm.Plant", [] },
        { "Crm.Actors", [] },
        { "Crm.Control", [] },
        { "Crm.Recipes", ["YamlDotNet"] },
        { "Crm.Twin", ["MathNet.Numerics"] },
        { "Crm.Instruments", [] },
        { "Crm.Store", ["Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.bundle_e_sqlite3", "Dapper"] },
        { "Crm.Contracts", [] },
        { "Crm.Host", ["System.CommandLine", "Microsoft.AspNetCore.OpenApi", "Serilog", "Serilog.Extensions.Logging", "Serilog.Sinks.Async", "Serilog.Sinks.Console", "Serilog.Sinks.File"] },
        { "Crm.Hmi", ["Serilog", "Serilog.Extensions.Logging", "Serilog.Sinks.Async", "Serilog.Sinks.Console", "Serilog.Sinks.File"] },
    };

    [Theory]
    [MemberData(nameof(AllowedArrows))]
    public void A_project_names_only_what_stands_below_it(string project, string[] allowed)
    {
        var named = Project(project).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))
            .ToArray();

        Assert.Empty(named.Except(allowed));
    }

    [Theory]
    [MemberData(nameof(AllowedPackages))]
    public void A_project_uses_only_the_packages_it_fences_off(string project, string[] allowed)
    {
        var named = Project(project).Descendants("PackageReference")
            .Where(r => r.Attribute("PrivateAssets")?.Value != "all")
            .Select(r => r.Attribute("Include")!.Value)
            .ToArray();

        Assert.Empty(named.Except(allowed));
    }

    [Fact]
    public void Every_project_of_the_source_tree_is_in_the_tables_above()
    {
        var onDisk = Directory.GetDirectories(Path.Combine(Root, "src")).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        var listed = AllowedArrows.Select(row => row.Data.Item1).Order(StringComparer.Ordinal);

        Assert.Equal(listed, onDisk!);
    }

    [Theory]
    [InlineData("Crm.Chemistry")]
    [InlineData("Crm.Plant")]
    [InlineData("Crm.Recipes")]
    [InlineData("Crm.Twin")]
    [InlineData("Crm.Control")]
    public void The_core_builds_under_the_banned_symbols(string project)
    {
        var xml = Project(project);

        Assert.Contains(xml.Descendants("PackageReference"), r => r.Attribute("Include")!.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers");
        Assert.Contains(xml.Descendants("AdditionalFiles"), r => r.Attribute("Include")!.Value.EndsWith("BannedSymbols.txt", StringComparison.Ordinal));
        Assert.DoesNotContain(SourceOf(project), file => File.ReadAllText(file).Contains("#pragma warning disable RS0030", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Crm.Chemistry")]
    [InlineData("Crm.Plant")]
    public void The_centre_uses_the_base_class_library_only(string project)
    {
        var foreign = Assembly.Load(project).GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(n => !n.StartsWith("System", StringComparison.Ordinal) && !n.StartsWith("Crm.", StringComparison.Ordinal) && n != "netstandard");

        Assert.Empty(foreign);
    }

    /// <summary>Only the composition root chooses between a real bus and the twin (DESIGN section 4).</summary>
    [Theory]
    [InlineData("Crm.Plant")]
    [InlineData("Crm.Control")]
    [InlineData("Crm.Recipes")]
    [InlineData("Crm.Store")]
    public void Nothing_but_the_host_asks_whether_it_is_simulated(string project)
    {
        var asking = SourceOf(project).Where(f => File.ReadAllText(f).Contains("if (simulated", StringComparison.OrdinalIgnoreCase));

        Assert.Empty(asking);
    }

    /// <summary>Rule of the house: names tell what a thing is.</summary>
    [Fact]
    public void No_type_is_a_manager_helper_or_util()
    {
        string[] forbidden = ["Manager", "Helper", "Helpers", "Util", "Utils"];
        var offenders = AllowedArrows.SelectMany(row => SourceOf(row.Data.Item1))
            .Where(f => forbidden.Any(word => Path.GetFileNameWithoutExtension(f).EndsWith(word, StringComparison.Ordinal)));

        Assert.Empty(offenders);
    }

    /// <summary>A metal is a folder of rows and YAML: what a researcher adds touches no code. Rare earths were added so; here nothing in the code may know them.</summary>
    [Fact]
    public void Rare_earths_are_rows_of_chemistry_and_no_code()
    {
        Regex known = new(@"\b(Nd|Pr|Dy)(\d|\b)|(?i:neodym|praseodym|dyspros|rare.?earth)", RegexOptions.ExplicitCapture);
        Assert.Empty(AllowedArrows.SelectMany(row => SourceOf(row.Data.Item1)).SelectMany(f => File.ReadLines(f).Where(line => known.IsMatch(line)).Select(line => $"{Path.GetRelativePath(Root, f)}: {line.Trim()}")));
        string salts = File.ReadAllText(Path.Combine(Root, "chemistry", "salts.csv"));
        Assert.All(["Nd2(C2O4)3.10H2O", "Pr2(C2O4)3.10H2O", "Dy2(C2O4)3.10H2O"], salt => Assert.Contains(salt, salts, StringComparison.Ordinal));
    }

    [Fact]
    public void Source_files_stay_readable()
    {
        var long_ = AllowedArrows.SelectMany(row => SourceOf(row.Data.Item1))
            .Select(f => (File: Path.GetRelativePath(Root, f), Lines: File.ReadAllLines(f).Length))
            .Where(x => x.Lines > 400)
            .Select(x => $"{x.File} has {x.Lines} lines");

        Assert.Empty(long_);
    }

    private static XDocument Project(string name) => XDocument.Load(Path.Combine(Root, "src", name, name + ".csproj"));

    private static IEnumerable<string> SourceOf(string project) =>
        Directory.EnumerateFiles(Path.Combine(Root, "src", project), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    internal static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Crm.sln"))) at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("Crm.sln not found above the test assembly");
    }
}
