using System.Collections.Immutable;
using System.Globalization;

namespace Crm.Plant.Allocation;

/// <summary>
/// Gives units and shared services to batches, pure. A request is taken whole or not at all, so that asking for all units of a step at once
/// cannot deadlock; who already holds something and asks for more can, and that is found in the same call (S88-17 to S88-19).
/// </summary>
public static class AllocationDesk
{
    /// <summary>More than this wait: further requests are refused.</summary>
    public const int MostWaiting = 4096;

    /// <summary>Relative slack for sums of amounts.</summary>
    internal const double Rounding = 1e-9;

    /// <summary>Asks for all of a request's needs. Granted in the same call when they are free and nobody before it wants them.</summary>
    public static AllocationAnswer Ask(AllocationState state, AllocationRequest request)
    {
        var log = new AllocationLog(state);
        if (WhyNever(state, request) is { } why)
        {
            log.Add(AllocationEventKind.Refused, request.Owner, why);
            return log.Answer(state);
        }

        long sequence = log.Next();
        if (request.Claims is { } claims) state = state with { Claims = state.Claims.SetItem(request.Owner, claims) };
        state = state with { Waiting = state.Waiting.Add(new WaitingRequest(sequence, request)) };
        state = Grant(state, log);
        if (!state.Waits(request.Owner)) return log.Answer(state);
        log.Add(AllocationEventKind.Queued, request.Owner, $"{request.Owner} waits: {WhyWaiting(state, request.Owner)}", [.. request.Needs.Select(n => n.Resource)]);
        Recall(state, request, log);
        return log.Answer(DeadlockCheck.Report(state, log));
    }

    /// <summary>What an owner may yet ask for has become less, or is known again; what waited for that is granted in the same call.</summary>
    public static AllocationAnswer Claim(AllocationState state, string owner, ImmutableSortedSet<string> claims) =>
        Release(state with { Claims = state.Claims.SetItem(owner, claims) }, owner, _ => false);

    /// <summary>Gives one resource back; what waits for it is granted in the same call.</summary>
    public static AllocationAnswer Release(AllocationState state, string owner, string resource) =>
        Release(state, owner, h => h.Owner == owner && h.Resource == resource);

    /// <summary>Everything an owner holds, waits for or has reserved is given back: called at every terminal state of a batch.</summary>
    public static AllocationAnswer ReleaseAll(AllocationState state, string owner)
    {
        state = state with { Waiting = state.Waiting.RemoveAll(w => w.Request.Owner == owner), Reservations = state.Reservations.RemoveAll(r => r.Owner == owner), Claims = state.Claims.Remove(owner) };
        return Release(state, owner, h => h.Owner == owner);
    }

    /// <summary>Leaves the queue; what is held stays.</summary>
    public static AllocationAnswer Withdraw(AllocationState state, string owner) =>
        Release(state with { Waiting = state.Waiting.RemoveAll(w => w.Request.Owner == owner) }, owner, _ => false);

    /// <summary>Keeps an amount free for an owner in a time to come; refused where reservations would exceed the capacity.</summary>
    public static AllocationAnswer Reserve(AllocationState state, Reservation reservation)
    {
        var log = new AllocationLog(state);
        string? why = WhyNotReserved(state, reservation);
        log.Add(why is null ? AllocationEventKind.Reserved : AllocationEventKind.Refused, reservation.Owner, why ?? Text(reservation));
        return log.Answer(why is null ? state with { Reservations = state.Reservations.Add(reservation) } : state);
    }

    /// <summary>Time goes on: reservations end, and requests that waited for them are granted. Call once a scan or once a second.</summary>
    public static AllocationAnswer Advance(AllocationState state, TimeSpan now)
    {
        ImmutableArray<Reservation> over = state.Reservations.RemoveAll(r => r.Until > now);
        state = state with { Now = now };
        if (state.Waiting.IsEmpty && over.IsEmpty) return new AllocationAnswer(state, []);
        var log = new AllocationLog(state);
        foreach (Reservation ended in over) log.Add(AllocationEventKind.ReservationEnded, ended.Owner, $"{Text(ended)} is over");
        state = Grant(state with { Reservations = state.Reservations.RemoveAll(r => r.Until <= now) }, log);
        return log.Answer(DeadlockCheck.Report(state, log));
    }

    /// <summary>What a waiting owner waits for, with who has it; null when it does not wait.</summary>
    public static string? WhyWaiting(AllocationState state, string owner)
    {
        WaitingRequest? waiting = state.Waiting.FirstOrDefault(w => w.Request.Owner == owner);
        if (waiting is null) return null;
        string[] lacking = [.. waiting.Request.Needs.Where(n => !Arbitration.Fits(state, waiting.Request, n)).Select(n => Lacking(state, n))];
        if (lacking.Length > 0) return string.Join("; ", lacking);
        if (SafeGrant.WhyNot(state, waiting) is { } unsafeNow) return unsafeNow;
        string before = string.Join(", ", Arbitration.Order(state).TakeWhile(w => w.Sequence != waiting.Sequence)
            .Where(w => w.Request.Needs.Any(n => waiting.Request.Needs.Any(m => m.Resource == n.Resource))).Select(w => w.Request.Owner));
        return $"its turn comes after {before}";
    }

