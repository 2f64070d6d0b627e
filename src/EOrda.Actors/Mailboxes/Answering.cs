namespace EOrda.Actors.Mailboxes;

/// <summary>Lets some answers out, on a thread that is neither an entity's nor the journal's.</summary>
internal sealed class Answering(List<Message> waiting, int start, int end, Exception? fault) : IThreadPoolWorkItem
{
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
                waiting[i].Fail(fault);
            }
        }
    }
}
