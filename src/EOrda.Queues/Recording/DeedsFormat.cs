using EOrda.Queues.Steps;

namespace EOrda.Queues.Recording;

/// <summary>What a queue did for which command as bytes, in its snapshot, after its applications and places.</summary>
internal static class DeedsFormat
{
    public static void Write(ByteWriter to, Queue queue)
    {
        var deeds = queue.Deeds;
        for (var i = 0; i < queue.Applications.Count; i++)
        {
            to.Key(deeds.KeyOfFiling(i));
            to.Count(deeds.PositionAtFiling(i));
        }

        for (var i = 0; i < queue.Places.Count; i++)
        {
            to.Key(deeds.KeyOfReport(i));
            to.Moment(deeds.AvailableAtReport(i));
        }

        to.Count(deeds.Preparing.Count);
        foreach (var (application, key) in deeds.Preparing)
        {
            to.Count(application);
            to.Key(key);
        }

        to.Count(deeds.Enrolled.Count);
        foreach (var (application, enrolment) in deeds.Enrolled.OrderBy(entry => entry.Key))
        {
            to.Count(application);
            to.Key(enrolment.Key);
            to.OptionalText(enrolment.Left);
        }

        to.Count(deeds.Left.Count);
        foreach (var (application, left) in deeds.Left.OrderBy(entry => entry.Key))
        {
            to.Count(application);
            to.Key(left.Key);
            to.Count(left.Place);
        }
    }

    public static void Read(ref ByteReader from, Queue queue)
    {
        for (var i = 0; i < queue.Applications.Count; i++)
        {
            queue.Deeds.Filed(from.Key(), from.Index());
        }

        for (var i = 0; i < queue.Places.Count; i++)
        {
            queue.Deeds.Reported(from.Key(), from.Moment());
        }

        for (var left = from.ItemCount(); left > 0; left--)
        {
            queue.Deeds.Preparing.Add(from.Index(), from.Key());
        }

        for (var left = from.ItemCount(); left > 0; left--)
        {
            queue.Deeds.Enrolled.Add(from.Index(), new Enrolment(from.Key(), from.OptionalText()));
        }

        for (var left = from.ItemCount(); left > 0; left--)
        {
            queue.Deeds.Left.Add(from.Index(), new LeftPlace(from.Key(), from.Index()));
        }
    }
}