    private static AllocationAnswer Release(AllocationState state, string owner, Func<Holding, bool> given)
    {
        var log = new AllocationLog(state);
        foreach (Holding holding in state.Holdings.Where(given))
            log.Add(AllocationEventKind.Released, owner, $"{owner} gives back {Amount(state, holding.Resource, holding.Amount)}", holding.Resource);
        state = state with { Holdings = state.Holdings.RemoveAll(h => given(h)) };
        return log.Answer(DeadlockCheck.Report(Grant(state, log), log));
    }

    /// <summary>Grants what can be, in the order of arbitration.</summary>
    private static AllocationState Grant(AllocationState state, AllocationLog log)
    {
        while (Arbitration.NextGrant(state) is { } next)
        {
            state = Arbitration.Take(state, next);
            string what = string.Join(", ", next.Request.Needs.Select(n => Amount(state, n.Resource, n.Amount)));
            log.Add(AllocationEventKind.Granted, next.Request.Owner, $"{next.Request.Owner} takes {what}", [.. next.Request.Needs.Select(n => n.Resource)]);
        }

        return state;
    }

    private static void Recall(AllocationState state, AllocationRequest request, AllocationLog log)
    {
        foreach (ResourceNeed need in request.Needs)
        {
            if (state.Resource(need.Resource) is not { Recalls: true } || Arbitration.Fits(state, request, need)) continue;
            foreach (Holding weaker in state.Holdings.Where(h => h.Resource == need.Resource && h.Priority < request.Priority))
                log.Add(AllocationEventKind.Recalled, weaker.Owner, $"{weaker.Owner} is asked to give {need.Resource} back to {request.Owner} when it can");
        }
    }

    private static string? WhyNever(AllocationState state, AllocationRequest request)
    {
        if (state.Waiting.Length >= MostWaiting) return $"{MostWaiting} requests wait already";
        if (request.Needs.IsEmpty) return $"{request.Owner} asks for nothing";
        if (state.Waits(request.Owner)) return $"{request.Owner} waits already: {WhyWaiting(state, request.Owner)}";
        foreach (ResourceNeed need in request.Needs)
        {
            if (state.Resource(need.Resource) is not { } resource) return $"there is no resource {need.Resource}";
            if (!(need.Amount > 0)) return $"{request.Owner} asks for no amount of {need.Resource}";
            if (request.Needs.Count(n => n.Resource == need.Resource) > 1) return $"{request.Owner} asks for {need.Resource} twice";
            if (state.Held(need.Resource, request.Owner) + need.Amount > resource.Capacity * (1 + Rounding))
                return $"{request.Owner} would hold {Amount(state, need.Resource, state.Held(need.Resource, request.Owner) + need.Amount)}: there is only {Plain(resource.Capacity)}";
        }

        return null;
    }

    private static string? WhyNotReserved(AllocationState state, Reservation wanted)
    {
        if (state.Resource(wanted.Resource) is not { } resource) return $"there is no resource {wanted.Resource}";
        if (resource.Rule != ArbitrationRule.Reserved) return $"{wanted.Resource} is not reserved by time";
        if (wanted.Until <= wanted.From || wanted.Until <= state.Now) return $"{Text(wanted)} has no time to come";
        double others = state.Reservations.Where(r => r.Resource == wanted.Resource && r.From < wanted.Until && wanted.From < r.Until).Sum(r => r.Amount);
        return others + wanted.Amount > resource.Capacity * (1 + Rounding)
            ? $"{Text(wanted)}: {Plain(others)} of {Plain(resource.Capacity)} {resource.Measure} are reserved in that time".TrimEnd()
            : null;
    }

    private static string Lacking(AllocationState state, ResourceNeed need)
    {
        string owners = string.Join(", ", state.Holdings.Where(h => h.Resource == need.Resource).Select(h => h.Owner).Distinct());
        string kept = string.Join(", ", state.Reservations.Where(r => r.Resource == need.Resource).Select(r => r.Owner).Distinct());
        return owners.Length > 0 ? $"{need.Resource} is with {owners}" : $"{need.Resource} is reserved for {kept}";
    }

    private static string Amount(AllocationState state, string name, double amount) =>
        state.Resource(name) is { Measure.Length: > 0 } shared ? $"{Plain(amount)} {shared.Measure} of {name}" : name;

    private static string Text(Reservation r) =>
        $"reservation of {r.Resource} for {r.Owner} from {r.From.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture)} to {r.Until.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture)} min";

    private static string Plain(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
