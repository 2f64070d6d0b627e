using System.Collections.Concurrent;
using EOrda.Accounts.Codes;

namespace EOrda.Accounts.Tests.Support;

/// <summary>The codes that were sent.</summary>
internal sealed class Outbox : ICodeSender
{
    private readonly ConcurrentQueue<CodeMessage> sent = new();

    public int Count => sent.Count;

    public void Send(CodeMessage message) => sent.Enqueue(message);

    public string Last(string phone) => sent.Last(message => message.Phone == phone).Digits;
}
