using System.Diagnostics;
using EOrda.Queues;
using EOrda.Queues.Names;

namespace EOrda.Actors.Telemetry;

/// <summary>
/// The trace of one asked command: an activity from the asking to the answer, and in it one for each stage, waiting on its way and in the mailbox,
/// being decided, waiting for the disk. There is one only where the caller is being recorded, so that others pay nothing. No identifier goes into it.
/// </summary>
internal sealed class AskTrace
{
    private static readonly ActivitySource Source = new(NodeTelemetry.SourceName);

    private readonly Activity whole;
    private Activity? stage;

    private AskTrace(Activity whole)
    {
        this.whole = whole;
        stage = Begin("eorda.mailbox", whole.Context);
    }

    /// <summary>Begins the trace of a command that is asked now; null where nobody records.</summary>
    public static AskTrace? Begin(Command command)
    {
        if (!Source.HasListeners() || Activity.Current is not { Recorded: true } caller)
        {
            return null;
        }

        var asked = Begin("eorda.ask", caller.Context);
        asked?.SetTag("eorda.command", command.GetType().Name);
        return asked is null ? null : new AskTrace(asked);
    }

    /// <summary>It is the command's turn. One that is asked again is one.</summary>
    public void Deciding()
    {
        if (stage?.OperationName == "eorda.mailbox")
        {
            Go("eorda.decide");
        }
    }

    /// <summary>It is decided, and waits for the disk.</summary>
    public void Decided() => Go("eorda.commit");

    /// <summary>The answer goes out.</summary>
    public void Answered(Answer answer) => End(answer is Refusal refusal ? Words.Of(refusal.Reason) : "accepted");

    /// <summary>It came to nothing.</summary>
    public void Failed(Exception fault)
    {
        whole.SetStatus(ActivityStatusCode.Error);
        End(fault.GetType().Name);
    }

    private static Activity? Begin(string name, ActivityContext parent)
    {
        // The threads here belong to nobody: what is current on them stays as it is.
        var current = Activity.Current;
        var begun = Source.StartActivity(name, ActivityKind.Internal, parent);
        Activity.Current = current;
        return begun;
    }

    private static void End(Activity? activity)
    {
        var current = Activity.Current;
        activity?.Stop();
        Activity.Current = current;
    }

    private void Go(string next)
    {
        End(stage);
        stage = Begin(next, whole.Context);
    }

    private void End(string outcome)
    {
        End(stage);
        whole.SetTag("eorda.outcome", outcome);
        End(whole);
    }
}
