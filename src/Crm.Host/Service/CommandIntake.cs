using Crm.Contracts;
using Crm.Control;

namespace Crm.Host.Service;

/// <summary>
/// Gives the commands of the API their numbers and keeps their answers, so that a repeated id is harmless. Controller thread; the tasks
/// it hands out complete elsewhere.
/// </summary>
public sealed class CommandIntake
{
    public const int Remembered = 4096;

    /// <summary>The unattended technician counts from 1; people's commands begin far above.</summary>
    private long last = 1L << 32;

    private readonly Dictionary<string, Task<CommandResult>> known = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();
    private readonly Dictionary<long, (string Id, TaskCompletionSource<CommandResult> Done)> pending = [];

    public int Pending => pending.Count;

    /// <param name="key">Who and the caller's id.</param>
    public Task<CommandResult> Give(PlantController plant, string key, string id, Func<long, OperatorCommand> make)
    {
        if (known.TryGetValue(key, out var before)) return before;
        var reply = plant.Command(make(++last));
        var task = reply.Kind == ReplyKind.Pending ? Wait(reply.Id, id) : Task.FromResult(Result(id, reply));
        known[key] = task;
        order.Enqueue(key);
        if (order.Count > Remembered) known.Remove(order.Dequeue());
        return task;
    }

    /// <summary>The scan has judged a command.</summary>
    public void Outcome(CommandReply reply)
    {
        if (pending.Remove(reply.Id, out var waiting)) waiting.Done.TrySetResult(Result(waiting.Id, reply));
    }

    private Task<CommandResult> Wait(long number, string id)
    {
        var done = new TaskCompletionSource<CommandResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        pending[number] = (id, done);
        return done.Task;
    }

    private static CommandResult Result(string id, CommandReply reply) =>
        new(id, reply.Kind == ReplyKind.Accepted ? "accepted" : "refused", reply.Reason);
}
