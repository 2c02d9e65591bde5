using System.CommandLine;
using System.Globalization;
using Crm.Host.Access;
using Crm.Host.Checkpoints;
using Crm.Host.Service;
using Crm.Recipes.Services;

namespace Crm.Host.CommandLine;

/// <summary><c>crm serve</c>: the controller as a service. <c>crm demo</c>: the same on the twin in mid-leach, with the HMI.</summary>
public static class ServeCommand
{
    private const int DefaultApiPort = 8420, DefaultHmiPort = 8421;
    private const string DemoRecipe = "recipes/lithium/black-mass-to-carbonate.yaml", DemoMoment = "leach/peroxide+20min";

    public static Command Serve()
    {
        var recipe = new Option<string[]>("--recipe") { Description = $"recipe to hold ready; its own rig is served; may be repeated, one for each rig; else the rigs of service.yaml, else {DemoRecipe}", DefaultValueFactory = _ => [] };
        var data = new Option<string?>("--data") { Description = $"folder of accounts, records and service.yaml; else {ServeSettings.DataVariable}, else out/serve" };
        var port = new Option<string?>("--port") { Description = $"port; 0 takes a free one; else {ServeSettings.PortVariable}, else {DefaultApiPort}" };
        var speed = new Option<string?>("--speed") { Description = "plant seconds per second of a twin at the start, 1 to 60; else 1" };
        var (rig, seed, from, fault) = OnTwin();
        var live = new Option<bool>("--live") { Description = "drive the rig's real buses instead of its twin" };
        var at = new Option<string[]>("--at") { Description = "with --live, bus=host:port or bus=device: there instead of where the rig file says; may be repeated", DefaultValueFactory = _ => [] };
        var abandon = new Option<string?>("--abandon") { Description = "why an interrupted batch is given up; else it comes back HELD" };
        var command = new Command("serve", CrmCommand.WithExamples(
            "Runs the controller as a service with its API on the loopback address, until SIGTERM or Ctrl-C: then the batch is held and its outputs are at their values before the web server drains. "
            + "What is not said here is taken from the environment, then from service.yaml of the data folder.",
            "crm serve", "crm serve --data /var/lib/crm", "crm serve --recipe recipes/lithium/black-mass-to-carbonate.yaml --data /var/lib/crm --port 8420",
            "crm serve --recipe recipes/bench/neutralise-soda-liquor.yaml --live --at field=/dev/ttyUSB0",
            "crm serve --listen 192.168.1.20 --tls generate"));
        var listen = new Option<string?>("--listen") { Description = $"address of this machine to listen on; 0.0.0.0 for all; else {ServeSettings.ListenVariable}, else 127.0.0.1" };
        var (tls, plain) = Encryption($"; else {ServeSettings.TlsVariable}");
        foreach (Option option in new Option[] { recipe, rig, data, port, speed, seed, from, fault, live, at, abandon, listen, tls, plain }) command.Options.Add(option);
        command.SetAction(p => Serve(new ServeWords([.. p.GetValue(recipe)!.Select(Present)], p.GetValue(rig), p.GetValue(data), p.GetValue(port), p.GetValue(listen), p.GetValue(tls), p.GetValue(speed))
        {
            Plain = p.GetValue(plain),
            Live = p.GetValue(live),
            At = OptionWords.Settings(p.GetValue(at)!),
            Abandon = p.GetValue(abandon),
            Seed = p.GetValue(seed),
            From = From(p.GetValue(from)),
            FromFile = FileOf(p.GetValue(from)),
            Faults = Faults(p.GetValue(fault)!),
        }));
        return command;
    }

    private static int Serve(ServeWords typed)
    {
        var (options, problems) = new ServeSettings(Environment.GetEnvironmentVariable, TimeProvider.System).Settle(typed, Present(DemoRecipe));
        foreach (string problem in problems) Console.Error.WriteLine(problem);
        return options is null ? ExitCodes.InvalidInput : ServiceRun.Execute(options);
    }

    public static Command Demo()
    {
        var data = new Option<string>("--data") { Description = "folder of accounts and records; a demonstration begins its record anew; a record that is none is kept under another name", DefaultValueFactory = _ => Path.Combine("out", "demo") };
        var port = new Option<int>("--port") { Description = "port of the HMI; 0 takes a free one", DefaultValueFactory = _ => DefaultHmiPort };
        var pace = new Option<string>("--speed") { Description = "plant seconds per second at the start, 1 to 60", DefaultValueFactory = _ => "10" };
        var (rig, seed, from, fault) = OnTwin();
        var command = new Command("demo", CrmCommand.WithExamples(
            "Runs the lithium plant on its twin, in the middle of a leach, with the HMI in the browser. Prints a sign-in link that works once; Ctrl-C ends it.",
            "crm demo", "crm demo --speed 60", "crm demo --from leach/acid --port 9000", "crm demo --from out/monday/leach-peroxide-1200s.checkpoint --fault leach.agitator:fail@4h"));
        var predict = new Option<bool>("--predict") { Description = "have the twin predict the batch at once, beside the plant and below its priority", DefaultValueFactory = _ => true };
        foreach (Option option in new Option[] { rig, data, port, pace, seed, from, fault, predict }) command.Options.Add(option);
        command.SetAction(p => ServiceRun.Execute(new ServeOptions(
            [new RigToServe(Present(DemoRecipe), p.GetValue(rig), false, RigToServe.NoPlaces)], p.GetValue(data)!, 0, Free(p.GetValue(port)), Pace(p.GetValue(pace)!), p.GetValue(seed),
            p.GetValue(from) is { } asked ? From(asked) : Moment.Parse(DemoMoment), "visitor")
        { FromFile = FileOf(p.GetValue(from)), Faults = Faults(p.GetValue(fault)!), Predict = p.GetValue(predict) }));
        return command;
    }

