using Crm.Actors;
using Crm.Plant.Expressions;
using Crm.Plant.Outputs;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Control;

/// <summary>
/// Plant services: scrubber, ventilation, cooling water, water loop. Outside every batch; no batch command reaches it. Each duty runs from
/// its start condition to its stop condition, or for its time. A condition that cannot be told changes nothing.
/// </summary>
public sealed class ServiceController : Actor<ServiceFrame>
{
    private readonly RigDefinition rig;
    private readonly ActorRef<RigMessage> rigActor;
    private readonly Owner[] owners;
    private readonly LimitTest[] starts;
    private readonly LimitTest?[] stops;
    private readonly Scope scope = new();
    private readonly DutyState[] duties;

    /// <param name="duties">By their order in the rig; owned by this controller from now on.</param>
    public ServiceController(RigDefinition rig, ActorRef<RigMessage> rigActor, DutyState[] duties)
    {
        this.rig = rig;
        this.rigActor = rigActor;
        this.duties = duties;
        owners = [.. rig.Duties.Select(d => new Owner(d.Unit))];
        starts = [.. rig.Duties.Select(d => new LimitTest(d.StartWhen))];
        stops = [.. rig.Duties.Select(d => d.StopWhen is { } stop ? new LimitTest(stop) : (LimitTest?)null)];
    }

    /// <summary>Services that nobody drives are no services: a fault here trips the rig, latched (DESIGN section 7).</summary>
    public override void Receive(ServiceFrame message, ActorContext<ServiceFrame> context)
    {
        try
        {
            DemandAll(message, context);
        }
        catch (Exception fault)
        {
            context.Tell(rigActor, new ControllerFailed("services", $"{fault.GetType().Name}: {fault.Message}"));
        }
    }

    public override Actor<ServiceFrame> Fork() => new ServiceController(rig, rigActor, (DutyState[])duties.Clone());

    private void DemandAll(ServiceFrame message, ActorContext<ServiceFrame> context)
    {
        scope.Image = message.Frame.Image;
        for (int first = 0; first < owners.Length;)
        {
            var demands = new List<Demand>(4);
            int i = first;
            for (; i < owners.Length && owners[i] == owners[first]; i++) demands.Add(Judge(i, message.Frame));
            context.Tell(rigActor, new Demands(owners[first], demands));
            first = i;
        }
    }

    private Demand Judge(int number, PlantFrame frame)
    {
        DutyDefinition duty = rig.Duties[number];
        ref DutyState state = ref duties[number];
        if (duty.For > TimeSpan.Zero) Time(number, duty, ref state, frame);
        else state.Running = state.Running ? !Ends(number) : Begins(number);
        double value = state.Running ? duty.Value : duty.Rest;
        return state.Running && duty.Loop >= 0 ? Demand.Loop(duty.Loop, value, frame.Scan) : Demand.Output(duty.Output, value, frame.Scan);
    }

    /// <summary>What protection or a person kept shut meanwhile is not done: only scans in which the plan drove the output count.</summary>
    private void Time(int number, DutyDefinition duty, ref DutyState state, PlantFrame frame)
    {
        if (Ask(starts[number]) == LimitAnswer.False) state.Done = TimeSpan.Zero;
        if (state.Running && frame.Plan.Values[duty.Output] == duty.Value) state.Done += rig.ScanPeriod;
        state.Running = state.Done < duty.For && (state.Running ? !Ends(number) : Begins(number));
    }

    private bool Begins(int number) => Ask(starts[number]) == LimitAnswer.True && !(stops[number] is { } stop && Ask(stop) == LimitAnswer.True);

    private bool Ends(int number) => stops[number] is { } stop ? Ask(stop) == LimitAnswer.True : Ask(starts[number]) == LimitAnswer.False;

    private LimitAnswer Ask(LimitTest test) => test.Ask(scope.Image, scope);

    /// <summary>Duties see the image and nothing of a batch.</summary>
    private sealed class Scope : IExpressionScope
    {
        public Image Image { get; set; } = new(0, TimeSpan.Zero, []);

        public Reading Named(int slot) => Reading.Never;
    }
}
