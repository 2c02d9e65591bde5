using Crm.Chemistry.Properties;
using System.CommandLine;

namespace Crm.Host.CommandLine;

/// <summary>The command line of docs/command-line.md. Errors go to standard error, results to standard output.</summary>
public static class CrmCommand
{
    public static int Invoke(string[] args)
    {
        var root = new RootCommand("Process control for pilot plants that recover critical raw materials. Every rig has a twin: try any recipe on a laptop.")
        {
            ServeCommand.Demo(),
            RunCommand.Create(),
            ServeCommand.Serve(),
            ServeCommand.Hmi(),
            LintCommand.Create(),
            RecipeCommand.Create(),
            RigCommand.Create(),
            TwinCommand.Create(),
            SimulateCommand.Create(),
            ScenarioCommandLine.Create(),
            LoopCommandLine.Create(),
            RecordCommandLine.Report(),
            RecordCommandLine.Export(),
            VerifyLogCommand.Create(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) Console.Error.WriteLine("crm: " + error.Message);
            Console.Error.WriteLine("Try: crm " + string.Join(' ', args.TakeWhile(a => !a.StartsWith('-')).Take(1).Append("--help")));
            return ExitCodes.InvalidInput;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine("crm: " + e.Message);
            return ExitCodes.InvalidInput;
        }
        catch (TypeInitializationException e) when (e.GetBaseException() is ChemistryDataException wrong)
        {
            Console.Error.WriteLine("crm: " + wrong.Message);
            return ExitCodes.InvalidInput;
        }
    }

    /// <summary>Adds examples below a command's help text.</summary>
    public static string WithExamples(string description, params string[] examples) =>
        description + Environment.NewLine + Environment.NewLine + "Examples:" + Environment.NewLine
        + string.Join(Environment.NewLine, examples.Select(e => "  " + e));
}
