using BenchmarkDotNet.Running;
using Crm.Bench;

// --quick, --scan, --alarms, --history: a few seconds, figures of one run on the console. Otherwise BenchmarkDotNet, e.g. --filter '*Actor*'.
if (args.Contains("--quick"))
    ActorsQuick.Run(Console.Out);
else if (args.Contains("--scan"))
    ScanQuick.Run(Console.Out);
else if (args.Contains("--alarms"))
    AlarmsQuick.Run(Console.Out);
else if (args.Contains("--history"))
    HistoryQuick.Run(Console.Out);
else
    BenchmarkSwitcher.FromAssembly(typeof(ScanQuick).Assembly).Run(args);
