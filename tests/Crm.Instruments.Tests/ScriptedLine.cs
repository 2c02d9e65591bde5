using Crm.Instruments.Buses;

namespace Crm.Instruments.Tests;

/// <summary>A line without bytes: what each address answers is a function, what was asked is a list, and a deadline is time that passes.</summary>
internal sealed class ScriptedLine(Wiring wiring) : IModbusLine
{
    public List<ModbusRequest> Asked { get; } = [];

    /// <summary>The fault for a request; registers answer 0 but for identity.</summary>
    public Func<ModbusRequest, ModbusFault> Fault { get; set; } = _ => ModbusFault.None;

    public ModbusFault Opening { get; set; }

    public int Openings { get; private set; }

    public bool IsOpen { get; private set; }

    public ModbusFault Open()
    {
        Openings++;
        IsOpen = Opening.IsNone;
        return Opening;
    }

    public void Close() => IsOpen = false;

    public void Dispose() => Close();

    public ModbusFault Transact(ModbusRequest request, TimeSpan deadline, Span<ushort> registers)
    {
        Asked.Add(request);
        ModbusFault fault = Fault(request);
        if (fault.Kind == FaultKind.NoAnswer) wiring.Now += deadline;
        if (fault.Kind == FaultKind.PortLost) Close();
        if (!fault.IsNone || request.Function == ModbusFunction.WriteHolding) return fault;
        registers[..request.Count].Clear();
        if (request is { Function: ModbusFunction.ReadInput, First: 0 }) (registers[0], registers[1]) = (TypeAt(request.Unit), DeviceLink.MapVersion);
        if (request is { Function: ModbusFunction.ReadHolding, First: 0x30 }) registers[request.Unit == 1 ? 5 : 2] = 2000;
        if (request is { Function: ModbusFunction.ReadInput, First: 100 }) registers[7] = (ushort)Asked.Count;
        return fault;
    }

    private static ushort TypeAt(byte unit) => unit switch { 1 => 0x4450, 2 => 0x5048, _ => 0x524D };
}
