using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace EOrda.Actors.Mailboxes;

/// <summary>A bounded queue of messages from many senders to one entity.</summary>
internal sealed class Mailbox(int capacity)
{
    private readonly ConcurrentQueue<Message> messages = new();
    private int count;

    /// <summary>How many messages wait.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Takes a message in. False when the mailbox is full.</summary>
    public bool TryPost(Message message)
    {
        if (Interlocked.Increment(ref count) > capacity)
        {
            Interlocked.Decrement(ref count);
            return false;
        }

        messages.Enqueue(message);
        return true;
    }

    /// <summary>Takes a message in whatever the bound: the node's own, of which there are few.</summary>
    public void Post(Message message)
    {
        Interlocked.Increment(ref count);
        messages.Enqueue(message);
    }

    /// <summary>Gives the next message out.</summary>
    public bool TryTake([NotNullWhen(true)] out Message? message)
    {
        if (!messages.TryDequeue(out message))
        {
            return false;
        }

        Interlocked.Decrement(ref count);
        return true;
    }
}
