using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Crm.Instruments.Buses;

namespace Crm.Instruments.Tests;

/// <summary>Our client against servers, and our fakes against a client, that nobody here wrote.</summary>
public class PeerTests
{
    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(10);

    [Fact]
    public void The_server_of_libmodbus_is_read_over_tcp()
    {
        SkipWithoutLibrary();
        int port = FreePort();
        using var peer = OtherProcess.Fakes("libmodbus", "tcp", port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        ReadAndWrite(peer.Place, unit: 1);
    }

    [Fact]
    public void The_server_of_libmodbus_is_read_over_a_serial_line()
    {
        SkipWithoutLibrary();
        using var peer = OtherProcess.Fakes("libmodbus", "pty", "1");
        ReadAndWrite(peer.Place, unit: 1);
    }

    /// <summary>The whole driver on the npm package modbus-serial: identity, watchdog, set value, read-back, measurement.</summary>
    [Fact]
    public void The_server_of_modbus_serial_is_driven_as_a_pump()
    {
        Npm();
        SkipWithoutLibrary();
        using var peer = OtherProcess.Node("server.mjs");
        var field = new Wiring(_ => BytesTests.Open(peer.Place), deadline);
        using var bus = field.Bus;
        field.Values[Wiring.Pump] = 37.5;
        field.ScanUntil(() => field.Readings[Wiring.Speed] is { IsGood: true, Value: 37.5 });

        string writes = peer.Ask("writes");
        Assert.StartsWith("16=2000 17=0 18=0", writes, StringComparison.Ordinal);
        Assert.Contains("32=3750 33=1", writes, StringComparison.Ordinal);
        Assert.Equal("firmware 1.5, serial 77", field.Device(0).Identity);
    }

    /// <summary>The npm package jsmodbus reads and writes our fakes: their bytes are Modbus, not only ours.</summary>
    [Fact]
    public void The_client_of_jsmodbus_understands_our_fakes()
    {
        Npm();
        using var fakes = OtherProcess.Fakes("tcp", "--clock", "manual");
        string[] place = fakes.Place.Split(':');
        using var client = OtherProcess.Node("client.mjs", place);

        Assert.Equal("17488 1 515 1 1001", client.Ask("input 1 0 5"));
        client.Ask("write 1 32 1234 1");
        Assert.Equal("1 1234 32 0 1234 0", client.Ask("holding 1 48 6"));
        Assert.Equal("fault 2", client.Ask("holding 1 999 2"));
        Assert.Equal("16608 0 16840 0", client.Ask("input 2 100 4"));
    }

    private static void ReadAndWrite(string place, byte unit)
    {
        using LibModbusLine line = BytesTests.Open(place);
        Assert.True(line.Open().IsNone);
        var registers = new ushort[8];
        Assert.Equal(ModbusFault.None, line.Transact(ModbusRequest.Read(unit, DeviceLink.IdentityBlock), deadline, registers));
        Assert.Equal([0x4450, 1, 0x0301, 0, 99], registers[..5]);
        var speed = new RegisterBlock(ModbusFunction.ReadHolding, 0x30, 6);
        Assert.Equal(ModbusFault.None, line.Transact(ModbusRequest.Read(unit, speed), deadline, registers));
        Assert.Equal(4200, registers[1]);
        var command = new RegisterBlock(ModbusFunction.ReadHolding, 0x20, 2);
        Assert.Equal(ModbusFault.None, line.Transact(ModbusRequest.Write(unit, command, new ushort[] { 777, 3 }), deadline, registers));
        Assert.Equal(ModbusFault.None, line.Transact(ModbusRequest.Read(unit, command), deadline, registers));
        Assert.Equal([777, 3], registers[..2]);
        var nowhere = new RegisterBlock(ModbusFunction.ReadHolding, 600, 2);
        Assert.Equal(new ModbusFault(FaultKind.Exception, 2), line.Transact(ModbusRequest.Read(unit, nowhere), deadline, registers));
    }

    private static void SkipWithoutLibrary() => Assert.SkipUnless(LibModbusLine.IsInstalled, "libmodbus5 is not installed: apt-get install libmodbus5");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Installs the peers once, as the lock file says; skips, and says why, when node or the package source cannot be had.</summary>
    private static void Npm() => Assert.SkipWhen(Peers.Problem.Value is not null, Peers.Problem.Value ?? "");
}
