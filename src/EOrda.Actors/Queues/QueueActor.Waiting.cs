using EOrda.Actors.Country;
using EOrda.Actors.Processes;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Steps;
using EOrda.Queues.Twins;
using Reply = EOrda.Actors.Routing.Reply;

namespace EOrda.Actors.Queues;

/// <content>
/// What must wait before it is decided: the first filing or report until the localities have noted the queue, and what the node's copy of the localities may
/// only not know yet until the copy was brought up to date.
/// </content>
internal sealed partial class QueueActor
{
    private static readonly TimeSpan NoteAgainAfter = TimeSpan.FromSeconds(2);

    // What happened before the queue was noted: it adopted rules. Recorded before the first record.
    private readonly List<DatedEvent> unrecorded = [];
    private readonly List<object> unnoted = [];
    private List<object> looking = [];
    private List<object> unlooked = [];
    private bool isNoted;

    private int Held => unnoted.Count + looking.Count + unlooked.Count;

    // True when the message is held, or answered without a record since the queue has none.
    private bool TryHold(object message)
    {
        if (RequestOf(message) is not { } request)
        {
            return false;
        }

        if (MayBeOutOfDate(message))
        {
            Hold(unlooked, message, request);
            Look();
            return true;
        }

        return !isNoted && TryHoldUnnoted(message, request);
    }

    private bool TryHoldUnnoted(object message, Request request)
    {
        switch (message)
        {
            case AskStep { Step: FileApplication or ReportPlace }:
                Hold(unnoted, message, request);
                AskToBeNoted();
                return true;
            case AskStep { Step: QueueStep step }:
                Reply(request, BringUp(InstantNow()) ?? (object)Queue.Take(step, InstantNow(), rules, happened: null));
                return true;
            case AskQueue ask:
                Reply(request, BringUp(InstantNow()) ?? (IsKnown(ask.Command) ? (object)Queue.Execute(ask.Command, InstantNow(), rules, happened: null) : Homes.Unknown(ask.Command)));
                return true;
            default:
                return false;
        }
    }

    private void Hold(List<object> to, object message, Request request)
    {
        if (Held < Services.Bounds.HeldRequests)
        {
            to.Add(message);
        }
        else
        {
            Reply(request, BusyFor("holds as many requests as it may"));
        }
    }

    private void AskToBeNoted()
    {
        if (unnoted.Count == 1)
        {
            SendNote();
        }
    }

    private void SendNote()
    {
        around.Regions.Tell(new NoteQueue(around.Addresses.Localities, key, new Request(Self, 0)));
        Timers.StartSingleTimer(RestTick.IsNotNoted, RestTick.IsNotNoted, NoteAgainAfter);
    }

    private void Noted(bool isKnown)
    {
        Timers.Cancel(RestTick.IsNotNoted);
        isNoted |= isKnown;
        var messages = unnoted.ToList();
        unnoted.Clear();
        foreach (var message in messages)
        {
            if (isKnown)
            {
                Used();
                Serve(message);
            }
            else
            {
                Reply(RequestOf(message)!.Value, BusyFor("is of a locality that is not known yet"));
            }
        }
    }

    // What is held after a look has begun needs another.
    private void Look()
    {
        if (looking.Count == 0 && unlooked.Count > 0)
        {
            (looking, unlooked) = (unlooked, looking);
            rules.Keeper.Tell(RefreshNow.Message, Self);
        }
    }

    private void Looked(bool succeeded)
    {
        var messages = looking.ToList();
        looking.Clear();
        foreach (var message in messages)
        {
            var request = RequestOf(message)!.Value;
            if (!succeeded)
            {
                Reply(request, BusyFor("does not know the rules in force yet"));
            }
            else if (isNoted || !TryHoldUnnoted(message, request))
            {
                Used();
                Serve(message);
            }
        }

        Look();
    }

    private void RefuseHeld(RequestFailure failure)
    {
        foreach (var message in unnoted.Concat(looking).Concat(unlooked))
        {
            var request = RequestOf(message)!.Value;
            request.ReplyTo.Tell(new Replies([new Reply(request.Number, failure)]), Self);
        }
    }

    private bool MayBeOutOfDate(object message) =>
        rules.RulesOf(key.Locality, InstantNow()) is null || (KindergartenOf(message) is { } kindergarten && !rules.IsKindergarten(kindergarten));

    private static Request? RequestOf(object message) => message switch
    {
        AskQueue ask => ask.Request,
        AskStep ask => ask.Request,
        QueryQueue query => query.Request,
        _ => null,
    };

    private static string? KindergartenOf(object message) => message switch
    {
        AskQueue { Command: Reserve command } => command.Kindergarten,
        AskStep { Step: DecideCommand { Command: Reserve command } } => command.Kindergarten,
        AskStep { Step: DecideCommand { Command: ReserveBatch command } } => command.Kindergarten,
        AskStep { Step: LeadTwins step } => step.Kindergarten,
        _ => null,
    };
}
