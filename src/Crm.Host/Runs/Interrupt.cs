namespace Crm.Host.Runs;

/// <summary>Ctrl-C and SIGTERM as a wish the run loop looks at between scans; a second Ctrl-C ends the process as usual.</summary>
public sealed class Interrupt : IDisposable
{
    private readonly ConsoleCancelEventHandler handler;
    private readonly System.Runtime.InteropServices.PosixSignalRegistration? terminate;
    private volatile bool asked;

    public Interrupt()
    {
        handler = (_, e) =>
        {
            e.Cancel = !asked;
            asked = true;
        };
        Console.CancelKeyPress += handler;
        terminate = OperatingSystem.IsWindows()
            ? null
            : System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, c =>
            {
                c.Cancel = true;
                asked = true;
            });
    }

    public bool Asked => asked;

    public void Dispose()
    {
        Console.CancelKeyPress -= handler;
        terminate?.Dispose();
    }
}
