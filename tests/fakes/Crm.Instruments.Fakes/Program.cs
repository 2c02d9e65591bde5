using System.Diagnostics;
using System.Globalization;
using Crm.Instruments.Fakes;

// Instruments of the bench kit at register level, in a process of their own: what reaches them and what they answer is bytes.
//   fakes tcp|pty [--port N] [--clock manual] [kind:unit …]      own Modbus code, faults by words on standard input
//   fakes bench [--field tcp] [--port N] [--field-port N] [--clock manual]   the bench kit with its process behind the registers; places of bus field and bus analysis
//   fakes libmodbus tcp|pty PORT|SLAVE                            libmodbus's own server with a dosing pump's registers
string[] kinds = [.. args.Where(a => a.Contains(':'))];
FakeDevice[] devices = [.. (kinds.Length > 0 ? kinds : ["dosing-pump:1", "ph-transmitter:2", "relay-module:3", "current-input:4"]).Select(Device)];
foreach (FakeDevice device in devices) device.Restart();
if (args is ["libmodbus", ..])
{
    Peer(args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
    return 0;
}

if (args is not ["tcp" or "pty" or "bench", ..])
{
    Console.Error.WriteLine("fakes tcp|pty|bench [--port N] [--clock manual] [kind:unit …]");
    return 2;
}

Bench bench = args[0] == "bench" ? WithPlant() : new Bench(devices, [Endpoint(args[0], devices, "--port")], null);
Say("place " + bench.Place);
using var timer = args.Contains("manual") ? null : RealClock(bench);
while (Console.ReadLine() is { } line) Say(bench.Obey(line));
return 0;

// One line per bus, as the rig file has it: pump, relays and inputs on the first, the transmitter on the second.
Bench WithPlant()
{
    bool isTcp = Array.IndexOf(args, "--field") is >= 0 and var at && args[at + 1] == "tcp";
    FakePump pump = devices.OfType<FakePump>().Single();
    FakeRelays relays = devices.OfType<FakeRelays>().Single();
    FakePh electrode = devices.OfType<FakePh>().Single();
    FakeCurrents currents = devices.OfType<FakeCurrents>().Single();
    var plant = new BenchPlant(pump, relays, electrode, currents);
    plant.Advance(TimeSpan.FromMilliseconds(1));
    return new Bench(devices, [Endpoint(isTcp ? "tcp" : "pty", [pump, relays, currents], "--field-port"), Endpoint("tcp", [electrode], "--port")], plant);
}

IEndpoint Endpoint(string kind, FakeDevice[] on, string port) =>
    kind == "tcp" ? new TcpEndpoint(new Responder(on, devices), Option(port)) : new PtyEndpoint(new Responder(on, devices));

int Option(string name) => Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 0;

static FakeDevice Device(string word)
{
    string[] parts = word.Split(':');
    byte unit = byte.Parse(parts[1], CultureInfo.InvariantCulture);
    return parts[0] switch
    {
        "dosing-pump" => new FakePump(unit),
        "ph-transmitter" => new FakePh(unit),
        "relay-module" => new FakeRelays(unit),
        "current-input" => new FakeCurrents(unit),
        _ => throw new ArgumentException($"no device '{parts[0]}'"),
    };
}

static void Say(string line)
{
    lock (Console.Out)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}

static Timer RealClock(Bench bench)
{
    var watch = Stopwatch.StartNew();
    TimeSpan last = TimeSpan.Zero, step = TimeSpan.FromMilliseconds(50);
    return new Timer(
        _ =>
        {
            // A drive's own clock does not stop because this process got no processor: what it missed passes in its steps.
            lock (watch)
            {
                for (TimeSpan now = watch.Elapsed; last + step <= now; last += step)
                    foreach (string happened in bench.Advance(step)) Say("event " + happened);
            }
        },
        null, 50, 50);
}

static void Peer(string kind, int number)
{
    (bool, ushort, ushort)[] image =
    [
        (true, 0, 0x4450), (true, 1, 1), (true, 2, 0x0301), (true, 3, 0), (true, 4, 99),
        (false, 0x30, 1), (false, 0x31, 4200), (false, 0x32, 130), (false, 0x33, 0), (false, 0x34, 4200), (false, 0x35, 2000),
    ];
    if (kind == "tcp")
    {
        LibModbusPeer.ServeTcp(number, image, () => Say($"place 127.0.0.1:{number}"));
        return;
    }

    (Pty ours, Pty theirs) = (Pty.Open(), Pty.Open());
    new Thread(() => Copy(ours, theirs)) { IsBackground = true }.Start();
    new Thread(() => Copy(theirs, ours)) { IsBackground = true }.Start();
    LibModbusPeer.ServeSerial(theirs.Place, number, image, () => Say("place " + ours.Place));
}

static void Copy(Pty from, Pty to)
{
    var buffer = new byte[512];
    while (from.Read(buffer) is > 0 and var count) to.Write(buffer.AsSpan(0, count));
}
