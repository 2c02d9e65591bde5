using Microsoft.Data.Sqlite;

namespace Crm.Store;

/// <summary>
/// A transaction by plain statements. On a full disk SQLite takes one back by itself; the driver's own object then neither ends nor lets another begin, and a writer
/// that met a full disk once could never write again.
/// </summary>
internal sealed class WriteTransaction : IDisposable
{
    private readonly SqliteConnection connection;
    private bool isOpen = true;

    /// <exception cref="SqliteException">The file cannot be written now.</exception>
    public WriteTransaction(SqliteConnection connection)
    {
        this.connection = connection;
        SqliteFile.Execute(connection, "BEGIN IMMEDIATE");
    }

    /// <exception cref="SqliteException">Not durable; disposing takes it back.</exception>
    public void Commit()
    {
        SqliteFile.Execute(connection, "COMMIT");
        isOpen = false;
    }

    /// <summary>Takes back what was not committed.</summary>
    public void Dispose()
    {
        if (!isOpen) return;
        isOpen = false;
        try
        {
            SqliteFile.Execute(connection, "ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has already taken it back by itself (disk full, input/output error).
        }
    }
}
