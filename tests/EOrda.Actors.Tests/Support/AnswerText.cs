using EOrda.Queues;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Tests.Support;

/// <summary>Answers as text, so that they can be compared whole.</summary>
internal static class AnswerText
{
    public static string Of(Answer answer)
    {
        // In what order the queues of a locality are cleaned up is the node's matter.
        var comparable = answer is CleanedUp cleaned ? new CleanedUp([.. cleaned.StopListed.Order(StringComparer.Ordinal)]) : answer;
        var to = new ByteWriter();
        AnswerFormat.Write(to, comparable);
        return Convert.ToHexString(to.Written.Span);
    }
}
