using System.Globalization;
using Crm.Control;
using Crm.Host.Access;
using Crm.Host.Api;
using Crm.Host.Approvals;
using Crm.Host.Checkpoints;
using Crm.Host.CommandLine;
using Crm.Host.Live;
using Crm.Host.Records;
using Crm.Host.Runs;
using Crm.Host.Workshop;
using Crm.Plant.Ports;
using Crm.Plant.Protection;
using Crm.Recipes.Approval;
using Crm.Recipes.Services;
using Crm.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crm.Host.Service;

/// <summary>Runs rigs, API and, when asked, the HMI, until Ctrl-C or SIGTERM. Outputs reach their values before the web server drains.</summary>
public static class ServiceRun
{
    public static int Execute(ServeOptions typed)
    {
        ServeOptions options = typed.Settled();
        var (inputs, problems) = options.Load();
        if (inputs is null)
        {
            foreach (string problem in problems) Console.Error.WriteLine(problem);
            return ExitCodes.InvalidInput;
        }

        Directory.CreateDirectory(options.Data);
        using var interrupt = new Interrupt();
        var gatehouse = new Gatehouse(new AccessFile(Path.Combine(options.Data, "accounts.json")), TimeProvider.System);
        long began = TimeProvider.System.GetTimestamp();
        var logs = ServiceLog.Open(options.Data);
        using var closing = new ServiceLog.Closing(logs);
        var log = logs.CreateLogger("service");
        Tell(options, log);
        using var hmi = options.HmiPort is { } asked ? new HmiProcess(asked, Listening.OnThisMachine, options.Data, exit => ServiceEvents.HmiEnded(log, exit)) : null;
        var services = new List<RigService>();
        var records = new List<RigRecord>();
        try
        {
            foreach (var (served, input) in options.Rigs.Zip(inputs))
            {
                var record = Record(options, served, input);
                records.Add(record);
                var rig = Rig(options, served, input, record);
                var core = new RigCore(rig, record.Journal, record, RigHistory.Open(options.Data, rig, record.Lost is not null, options.History, TimeProvider.System, Console.Out));
                if (options.FromFile is { } file) core.Begin(file, input);
                if (record.Lost is { } lost) core.Remember(lost.Record);
                foreach (var fault in options.Faults) core.Inject(fault);
                var approvals = new ApprovalStore(options.Data);
                services.Add(new RigService(core, TimeProvider.System, logs.CreateLogger("controller")) { RecipeFile = input.RecipePath, Record = new RecordBook(record.Path), Approvals = approvals, Place = RecipePlace.Of(input, served.Rig, options.Data, approvals), DryRuns = new DryRuns(Path.Combine(Path.GetFullPath(options.Data), "dry-runs", input.Rig.Name)) });
                if (options.From is { } checkpoint && Reach(checkpoint, core, interrupt) is { } why) return Failed(why);
            }

            foreach (var (service, input, served) in services.Zip(inputs, options.Rigs)) ServiceEvents.Serving(log, service.Rig.Name, service.Rig.Version, input.Recipe.Id, input.Recipe.Version, served.Live ? "on its buses" : "on its twin");
            return Serve(options, new Rigs(services), records, gatehouse, hmi, interrupt, logs, began);
        }
        catch (Exception full) when (full is JournalFaultException || DiskFault.Is(full))
        {
            return Failed($"{full.Message}; its files are left as they are. Make room on the disk of {Path.GetFullPath(options.Data)}, or mend it, and start again");
        }
        finally
        {
            foreach (var service in services) service.Dispose();
        }
    }

    private static int Serve(ServeOptions options, Rigs rigs, IReadOnlyList<RigRecord> records, Gatehouse gatehouse, HmiProcess? hmi, Interrupt interrupt, ILoggerFactory logs, long began)
    {
        var log = logs.CreateLogger("service");
        var app = ApiServer.Build(rigs, gatehouse, options.Port, options.Listening, logs);
        foreach (var rig in rigs.All) rig.Start(options.Pace);
        app.StartAsync().GetAwaiter().GetResult();
        int port = ApiServer.Port(app);
        if (hmi is not null) hmi.Start(options.Listening.Url(port), options.Listening.Tls?.Fingerprint);
        else Console.Out.WriteLine($"crm: API at {options.Listening.Url(port)}/api/v1, document at /openapi/v1.json");
        if (options.Listening.Tls is { } tls) Console.Out.WriteLine($"crm: certificate {tls.File}, SHA-256 {tls.Fingerprint}");
        if (!interrupt.Asked) Invite(options, gatehouse, hmi, port);
        using var notice = ServiceNotice.FromEnvironment();
        notice.Ready();
        ServiceEvents.Ready(log, port, options.Listening.Scheme, Math.Round(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 2));
        if (options.Predict) foreach (var rig in rigs.All) _ = PredictionApi.Predict(rig, "the demonstration");
        int exit = Wait(rigs, records, hmi, interrupt, notice, new ServiceWatch(log, TimeProvider.System));
        notice.Stopping();
        foreach (var rig in rigs.All) ServiceEvents.Stopping(log, rig.Rig.Name, rig.Meter.Took.Count, rig.Meter.Overruns, Math.Round(rig.Slipped.TotalSeconds, 3), Math.Round(rig.Meter.Late.Most, 4));
        // No rig waits for another to be at rest.
        foreach (var rig in rigs.All) rig.BeginStop();
        foreach (var rig in rigs.All)
        {
            rig.Stop();
            if (rig.Rest.Length > 0) Console.Out.WriteLine($"crm: {rig.Rig.Name}: {rig.Rest}");
        }

        hmi?.Stop();
        app.StopAsync().GetAwaiter().GetResult();
        app.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return exit;
    }

