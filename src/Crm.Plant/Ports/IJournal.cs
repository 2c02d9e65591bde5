using Crm.Plant.Records;

namespace Crm.Plant.Ports;

/// <summary>
/// The durable record. What makes the plant do something new is appended and committed before it takes effect; what moves it towards
/// safe takes effect first and is appended after (DESIGN section 2).
/// </summary>
public interface IJournal
{
    /// <summary>Adds one event to the open transaction. Order is the sequence number the journal gives.</summary>
    /// <exception cref="JournalFaultException">Cannot be written: the batch holds, protection and commands towards safe go on.</exception>
    void Append(BatchEvent happened);

    /// <summary>
    /// Makes everything appended so far durable. A journal with a writer of its own only hands it over and tells by
    /// <see cref="IsDurable"/> when it is done: it never keeps the caller waiting for a disk.
    /// </summary>
    /// <exception cref="JournalFaultException">As above.</exception>
    void Commit();

    /// <summary>Whether everything committed is durable. Always true for a journal that writes within <see cref="Commit"/>.</summary>
    /// <exception cref="JournalFaultException">What was committed could not be written and was taken back whole.</exception>
    bool IsDurable => true;
}

/// <summary>The journal cannot be written (disk full, file gone).</summary>
public sealed class JournalFaultException(string message, Exception? inner = null) : Exception(message, inner);
