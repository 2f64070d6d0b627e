namespace EOrda.Queues.Country;

/// <summary>
/// What a register records of a turn taken whole. Nothing can be cut in its middle, so what began and ended in it need not be known: a filing that was
/// refused leaves no trace.
/// </summary>
public static class WholeTurns
{
    /// <summary>What is left of the events when each that ends something leaves out the one that began it, and itself where it says nothing more.</summary>
    /// <param name="noted">What one register noted in the turn, in order. The state that the rest makes is the same.</param>
    public static IReadOnlyList<RegisterEvent> Lasting(IReadOnlyList<RegisterEvent> noted)
    {
        var lasting = new List<RegisterEvent>(noted.Count);
        foreach (var e in noted)
        {
            var begun = lasting.FindIndex(before => Ends(e, before));
            if (begun >= 0)
            {
                lasting.RemoveAt(begun);
            }

            if (begun < 0 || e is not (ApplicationGivenBack or FilingEnded))
            {
                lasting.Add(e);
            }
        }

        return lasting;
    }

    private static bool Ends(RegisterEvent end, RegisterEvent begun) => (end, begun) switch
    {
        (ApplicationGivenBack e, ApplicationClaimed b) => b.Application == e.Application,
        (ApplicationRegistered e, ApplicationClaimed b) => b.Application == e.Application,
        (PlaceRegistered e, PlaceClaimed b) => b.Place == e.Place,
        (FilingEnded e, FilingBegun b) => b.Submit.Child == e.Child && b.Queue.Kind == e.Kind,
        (ChildFiled e, FilingBegun b) => b.Submit.Child == e.Child && b.Queue.Kind == e.Queue.Kind,
        _ => false,
    };
}
