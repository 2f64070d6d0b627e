using EOrda.Queues;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Persistence.Tests.Processes;

/// <summary>Answers as bytes, so that two can be compared with all that is in them.</summary>
internal static class Answering
{
    public static string TextOf(Answer answer)
    {
        var to = new ByteWriter();
        // The clean-up answers queue by queue.
        AnswerFormat.Write(to, answer is CleanedUp cleaned ? new CleanedUp([.. cleaned.StopListed.Order(StringComparer.Ordinal)]) : answer);
        return $"{answer.GetType().Name} {(answer as Refusal)?.Reason} {Convert.ToHexString(to.Written.Span)}";
    }
}
