using System.Globalization;
using Crm.Host.Access;
using Crm.Host.Api;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Store.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crm.Host.Service;

/// <summary>Runs rigs, API and, when asked, the HMI, until Ctrl-C or SIGTERM. Outputs reach their values before the web server drains.</summary>
public static class ServiceRun
{
    public static int Execute(ServeOptions options)
    {
        var (inputs, problems) = options.Load();
        if (inputs is null)
        {
            foreach (string problem in problems) Console.Error.WriteLine(problem);
            return ExitCodes.InvalidInput;
        }

        Directory.CreateDirectory(options.Data);
        using var interrupt = new Interrupt();
        var gatehouse = new Gatehouse(new AccessFile(Path.Combine(options.Data, "accounts.json")), TimeProvider.System);
        using var logs = LoggerFactory.Create(l => l.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
        using var hmi = options.HmiPort is { } asked ? new HmiProcess(asked) : null;
        var services = new List<RigService>();
        try
        {
            foreach (var input in inputs)
            {
                var core = new RigCore(input, options.Seed, Record(options, input.Rig.Name));
                foreach (var fault in options.Faults) core.Inject(fault);
                services.Add(new RigService(core, TimeProvider.System, logs.CreateLogger("controller")));
                if (options.From is { } checkpoint && Reach(checkpoint, core, interrupt) is { } why) return Failed(why);
            }

            return Serve(options, new Rigs(services), gatehouse, hmi, interrupt);
        }
        finally
        {
            foreach (var service in services) service.Dispose();
        }
    }

    private static int Serve(ServeOptions options, Rigs rigs, Gatehouse gatehouse, HmiProcess? hmi, Interrupt interrupt)
    {
        var app = ApiServer.Build(rigs, gatehouse, options.Port);
        foreach (var rig in rigs.All) rig.Start(options.Pace);
        app.StartAsync().GetAwaiter().GetResult();
        int port = ApiServer.Port(app);
        if (hmi is not null) hmi.Start(port);
        else Console.Out.WriteLine($"crm: API at http://127.0.0.1:{port}/api/v1, document at /openapi/v1.json");
        if (!interrupt.Asked) Invite(options, gatehouse, hmi, port);
        using var notice = ServiceNotice.FromEnvironment();
        notice.Ready();
        int exit = Wait(rigs, hmi, interrupt, notice);
        notice.Stopping();
        foreach (var rig in rigs.All) rig.Stop();
        hmi?.Stop();
        app.StopAsync().GetAwaiter().GetResult();
        app.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return exit;
    }

    private static int Wait(Rigs rigs, HmiProcess? hmi, Interrupt interrupt, ServiceNotice notice)
    {
        while (!interrupt.Asked)
        {
            if (rigs.All.FirstOrDefault(r => r.Failure is not null) is { } failed) return Failed($"the controller of {failed.Rig.Name} failed: {failed.Failure!.Message}");
            hmi?.Watch();
            notice.Alive(rigs.All.Max(r => r.SinceScan));
            interrupt.Wait(TimeSpan.FromMilliseconds(200));
        }

        Console.Out.WriteLine("crm: stopping; the batch is held and its outputs are at their values of HELD");
        return ExitCodes.Good;
    }

    private static void Invite(ServeOptions options, Gatehouse gatehouse, HmiProcess? hmi, int port)
    {
        if (hmi is not null)
        {
            string link = gatehouse.NewLink(options.Visitor, Roles.Technician, Roles.Engineer);
            Console.Out.WriteLine($"crm: open this once to sign in (it works one time): http://127.0.0.1:{hmi.Port}/sign-in/{link}");
            Console.Out.WriteLine("crm: Ctrl-C ends it.");
        }
        else if (!gatehouse.HasAccounts)
        {
            string link = gatehouse.NewLink("first administrator", Roles.Administrator);
            Console.Out.WriteLine($"crm: no accounts yet. One-time sign-in token of the first administrator: {link}");
        }

        Console.Out.Flush();
    }

    private static string? Reach(Checkpoint checkpoint, RigCore core, Interrupt interrupt)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"crm: running the twin of {core.Rig.Name} at full speed to {(checkpoint.Step.Length > 0 ? checkpoint.Step : "its checkpoint")}, a few seconds …"));
        return checkpoint.Reach(core, () => interrupt.Asked);
    }

    private static SqliteJournal Record(ServeOptions options, string rig)
    {
        string path = Path.Combine(options.Data, rig + ".journal.db");
        // A demonstration replays its checkpoint, so its record begins anew; a service goes on with the one it has.
        if (options.From is not null)
            foreach (string old in Directory.EnumerateFiles(options.Data, rig + ".journal.db*")) File.Delete(old);
        return SqliteJournal.Open(path, TimeProvider.System);
    }

    private static int Failed(string why)
    {
        Console.Error.WriteLine("crm: " + why);
        return ExitCodes.NotFinished;
    }
}
