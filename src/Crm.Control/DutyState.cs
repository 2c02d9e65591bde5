namespace Crm.Control;

/// <summary>How one duty of a plant service stands.</summary>
public struct DutyState
{
    public bool Running { get; set; }

    /// <summary>How long its output has been where it wants it, this time; for a duty that ends by itself.</summary>
    public TimeSpan Done { get; set; }
}
