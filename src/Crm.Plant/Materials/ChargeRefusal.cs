using System.Collections.Immutable;

namespace Crm.Plant.Materials;

/// <summary>What is wrong with a charge that must not go in.</summary>
public enum RefusalKind : byte
{
    WrongMaterial,

    /// <summary>The rig lists lots of the material, and this is none of them.</summary>
    UnknownLot,
    Blocked,
    Expired,
    Weak,
    TooLittle,

    /// <summary>The vessel holds what another batch left.</summary>
    OtherBatch,

    /// <summary>The vessel has to be emptied or cleaned first.</summary>
    NotClean,

    /// <summary>A rule says that the two must never meet.</summary>
    NeverMeet,
    Overfills,
}

/// <summary>Why a charge is refused.</summary>
/// <param name="Of">Lot that is at fault, or the vessel with what lies in it.</param>
/// <param name="Text">As a technician reads it.</param>
public sealed record ChargeRefusal(RefusalKind Kind, string Of, string Text)
{
    /// <summary>What a person answers for who accepts it: this fault of this lot or this vessel, no other.</summary>
    public Acceptance Acceptance => new(Kind, Of);

    /// <summary>
    /// What a person may answer for by name: the material is what it says, and nobody is hurt by it. A lot in quarantine or of another material, too little, two that
    /// must never meet and an overfilled vessel nobody may accept.
    /// </summary>
    public bool MayBeAccepted => Kind is RefusalKind.UnknownLot or RefusalKind.Expired or RefusalKind.Weak or RefusalKind.OtherBatch or RefusalKind.NotClean;
}

/// <summary>A person has answered for a fault of one lot, or of what lies in one vessel.</summary>
public readonly record struct Acceptance(RefusalKind Kind, string Of);

/// <summary>A refused charge with what could be charged instead.</summary>
/// <param name="Drawn">Lots it would have drawn from; empty for liquor.</param>
/// <param name="Others">Lots of the material that would do.</param>
/// <param name="TopUp">Lots that make up what is missing together with <paramref name="Drawn"/>; empty when nothing is missing or too little is there.</param>
public sealed record ChargeOffer(ChargeRefusal Refusal, ImmutableArray<string> Drawn, ImmutableArray<string> Others, ImmutableArray<string> TopUp);
