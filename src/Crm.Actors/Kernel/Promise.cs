namespace Crm.Actors.Kernel;

/// <summary>The waiting end of one <c>Ask</c>.</summary>
internal abstract class Promise
{
    public long Timer;

    public abstract void Fail(Exception exception);
}

internal sealed class Promise<T> : Promise
{
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => _source.Task;

    public void Fulfil(T reply) => _source.TrySetResult(reply);

    public override void Fail(Exception exception) => _source.TrySetException(exception);
}
