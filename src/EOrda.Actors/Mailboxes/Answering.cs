namespace EOrda.Actors.Mailboxes;

/// <summary>Lets some answers out or tells why there are none, on a thread that is neither an entity's nor the journal's.</summary>
internal sealed class Answering(Message[] waiting, int start, int end, Func<Exception>? fault) : IThreadPoolWorkItem
{
    /// <summary>Tells one message that it came to nothing: who waits for it must not go on in an entity's turn.</summary>
    public static void Fail(INodeScheduler scheduler, Message message, Exception fault) =>
        scheduler.Run(new Answering([message], 0, 1, () => fault));

    public void Execute()
    {
        for (var i = start; i < end; i++)
        {
            if (fault is null)
            {
                waiting[i].Release();
            }
            else
            {
                // One for each: a thrown exception changes.
                waiting[i].Fail(fault());
            }
        }
    }
}
