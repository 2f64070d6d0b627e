using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;

namespace EOrda.Queues.Country;

public sealed partial class Register
{
    /// <summary>Takes a step of a process.</summary>
    /// <param name="step">The step.</param>
    /// <param name="noted">Receives the events; null when nobody wants them.</param>
    public Reply Take(RegisterStep step, List<RegisterEvent>? noted) => step switch
    {
        FindApplication s => new QueueFound(QueueOfApplication(s.Application)),
        FindPlace s => new QueueFound(QueueOfPlace(s.Place)),
        BeginFiling s => Begin(s, noted),
        EndFiling s => End(s, noted),
        ClaimApplication s => Claim(s, noted),
        KeepApplication s => Keep(s, noted),
        GiveApplicationBack s => GiveBack(s, noted),
        ClaimPlace s => Claim(s, noted),
        KeepPlace s => Keep(s, noted),
        PlaceChild s => Place(s, noted),
        _ => throw new ArgumentException($"A register does not know the step {step.GetType().Name}.", nameof(step)),
    };

    private Reply Begin(BeginFiling step, List<RegisterEvent>? noted)
    {
        var begun = new FilingBegun(step.Submit, step.Queue, step.Key);
        if (!filings.TryGetValue(ChildKey(step.Submit.Child, step.Queue.Kind), out var underWay))
        {
            Note(begun, noted);
        }
        else if (underWay.Key != step.Key)
        {
            return Busy.Now;
        }

        return new FilingBegan(LastFiled(step.Submit.Child, step.Queue.Kind));
    }

    private Noted End(EndFiling step, List<RegisterEvent>? noted)
    {
        if (filings.TryGetValue(ChildKey(step.Child, step.Kind), out var underWay) && underWay.Key == step.Key)
        {
            Note(step.Filed is { } filing ? new ChildFiled(step.Child, filing.Queue, filing.Application) : new FilingEnded(step.Child, step.Kind), noted);
        }

        return Noted.Done;
    }

    private Reply Claim(ClaimApplication step, List<RegisterEvent>? noted)
    {
        if (applications.Find(step.Application) is >= 0 and var number)
        {
            return applicationKeys[number] == step.Key ? Noted.Done : new Answered(Refusal.For(Reason.DuplicateApplication));
        }

        if (!claimedApplications.TryGetValue(step.Application, out var claimed))
        {
            Note(new ApplicationClaimed(step.Application, step.Queue, step.Key), noted);
        }
        else if (claimed.Key != step.Key)
        {
            return Busy.Now;
        }

        return Noted.Done;
    }

    private Noted Keep(KeepApplication step, List<RegisterEvent>? noted)
    {
        if (claimedApplications.TryGetValue(step.Application, out var claimed) && claimed.Key == step.Key)
        {
            Note(new ApplicationRegistered(step.Application, claimed.Queue, step.Key), noted);
        }

        return Noted.Done;
    }

    private Noted GiveBack(GiveApplicationBack step, List<RegisterEvent>? noted)
    {
        if (claimedApplications.TryGetValue(step.Application, out var claimed) && claimed.Key == step.Key)
        {
            Note(new ApplicationGivenBack(step.Application), noted);
        }

        return Noted.Done;
    }

    private Reply Claim(ClaimPlace step, List<RegisterEvent>? noted)
    {
        if (places.Find(step.Place) is >= 0 and var number)
        {
            return placeKeys[number] == step.Key ? Noted.Done : new Answered(Refusal.For(Reason.DuplicatePlace));
        }

        if (claimedPlaces.TryGetValue(step.Place, out var claimed))
        {
            // A claim on a place is never given back.
            return claimed.Key == step.Key ? Noted.Done : new Answered(Refusal.For(Reason.DuplicatePlace));
        }

        Note(new PlaceClaimed(step.Place, step.Kindergarten, step.Queue, step.Key), noted);
        return Noted.Done;
    }

    private Noted Keep(KeepPlace step, List<RegisterEvent>? noted)
    {
        if (claimedPlaces.TryGetValue(step.Place, out var claimed) && claimed.Key == step.Key)
        {
            Note(new PlaceRegistered(step.Place, claimed.Queue, step.Key), noted);
        }

        return Noted.Done;
    }

    private FormerFound Place(PlaceChild step, List<RegisterEvent>? noted)
    {
        var (queue, application) = step.Application;
        var before = PlacingOf(step.Child, queue.Kind);
        if (before?.Key == step.Key)
        {
            return new FormerFound(before.Value.Former);
        }

        Note(new ChildPlaced(step.Child, queue, application, step.Key, before?.Application), noted);
        return new FormerFound(before?.Application);
    }

    private void Note(RegisterEvent e, List<RegisterEvent>? noted)
    {
        Apply(e);
        noted?.Add(e);
    }
}
