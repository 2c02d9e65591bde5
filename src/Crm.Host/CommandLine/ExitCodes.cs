namespace Crm.Host.CommandLine;

/// <summary>Exit codes that scripts rely on (docs/command-line.md).</summary>
public static class ExitCodes
{
    /// <summary>Product in specification and balances closed; or: nothing wrong found.</summary>
    public const int Good = 0;

    /// <summary>The batch finished, but out of specification or not closed; or: problems found.</summary>
    public const int Problems = 1;

    /// <summary>Usage or invalid input.</summary>
    public const int InvalidInput = 2;

    /// <summary>Held, stopped, aborted or interrupted.</summary>
    public const int NotFinished = 3;
}