    private static int Wait(Rigs rigs, IReadOnlyList<RigRecord> records, HmiProcess? hmi, Interrupt interrupt, ServiceNotice notice, ServiceWatch watch)
    {
        var day = new DayWatch(TimeProvider.System, DayWatch.Today(TimeProvider.System));
        while (!interrupt.Asked)
        {
            if (rigs.All.FirstOrDefault(r => r.Failure is not null) is { } failed) return Failed($"the controller of {failed.Rig.Name} failed: {failed.Failure!.Message}");
            hmi?.Watch();
            Sign(rigs, records);
            watch.Look(rigs.All);
            day.Look(rigs.All);
            notice.Alive(rigs.All.Max(r => r.SinceScan));
            interrupt.Wait(TimeSpan.FromMilliseconds(200));
        }

        Console.Out.WriteLine("crm: stopping; what runs is held");
        return ExitCodes.Good;
    }

    private static void Sign(Rigs rigs, IReadOnlyList<RigRecord> records)
    {
        foreach (var (rig, record) in rigs.All.Zip(records))
            if (rig.Picture is { } picture) record.Sign(picture, TimeProvider.System.GetUtcNow());
    }

    private static IRunningRig Rig(ServeOptions options, RigToServe served, RunInputs input, RigRecord record)
    {
        foreach (string line in record.Said) Console.Out.WriteLine("crm: " + line);
        if (served.Live)
        {
            var store = new ApprovalStore(options.Data);
            RecipeStanding standing = store.Of(input.Recipe, input.Rig);
            Console.Out.WriteLine(LiveNotice.Of(input.Rig, input.Recipe, standing, "Ctrl-C and SIGTERM hold"));
            var live = new LiveRig(input.Rig, ApprovalJudge.Narrowed(input.Recipe, standing), served.At, record.Journal, new RecipeRelease(store, input.Rig, TimeProvider.System), record.Lost) { Control = { NominalDemand = input.NominalDemand } };
            if (record.Lost is null) live.Control.Recall(record.Before, record.Away);
            live.Control.Command(new SetDay(long.MaxValue - 1, "the machine's clock", DayWatch.Today(TimeProvider.System)));
            return live;
        }

        if (record.Lost is not { } lost)
        {
            var twin = new TwinRig(input, options.Seed, record.Journal);
            // Whoever edits the rig file of a twin need not accept it: there is nothing that could be hurt.
            twin.Control.Recall([.. record.Before.Where(e => e.Subject != ProtectionChange.Subject)], record.Away);
            return twin;
        }

        Console.Out.WriteLine("crm: the simulated plant did not survive its process: its vessels are as at the very start, and the assessment says what has moved");
        return new TwinRig(input, options.Seed, record.Journal, lost);
    }

    private static void Invite(ServeOptions options, Gatehouse gatehouse, HmiProcess? hmi, int port)
    {
        if (hmi is not null)
        {
            string link = gatehouse.NewLink(options.Visitor, Roles.Technician, Roles.Engineer);
            Console.Out.WriteLine($"crm: open this once to sign in (it works one time): {hmi.Url}/sign-in/{link}");
            Console.Out.WriteLine("crm: Ctrl-C ends it.");
        }
        else if (!gatehouse.HasAdministrator)
        {
            string link = gatehouse.NewLink("first administrator", Roles.Administrator);
            Console.Out.WriteLine($"crm: {(gatehouse.HasAccounts ? "no administrator has a password" : "no accounts yet")}. One-time sign-in token of the first administrator: {link}");
        }

        Console.Out.Flush();
    }

    private static string? Reach(Moment checkpoint, RigCore core, Interrupt interrupt)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"crm: running the twin of {core.Rig.Name} at full speed to {(checkpoint.Step.Length > 0 ? checkpoint.Step : "its checkpoint")}, a few seconds …"));
        return checkpoint.Reach(core, () => interrupt.Asked);
    }

    private static RigRecord Record(ServeOptions options, RigToServe served, RunInputs input)
    {
        // What replays its way into mid-batch has no record to go on with.
        if (options.From is not null || options.FromFile is not null) Rehearsal.Begin(options.Data, input.Rig.Name, TimeProvider.System, Console.Out);
        else Rehearsal.GoOn(options.Data, input.Rig.Name);
        return RigRecord.Open(options.Data, input, served.Live, options.Abandon, TimeProvider.System);
    }

    /// <summary>What is set otherwise than usual, and where that was said.</summary>
    private static void Tell(ServeOptions options, ILogger log)
    {
        foreach (var (name, value, from) in options.Notes) ServiceEvents.Set(log, name, value, from);
        if (options.Notes.Count > 0) Console.Out.WriteLine("crm: " + string.Join("; ", options.Notes.Select(n => $"{n.Name} {n.Value} ({n.From})")));
    }

    private static int Failed(string why)
    {
        Console.Error.WriteLine("crm: " + why);
        return ExitCodes.NotFinished;
    }
}
