namespace Crm.Host.Runs;

/// <summary>Ctrl-C and SIGTERM as a wish the run loop looks at between scans; a second Ctrl-C ends the process as usual.</summary>
public sealed class Interrupt : IDisposable
{
    private readonly ConsoleCancelEventHandler handler;
    private readonly System.Runtime.InteropServices.PosixSignalRegistration? terminate;
    private readonly ManualResetEventSlim signal = new();
    private volatile bool asked;

    public Interrupt()
    {
        handler = (_, e) =>
        {
            e.Cancel = !asked;
            Ask();
        };
        Console.CancelKeyPress += handler;
        terminate = OperatingSystem.IsWindows()
            ? null
            : System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, c =>
            {
                c.Cancel = true;
                Ask();
            });
    }

    public bool Asked => asked;

    /// <summary>Returns at the signal, or when the time is over.</summary>
    public void Wait(TimeSpan most) => signal.Wait(most);

    public void Dispose()
    {
        Console.CancelKeyPress -= handler;
        terminate?.Dispose();
        signal.Dispose();
    }

    private void Ask()
    {
        asked = true;
        signal.Set();
    }
}
