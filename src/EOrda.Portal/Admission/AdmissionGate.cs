namespace EOrda.Portal.Admission;

/// <summary>
/// The first that a request meets once its address has been read. What is too much is refused here, before anything is looked up or read: one address too fast or
/// with too much open, or more under way than can be answered in good time. Health always passes; pages have their address's rate only. What a command has to prove
/// is seen to by <see cref="CommandDoor"/>, and a slot under way is taken by who asks the node.
/// </summary>
internal sealed class AdmissionGate(RequestDelegate next, Rates rates, UnderWay underWay, WorkInFlight work, LiveEntrance live, Refusals refusals)
{
    public Task InvokeAsync(HttpContext context)
    {
        var kind = RequestKind.Of(context);
        if (kind == RequestKind.Health)
        {
            return next(context);
        }

        var caller = Callers.KeyOf(context.Connection.RemoteIpAddress);
        if (rates.TakeOfAddress(caller) is { } wait)
        {
            refusals.OfAddress(context, wait);
            return Task.CompletedTask;
        }

        if (kind is null)
        {
            return RefuseAsync(context);
        }

        if (kind == RequestKind.Page)
        {
            return next(context);
        }

        if (kind == RequestKind.Live)
        {
            return live.EnterAsync(context, caller, next);
        }

        if (work.IsFull)
        {
            refusals.Busy(context);
            return Task.CompletedTask;
        }

        return AnswerAsync(context, caller);
    }

    /// <summary>No endpoint answers it, so that it proves nothing either.</summary>
    private Task RefuseAsync(HttpContext context)
    {
        if (rates.TakeUnproved() is null)
        {
            return next(context);
        }

        refusals.Unproved(context);
        return Task.CompletedTask;
    }

    private async Task AnswerAsync(HttpContext context, int? caller)
    {
        if (!underWay.OfAddresses.TryEnter(caller))
        {
            refusals.OfAddress(context);
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            underWay.OfAddresses.Leave(caller);
        }
    }
}
