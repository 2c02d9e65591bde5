using BenchmarkDotNet.Running;
using Crm.Bench;

// --quick: a few seconds, ratios of one run on the console. Otherwise BenchmarkDotNet, e.g. --filter '*Actor*'.
if (args.Contains("--quick"))
    ActorsQuick.Run(Console.Out);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