    /// <summary><c>crm hmi</c>: the HMI alone, for a controller that runs already.</summary>
    public static Command Hmi()
    {
        var api = new Option<int>("--api-port") { Description = "port of the controller's API on this machine", DefaultValueFactory = _ => DefaultApiPort };
        var address = new Option<string?>("--api") { Description = "address of the controller's API when it is another, for example https://rig:8420" };
        var fingerprint = new Option<string?>("--api-fingerprint") { Description = "SHA-256 of the controller's certificate as crm serve prints it; without it only a certificate that this machine trusts is taken" };
        var port = new Option<int>("--port") { Description = "port of the HMI; 0 takes a free one", DefaultValueFactory = _ => DefaultHmiPort };
        var data = new Option<string>("--data") { Description = "folder in which its log and a certificate that is made are kept", DefaultValueFactory = _ => ServeSettings.DataFolder };
        var listen = new Option<string>("--listen") { Description = "address of this machine to listen on; 0.0.0.0 for all", DefaultValueFactory = _ => "127.0.0.1" };
        var (tls, plain) = Encryption("");
        var command = new Command("hmi", CrmCommand.WithExamples(
            "Runs the HMI for a controller, until Ctrl-C.", "crm hmi", "crm hmi --listen 0.0.0.0 --tls generate", "crm hmi --api https://rig:8420 --api-fingerprint 5F2A…"));
        foreach (Option option in new Option[] { api, address, fingerprint, port, data, listen, tls, plain }) command.Options.Add(option);
        command.SetAction(p =>
        {
            using var interrupt = new Runs.Interrupt();
            var listening = Listening.Of(p.GetValue(listen)!, p.GetValue(tls), p.GetValue(plain), p.GetValue(data)!, TimeProvider.System);
            using var hmi = new HmiProcess(p.GetValue(port), listening, p.GetValue(data)!, exit => Console.Error.WriteLine($"crm: the HMI ended with {exit}; starting it again"));
            hmi.Start(p.GetValue(address) ?? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{p.GetValue(api)}"), p.GetValue(fingerprint));
            Console.Out.WriteLine($"crm: HMI at {hmi.Url}/");
            if (listening.Tls is { } certificate) Console.Out.WriteLine($"crm: certificate {certificate.File}, SHA-256 {certificate.Fingerprint}");
            while (!interrupt.Asked)
            {
                hmi.Watch();
                interrupt.Wait(TimeSpan.FromMilliseconds(200));
            }

            return ExitCodes.Good;
        });
        return command;
    }

    private static (Option<string?> Tls, Option<bool> Plain) Encryption(string otherwise) => (
        new Option<string?>("--tls") { Description = $"encrypts: a PEM file with certificate and key, a PFX file (its password in {TlsCertificate.PasswordVariable}), or 'generate': one is made for this machine's names and addresses and kept in the data folder{otherwise}" },
        new Option<bool>("--plain") { Description = "listens beyond this machine without encryption, because something before it encrypts" });

    private static (Option<string?> Rig, Option<int> Seed, Option<string?> From, Option<string[]> Fault) OnTwin() => (
        new Option<string?>("--rig") { Description = "rig name or folder; the recipe's own by default" },
        new Option<int>("--seed") { Description = "seed of noise, faults and laboratory scatter", DefaultValueFactory = _ => 1 },
        new Option<string?>("--from") { Description = "begin on the twin at a step, a step and a time into it, or a time: leach/peroxide+20min, 3h; or at a checkpoint file of crm run --checkpoint, with its recipe and seed" },
        new Option<string[]>("--fault") { Description = "fault@time: break something in the twin; may be repeated", DefaultValueFactory = _ => [] });

    private static IReadOnlyList<Plant.Ports.PlantFault> Faults(string[] words) => [.. words.Select(OptionWords.Fault)];

    private static Moment? From(string? text) => text is null || IsFile(text) ? null : Moment.Parse(text);

    private static string? FileOf(string? text) => text is not null && IsFile(text) ? text : null;

    private static bool IsFile(string text) => text.EndsWith(CheckpointFile.Extension, StringComparison.Ordinal);

    private static double Pace(string text) =>
        OptionWords.Pace(text) is { } pace and >= Pacer.Slowest and <= Pacer.Fastest
            ? pace
            : throw new UsageException($"--speed {text}: expected {Pacer.Slowest} to {Pacer.Fastest} (plant seconds per second)");

    /// <summary>The port when it is free, else any: a second demonstration on one machine is no mistake.</summary>
    private static int Free(int port)
    {
        if (port == 0) return 0;
        try
        {
            using var probe = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
            probe.Start();
            return port;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return 0;
        }
    }

    /// <summary>A file of the project from wherever the command is given.</summary>
    private static string Present(string file)
    {
        if (File.Exists(file)) return file;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, file);
            if (File.Exists(candidate)) return candidate;
        }

        return file;
    }
}
