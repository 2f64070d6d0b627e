namespace EOrda.Actors.Tests.Support;

/// <summary>How things that were asked came out.</summary>
internal static class Outcomes
{
    /// <summary>"ok", the name of the exception, or "open" while there is no answer.</summary>
    public static string Of(Task task) => task switch
    {
        { IsCompletedSuccessfully: true } => "ok",
        { IsCompleted: true } => task.Exception!.InnerException!.GetType().Name,
        _ => "open",
    };

    /// <summary>The same for each, as "ok ×3, BusyException ×2".</summary>
    public static string Of(IEnumerable<Task> tasks) =>
        string.Join(", ", tasks.CountBy(Of).OrderBy(outcome => outcome.Key, StringComparer.Ordinal).Select(outcome => $"{outcome.Key} ×{outcome.Value}"));
}
