using BenchmarkDotNet.Running;
using Crm.Bench;
using Crm.Bench.Service;

// --quick, --scan, --alarms, --history, --twin RIG RUN, --streams, --screen: seconds to minutes, figures of one run on the console. Otherwise BenchmarkDotNet, e.g. --filter '*Actor*'.
if (args.Contains("--quick"))
    ActorsQuick.Run(Console.Out);
else if (args.Contains("--scan"))
    ScanQuick.Run(Console.Out);
else if (args.Contains("--alarms"))
    AlarmsQuick.Run(Console.Out);
else if (args.Contains("--history"))
    HistoryQuick.Run(Console.Out);
else if (args.Contains("--streams"))
    await StreamsQuick.Run(Console.Out);
else if (args.Contains("--screen"))
    await ScreenQuick.Run(Console.Out);
else if (args is ["--twin", var rig, var run])
    TwinQuick.Run(rig, run, Console.Out);
else
    BenchmarkSwitcher.FromAssembly(typeof(ScanQuick).Assembly).Run(args);
