namespace Crm.Instruments.Fakes;

/// <summary>Registers as an instrument holds them. Knows nothing of the drivers: the maps are those of the READMEs beside them.</summary>
internal abstract class FakeDevice(string kind, byte unit, ushort type)
{
    protected const int StatusRunning = 1, StatusWatchdog = 4;

    private readonly SortedDictionary<ushort, ushort> holding = [];
    private readonly SortedDictionary<ushort, ushort> input = [];

    public string Kind { get; } = kind;

    public byte Unit { get; } = unit;

    /// <summary>Writes as they came: first register and values.</summary>
    public List<string> Writes { get; } = [];

    public int Requests { get; set; }

    /// <summary>An answer that is on its way for too long.</summary>
    public byte[] Held { get; set; } = [];

    public WireFault Fault { get; set; } = WireFault.None;

    /// <summary>Loses everything a device loses without power.</summary>
    public virtual void Restart()
    {
        holding.Clear();
        input.Clear();
        ushort[] identity = [type, 1, 0x0203, 0x0001, (ushort)(1000 + Unit)];
        for (ushort i = 0; i < identity.Length; i++) input[i] = identity[i];
    }

    /// <summary>Time passes; returns what happened, or null.</summary>
    public virtual string? Advance(TimeSpan by) => null;

    /// <summary>Changes what the world does to the device.</summary>
    public abstract bool Set(string name, double value);

    public ushort? Peek(bool isInput, ushort register) => (isInput ? input : holding).TryGetValue(register, out ushort value) ? value : null;

    /// <summary>Registers for a request; null when one of them does not exist.</summary>
    public ushort[]? Read(bool isInput, ushort first, ushort count)
    {
        var values = new ushort[count];
        for (int i = 0; i < count; i++)
        {
            if (Peek(isInput, (ushort)(first + i)) is not { } value) return null;
            values[i] = value;
        }

        BeforeRead(isInput, first);
        for (int i = 0; i < count; i++) values[i] = Peek(isInput, (ushort)(first + i))!.Value;
        return values;
    }

    /// <summary>False when a register does not exist.</summary>
    public bool Write(ushort first, ReadOnlySpan<ushort> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!holding.ContainsKey((ushort)(first + i))) return false;
        }

        Writes.Add(FormattableString.Invariant($"{first}={string.Join(',', values.ToArray())}"));
        for (int i = 0; i < values.Length; i++) holding[(ushort)(first + i)] = values[i];
        AfterWrite(first);
        return true;
    }

    protected virtual void BeforeRead(bool isInput, ushort first)
    {
    }

    protected virtual void AfterWrite(ushort first)
    {
    }

    protected ushort this[ushort register]
    {
        get => holding[register];
        set => holding[register] = value;
    }

    protected void Input(ushort register, ushort value) => input[register] = value;

    protected void InputFloat(ushort register, float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        input[register] = (ushort)(bits >> 16);
        input[(ushort)(register + 1)] = (ushort)bits;
    }
}

/// <summary>A device whose commands live for the time of its watchdog register 0x10, and are renewed by a change of 0x21.</summary>
internal abstract class GuardedDevice(string kind, byte unit, ushort type) : FakeDevice(kind, unit, type)
{
    private TimeSpan sinceFed, guarded;
    private ushort lastFeed;

    protected bool HasTripped { get; private set; }

    /// <summary>How long nobody had fed it when it fell last, by its own clock; not counted before it had a limit.</summary>
    public TimeSpan Silence { get; private set; }

    public override void Restart()
    {
        base.Restart();
        for (ushort i = 0x10; i <= 0x12; i++) this[i] = 0;
        for (ushort i = 0x20; i <= 0x21; i++) this[i] = 0;
        for (ushort i = 0x30; i <= 0x35; i++) this[i] = 0;
        (sinceFed, lastFeed, HasTripped) = (TimeSpan.Zero, 0, false);
    }

    public override string? Advance(TimeSpan by)
    {
        int limit = this[0x10];
        (sinceFed, guarded) = (sinceFed + by, limit == 0 ? TimeSpan.Zero : guarded + by);
        if (limit == 0 || HasTripped || sinceFed.TotalMilliseconds <= limit) return null;
        HasTripped = true;
        Silence = sinceFed < guarded ? sinceFed : guarded;
        Fall();
        Show();
        return $"watchdog {Unit}";
    }

    protected override void AfterWrite(ushort first)
    {
        if (first == 0x20 && this[0x21] != lastFeed)
        {
            (lastFeed, sinceFed, HasTripped) = (this[0x21], TimeSpan.Zero, false);
            Obey();
        }

        Show();
    }

