namespace Crm.Instruments.Buses;

/// <summary>A serial line or TCP connection with Modbus devices on it. Used from the bus thread only; waits no longer than it is told to.</summary>
public interface IModbusLine : IDisposable
{
    bool IsOpen { get; }

    /// <summary>Opens the port or connects. Bounded by the line's own connect time.</summary>
    ModbusFault Open();

    void Close();

    /// <summary>
    /// Waits for silence, discarding what is still on its way, then sends and waits for the answer that fits. A lost port closes the line.
    /// </summary>
    /// <param name="deadline">Longest wait for the first byte of the answer.</param>
    /// <param name="registers">Filled only when the answer is without fault.</param>
    ModbusFault Transact(ModbusRequest request, TimeSpan deadline, Span<ushort> registers);
}
