using EOrda.Queues.Places;
using EOrda.Queues.Time;

namespace EOrda.Queues;

public sealed partial class Queue
{
    private SortedSet<int>? touched;

    /// <summary>Begins (or begins anew) to note which places change, for <see cref="TakeTouchedPlaces"/>.</summary>
    public void NoteTouchedPlaces() => touched = [];

    /// <summary>Ends the noting.</summary>
    public void ForgetTouchedPlaces() => touched = null;

    /// <summary>True when some place changed since they were taken last.</summary>
    public bool HasTouchedPlaces => touched is { Count: > 0 };

    /// <summary>The places that changed since the last call, in registration order, each with its registration number; none when nothing is noted.</summary>
    public IReadOnlyList<(int Number, PlaceView Place)> TakeTouchedPlaces(Moment at)
    {
        if (touched is null or { Count: 0 })
        {
            return [];
        }

        var views = touched.Select(index => (index, ViewOf(index, at))).ToList();
        touched.Clear();
        return views;
    }

    private void Touch(int place) => touched?.Add(place);
}