    /// <summary>Takes the fail values.</summary>
    protected abstract void Fall();

    /// <summary>Takes the command block.</summary>
    protected abstract void Obey();

    /// <summary>Fills the registers that are read.</summary>
    protected abstract void Show();
}

internal sealed class FakePump(byte unit) : GuardedDevice("dosing-pump", unit, 0x4450)
{
    private ushort inForce, health;
    private bool isLocal, isStuck;

    /// <summary>What the shaft does, 0 to 1.</summary>
    public double Share => isStuck ? 0 : inForce / 10000.0;

    public override void Restart()
    {
        base.Restart();
        inForce = 0;
        Show();
    }

    public override bool Set(string name, double value)
    {
        switch (name)
        {
            case "health": health = (ushort)value; break;
            case "local": isLocal = value != 0; break;
            case "stuck": isStuck = value != 0; break;
            default: return false;
        }

        Show();
        return true;
    }

    protected override void Fall()
    {
        if (this[0x11] == 0) inForce = this[0x12];
    }

    protected override void Obey() => inForce = this[0x20];

    protected override void Show()
    {
        bool turns = inForce > 0 && !isStuck;
        this[0x30] = (ushort)((turns ? StatusRunning : 0) | (isStuck ? 2 : 0) | (HasTripped ? StatusWatchdog : 0) | (isLocal ? 8 : 0));
        this[0x31] = turns ? inForce : (ushort)0;
        this[0x32] = turns ? (ushort)(20 + (inForce / 100)) : (ushort)0;
        this[0x33] = health;
        this[0x34] = inForce;
        this[0x35] = this[0x10];
    }
}

internal sealed class FakeRelays(byte unit) : GuardedDevice("relay-module", unit, 0x524D)
{
    private ushort relays, contacts, health;

    /// <param name="channel">From 1.</param>
    public bool IsClosed(int channel) => (relays & (1 << (channel - 1))) != 0;

    public override void Restart()
    {
        base.Restart();
        relays = 0;
        Show();
    }

    public override bool Set(string name, double value)
    {
        switch (name)
        {
            case "contacts": contacts = (ushort)value; break;
            case "health": health = (ushort)value; break;
            default: return false;
        }

        Show();
        return true;
    }

    protected override void Fall() => relays = (ushort)((relays & ~this[0x11]) | (this[0x12] & this[0x11]));

    protected override void Obey() => relays = this[0x20];

    protected override void Show()
    {
        this[0x30] = (ushort)(HasTripped ? StatusWatchdog : 0);
        this[0x31] = relays;
        this[0x32] = this[0x10];
        this[0x33] = contacts;
        this[0x34] = health;
    }
}

internal sealed class FakePh(byte unit) : FakeDevice("ph-transmitter", unit, 0x5048)
{
    private ushort counter;
    private bool isFrozen;

    public override void Restart()
    {
        base.Restart();
        InputFloat(100, 7f);
        InputFloat(102, 25f);
        InputFloat(104, 0f);
        Input(106, 0);
        Input(107, counter);
    }

    public override bool Set(string name, double value)
    {
        switch (name)
        {
            case "ph": InputFloat(100, (float)value); break;
            case "temperature": InputFloat(102, (float)value); break;
            case "potential": InputFloat(104, (float)value); break;
            case "health": Input(106, (ushort)value); break;
            case "frozen": isFrozen = value != 0; break;
            default: return false;
        }

        return true;
    }

    protected override void BeforeRead(bool isInput, ushort first)
    {
        if (first == 100 && !isFrozen) Input(107, ++counter);
    }
}

internal sealed class FakeCurrents(byte unit) : FakeDevice("current-input", unit, 0x4149)
{
    private ushort counter;

    public override void Restart()
    {
        base.Restart();
        for (ushort i = 0; i < 8; i++) Input((ushort)(200 + i), 4000);
        Input(208, 0);
        Input(209, counter);
    }

    /// <summary><c>ai1</c> to <c>ai8</c> in mA.</summary>
    public override bool Set(string name, double value)
    {
        if (name == "health") Input(208, (ushort)value);
        else if (name.Length == 3 && name.StartsWith("ai", StringComparison.Ordinal) && name[2] is >= '1' and <= '8') Input((ushort)(200 + name[2] - '1'), (ushort)Math.Round(value * 1000));
        else return false;
        return true;
    }

    protected override void BeforeRead(bool isInput, ushort first)
    {
        if (first == 200) Input(209, ++counter);
    }
}
