namespace EOrda.Queues;

/// <summary>What the rules decided: an answer, and the events that make it so. A refusal has no events.</summary>
internal readonly struct Decision
{
    private readonly Answer? answer;
    private readonly int standingOf;

    private Decision(Answer? answer, int standingOf, QueueEvent[] events)
    {
        this.answer = answer;
        this.standingOf = standingOf;
        Events = events;
    }

    public QueueEvent[] Events { get; }

    /// <summary>The reason of a refusal; null when the command is accepted.</summary>
    public Rules.Reason? Refused => (answer as Refusal)?.Reason;

    public static Decision Refuse(Rules.Reason reason) => new(Refusal.For(reason), -1, []);

    public static Decision Accept(Answer answer, params QueueEvent[] events) => new(answer, -1, events);

    /// <summary>Answered with where the application stands once the events are applied.</summary>
    public static Decision AcceptStanding(int application, params QueueEvent[] events) => new(null, application, events);

    public Answer AnswerIn(Queue queue) => answer ?? queue.StandingOf(standingOf);
}

/// <summary>An event and the instant at which it took effect.</summary>
public readonly record struct DatedEvent(Time.Moment At, QueueEvent Event);
