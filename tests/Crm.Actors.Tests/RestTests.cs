using Crm.Actors.Kernel;
using Xunit;

namespace Crm.Actors.Tests;

/// <summary>The one interleaving in which a wake-up can be lost, played by hand.</summary>
public sealed class RestTests
{
    [Fact]
    public void Work_that_comes_between_the_empty_look_and_the_lowered_flag_is_seen()
    {
        using var system = new ThreadedSystem(TimeProvider.System, threads: 1);
        using var seen = new ManualResetEventSlim();
        var workers = new Workers("workers", 1);
        Workers.Wake(new LateCell(system, seen) { Workers = workers });
        Assert.True(seen.Wait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken), "the wake-up was lost");
        workers.Close();
    }

    /// <summary>In its first turn it finds nothing, and only then, while its thread still counts as busy, somebody posts and wakes.</summary>
    private sealed class LateCell(ActorSystem system, ManualResetEventSlim seen) : Cell(system, 1, 0, "late", ActorOptions.Default)
    {
        private bool _looked;

        protected override int Waiting => 0;

        public override bool Turn()
        {
            if (TakeControl() is not null)
            {
                seen.Set();
                return true;
            }
            if (_looked)
                return false;
            _looked = true;
            Post(Control.Start);
            Kernel.Workers.Wake(this);
            return false;
        }

        public override Cell Fork(ActorSystem system) => throw new NotSupportedException();

        protected override void Create() => throw new NotSupportedException();

        protected override void Release() => throw new NotSupportedException();

        protected override void CloseMailbox() => throw new NotSupportedException();

        protected override void Disengage() => throw new NotSupportedException();

        protected override void OnTimer(long timer) => throw new NotSupportedException();

        protected override void OnTerminated(in Terminated terminated) => throw new NotSupportedException();
    }
}
