using BenchmarkDotNet.Running;
using Crm.Bench;

// --quick, --scan, --alarms, --history, --twin RIG RUN: a few seconds, figures of one run on the console. Otherwise BenchmarkDotNet, e.g. --filter '*Actor*'.
if (args.Contains("--quick"))
    ActorsQuick.Run(Console.Out);
else if (args.Contains("--scan"))
    ScanQuick.Run(Console.Out);
else if (args.Contains("--alarms"))
    AlarmsQuick.Run(Console.Out);
else if (args.Contains("--history"))
    HistoryQuick.Run(Console.Out);
else if (args is ["--twin", var rig, var run])
    TwinQuick.Run(rig, run, Console.Out);
else
    BenchmarkSwitcher.FromAssembly(typeof(ScanQuick).Assembly).Run(args);
