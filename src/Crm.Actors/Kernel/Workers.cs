namespace Crm.Actors.Kernel;

/// <summary>
/// Threads that take turns with the cells that have work. A cell is in the queue at most once and in one thread at a time.
/// </summary>
internal sealed class Workers
{
    private const int TurnsInARow = 64;

    [ThreadStatic]
    private static bool s_inTurn;

    private readonly Queue<Cell> _ready = new();
    private bool _closed;

    public Workers(string name, int threads)
    {
        for (int i = 0; i < threads; i++)
            new Thread(Work) { IsBackground = true, Name = threads == 1 ? name : $"{name}-{i}" }.Start();
    }

    public static bool InTurn => s_inTurn;

    public static void Wake(Cell cell)
    {
        if (Interlocked.Exchange(ref cell.Scheduled, 1) == 0)
            cell.Workers!.Enqueue(cell);
    }

    /// <summary>The threads end when the queue is empty.</summary>
    public void Close()
    {
        lock (_ready)
        {
            _closed = true;
            Monitor.PulseAll(_ready);
        }
    }

    private void Enqueue(Cell cell)
    {
        lock (_ready)
        {
            _ready.Enqueue(cell);
            Monitor.Pulse(_ready);
        }
    }

    private void Work()
    {
        while (Next() is { } cell)
        {
            s_inTurn = true;
            Run(cell);
            s_inTurn = false;
        }
    }

    private Cell? Next()
    {
        lock (_ready)
        {
            while (_ready.Count == 0)
            {
                if (_closed)
                    return null;
                Monitor.Wait(_ready);
            }
            return _ready.Dequeue();
        }
    }

    private void Run(Cell cell)
    {
        for (int i = 0; i < TurnsInARow; i++)
            if (!cell.Turn() && Rest(cell))
                return;
        Enqueue(cell);
    }

    /// <summary>
    /// Work that came between the empty look and the lowered flag woke nobody, hence the second look: this is where wake-ups get lost.
    /// </summary>
    private static bool Rest(Cell cell)
    {
        Interlocked.Exchange(ref cell.Scheduled, 0);
        return !cell.HasWork() || Interlocked.Exchange(ref cell.Scheduled, 1) == 1;
    }
}
