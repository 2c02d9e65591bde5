using System.Collections.Immutable;
using Crm.Plant.Allocation;
using Crm.Plant.Tests.UnitOperations;
using Xunit;

namespace Crm.Plant.Tests.Allocation;

/// <summary>Equipment classes bind to units that can do what is asked, with reasons when none can (S88-26).</summary>
public class BindingTests
{
    private static readonly EquipmentRequirement Reactor = EquipmentRequirement.Of("reactor", "reactor") with { WorkingVolume = 30, Operations = ["dose", "heat"], Reagents = ["acid"] };

    [Fact]
    public void A_class_binds_to_the_unit_that_can()
    {
        BindingResult bound = Bind([Reactor, EquipmentRequirement.Of("nutsche", "filter"), EquipmentRequirement.Of("buffer", "tank")], [new("reactor", "nutsche"), new("reactor", "buffer")]);
        Assert.True(bound.Succeeded, string.Join("; ", bound.Reasons.Select(r => r.Reason)));
        Assert.Equal(("vessel", "filter", "tank"), (bound.Units["reactor"], bound.Units["nutsche"], bound.Units["buffer"]));
    }

    public static TheoryData<EquipmentRequirement, string, string> Impossible => new()
    {
        { Reactor with { WorkingVolume = 60 }, "vessel", "holds 40 L, 60 L are needed" },
        { Reactor with { TemperatureHigh = 180 }, "vessel", "goes up to 150 degC, 180 degC are needed" },
        { Reactor with { TemperatureLow = -20 }, "vessel", "goes down to -5 degC, -20 degC are needed" },
        { Reactor with { Reagents = ["acid", "peroxide"] }, "vessel", "has no dosing line for peroxide" },
        { Reactor with { Tags = ["orp"] }, "vessel", "has no orp" },
        { Reactor with { Operations = ["filter"] }, "vessel", "cannot filter: that runs on filter" },
        { Reactor with { Operations = ["distil"] }, "vessel", "cannot distil: there is no such unit operation" },
        { Reactor with { Class = "tank", WorkingVolume = null, Reagents = [], Operations = ["heat"] }, "tank", "cannot heat: it has no temperature" },
        { Reactor with { Class = "tank", WorkingVolume = null, Reagents = [], Operations = [], TemperatureHigh = 30 }, "tank", "has no temperature loop" },
        { Reactor with { Class = "autoclave" }, "vessel", "is a reactor, not a autoclave" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void What_no_unit_can_is_told_with_the_reason_of_each(EquipmentRequirement requirement, string unit, string reason)
    {
        BindingResult bound = Bind([requirement], []);
        Assert.False(bound.Succeeded);
        Assert.Contains(new BindingReason("reactor", unit, reason), bound.Reasons);
        Assert.Contains(bound.Reasons, r => r.Reason == "no unit of toy can be reactor");
    }

    [Fact]
    public void Two_requirements_never_share_a_unit()
    {
        BindingResult bound = Bind([Reactor, Reactor with { Name = "second" }], []);
        Assert.False(bound.Succeeded);
        Assert.Contains(bound.Reasons, r => r.Reason.StartsWith("no choice of different units", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_line_is_named()
    {
        BindingResult bound = Bind([EquipmentRequirement.Of("dryer", "dryer"), EquipmentRequirement.Of("buffer", "tank")], [new("dryer", "buffer")]);
        Assert.Contains(bound.Reasons, r => r.Reason == "no line leads from dryer to tank or store or organic");
    }

    [Fact]
    public void A_choice_of_a_person_is_kept_or_refused()
    {
        var chosen = ImmutableSortedDictionary<string, string>.Empty.Add("buffer", "filter");
        BindingResult bound = EquipmentBinding.Bind(ToyRig.Rig, [EquipmentRequirement.Of("buffer", "tank")], [], chosen);
        Assert.Contains(new BindingReason("buffer", "filter", "is a filter, not a tank"), bound.Reasons);
    }

    private static BindingResult Bind(ImmutableArray<EquipmentRequirement> requirements, ImmutableArray<ConnectionRequirement> connections) =>
        EquipmentBinding.Bind(ToyRig.Rig, requirements, connections);
}
