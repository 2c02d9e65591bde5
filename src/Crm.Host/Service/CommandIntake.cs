using Crm.Contracts;
using Crm.Control;

namespace Crm.Host.Service;

/// <summary>
/// Gives the commands of the API their numbers and keeps their answers, so that a repeated id is harmless. Controller thread; the tasks
/// it hands out complete elsewhere. What is told as accepted is on record: the answer waits for that, the plant does not.
/// </summary>
public sealed class CommandIntake
{
    public const int Remembered = 4096;

    /// <summary>The unattended technician counts from 1; people's commands begin far above.</summary>
    private long last = 1L << 32;

    private readonly Dictionary<string, Task<CommandResult>> known = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();
    private readonly Dictionary<long, (string Id, TaskCompletionSource<CommandResult> Done)> pending = [];

    private readonly List<(string Id, CommandReply Reply, TaskCompletionSource<CommandResult> Done)> unrecorded = [];

    public int Pending => pending.Count;

    /// <param name="key">Who and the caller's id.</param>
    public Task<CommandResult> Give(PlantController plant, string key, string id, Func<long, OperatorCommand> make) => Once(key, () =>
    {
        var reply = plant.CommandOnRecord(make(++last));
        return reply.Kind switch
        {
            ReplyKind.Pending => Wait(reply.Id, id),
            ReplyKind.Accepted => Record(id, reply, Promise()),
            _ => Task.FromResult(Result(id, reply)),
        };
    });

    /// <summary>Does it, or gives the answer of the first time.</summary>
    /// <param name="key">Who and the caller's id.</param>
    public Task<CommandResult> Once(string key, Func<Task<CommandResult>> act)
    {
        if (known.TryGetValue(key, out var before)) return before;
        var task = known[key] = act();
        order.Enqueue(key);
        if (order.Count > Remembered) known.Remove(order.Dequeue());
        return task;
    }

    /// <summary>Done, and told as accepted when it is on record.</summary>
    public Task<CommandResult> WhenRecorded(string id, string reason) => Record(id, new CommandReply(0, ReplyKind.Accepted, reason), Promise());

    /// <summary>The scan has judged a command.</summary>
    public void Outcome(CommandReply reply)
    {
        if (!pending.Remove(reply.Id, out var waiting)) return;
        if (reply.Kind == ReplyKind.Accepted) Record(waiting.Id, reply, waiting.Done);
        else waiting.Done.TrySetResult(Result(waiting.Id, reply));
    }

    /// <summary>After a scan: what was accepted is durable now, or cannot become so.</summary>
    /// <param name="fault">Why the record cannot be written: the answer says so, for what was asked is done.</param>
    public void Recorded(bool isDurable, string? fault)
    {
        if (unrecorded.Count == 0 || (!isDurable && fault is null)) return;
        foreach (var (id, reply, done) in unrecorded)
            done.TrySetResult(Result(id, fault is null ? reply : reply with { Reason = $"done, and not on record: {fault}" }));
        unrecorded.Clear();
    }

    private Task<CommandResult> Record(string id, CommandReply reply, TaskCompletionSource<CommandResult> done)
    {
        unrecorded.Add((id, reply, done));
        return done.Task;
    }

    private Task<CommandResult> Wait(long number, string id)
    {
        var done = Promise();
        pending[number] = (id, done);
        return done.Task;
    }

    private static TaskCompletionSource<CommandResult> Promise() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CommandResult Result(string id, CommandReply reply) =>
        new(id, reply.Kind == ReplyKind.Accepted ? "accepted" : "refused", reply.Reason);
}
