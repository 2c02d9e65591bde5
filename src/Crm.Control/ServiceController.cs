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
    private readonly Scope scope = new();
    private readonly DutyState[] duties;

    /// <param name="duties">By their order in the rig; owned by this controller from now on.</param>
    public ServiceController(RigDefinition rig, ActorRef<RigMessage> rigActor, DutyState[] duties)
    {
        this.rig = rig;
        this.rigActor = rigActor;
        this.duties = duties;
        owners = [.. rig.Duties.Select(d => new Owner(d.Unit))];
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
        if (duty.For > TimeSpan.Zero) Time(duty, ref state, frame);
        else state.Running = state.Running ? !Ends(duty) : Begins(duty);
        double value = state.Running ? duty.Value : duty.Rest;
        return state.Running && duty.Loop >= 0 ? Demand.Loop(duty.Loop, value, frame.Scan) : Demand.Output(duty.Output, value, frame.Scan);
    }

    /// <summary>What protection or a person kept shut meanwhile is not done: only scans in which the plan drove the output count.</summary>
    private void Time(DutyDefinition duty, ref DutyState state, PlantFrame frame)
    {
        if (Is(duty.StartWhen, false)) state.Done = TimeSpan.Zero;
        if (state.Running && frame.Plan.Values[duty.Output] == duty.Value) state.Done += rig.ScanPeriod;
        state.Running = state.Done < duty.For && (state.Running ? !Ends(duty) : Begins(duty));
    }

    private bool Begins(DutyDefinition duty) => Is(duty.StartWhen, true) && !(duty.StopWhen is not null && Is(duty.StopWhen, true));

    private bool Ends(DutyDefinition duty) => duty.StopWhen is { } stop ? Is(stop, true) : Is(duty.StartWhen, false);

    private bool Is(Expression condition, bool wanted)
    {
        Reading reading = condition.Evaluate(scope);
        return !reading.IsBad && reading.Value >= 0.5 == wanted;
    }

    /// <summary>Duties see the image and nothing of a batch.</summary>
    private sealed class Scope : IExpressionScope
    {
        public Image Image { get; set; } = new(0, TimeSpan.Zero, []);

        public Reading Named(int slot) => Reading.Never;
    }
}
