using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Time;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Load;

/// <summary>What families, staff and kindergartens do: now and then all day long, and all at once in the morning.</summary>
internal sealed class Day
{
    private static readonly TimeSpan BeforeRelease = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterRelease = TimeSpan.FromSeconds(4);

    private readonly IStage world;
    private readonly ICallers callers;
    private readonly Town town;
    private readonly ILooks looks;
    private readonly Dice dice;
    private readonly (int Weight, Action Do)[] actions;

    public Day(IStage world, ICallers callers, Town town, ILooks looks)
    {
        (this.world, this.callers, this.town, this.looks) = (world, callers, town, looks);
        dice = new Dice(world.Seed, 7);
        actions =
        [
            (8, () => File(town.NewFiling(SomeQueue()))),
            (2, FileTwice),
            (3, FileTwins),
            (2, () => File(town.NewFiling(SomeQueue(), new Moment(Town.Begins.UnixMilliseconds - dice.Between(1, 100_000_000))))),
            (9, () => Free(SomeQueue())),
            (1, Revoke),
            (14, Reserve),
            (6, ReserveTogether),
            (3, () => About("holding", one => new Confirm(one))),
            (2, () => About("holding", one => new Drop(one))),
            (4, () => About("referred", one => new Enrol(one))),
            (4, () => About("referred", one => new Verify(one, dice.Chance(0.7)))),
            (3, () => About("referred", one => new Cancel(one))),
            (2, () => About("referred", one => new Refuse(one))),
            (2, () => About("referred", one => new Extend(one, dice.Between(0, 3)))),
            (2, () => About("enrolled", one => new Leave(one))),
            (3, () => About("review", one => new Review(one, dice.Chance(0.7)))),
            (5, () => About("waiting", one => new ChangeCategory(one, dice.Of([Category.OutOfTurn, Category.FirstPriority, Category.General])))),
            (2, () => About("stop-listed", one => new Prolong(one))),
            (3, () => About("waiting", one => new Withdraw(one))),
            (1, () => callers.Send(new CleanUp(SomeQueue().Locality))),
            (1, () => callers.Send(new Withdraw("nobody"))),
            (8, () => looks.At(SomeQueue(), town)),
        ];
    }

    /// <summary>Sends requests at random instants, so many an hour.</summary>
    public void Busy(TimeSpan during, int anHour)
    {
        for (var left = (int)(during.TotalHours * anHour); left > 0; left--)
        {
            world.After(dice.Between(TimeSpan.Zero, during), dice.Weighted(actions));
        }
    }

    /// <summary>Frees so many places in a queue.</summary>
    public void Free(QueueKey queue, int count)
    {
        for (; count > 0; count--)
        {
            Free(queue);
        }
    }

    /// <summary>Has so many callers go for the places of a queue around an instant, most of them at exactly that instant.</summary>
    public void Race(QueueKey queue, Moment release, int requests)
    {
        for (; requests > 0; requests--)
        {
            var at = dice.Chance(0.6) ? release : new Moment(release.UnixMilliseconds + (long)dice.Between(-BeforeRelease, AfterRelease).TotalMilliseconds);
            world.When(at, () =>
            {
                var own = town.Applications.FindAll(one => one.Queue == queue);
                if (own.Count > 0)
                {
                    Reserve(dice.Of(own), atOnce: true);
                }
            });
        }
    }

    /// <summary>Has so many siblings go for places together around an instant, while others take them.</summary>
    public void RaceTogether(Moment release, int requests)
    {
        for (; requests > 0; requests--)
        {
            world.When(new Moment(release.UnixMilliseconds + (long)dice.Between(TimeSpan.Zero, AfterRelease).TotalMilliseconds), ReserveTogether);
        }
    }

    /// <summary>Files an application and keeps in mind that it is there.</summary>
    public void File(Submit filing, Action<Filed>? then = null) => callers.Send(filing, then: answer =>
    {
        if (answer is Standing standing)
        {
            var filed = town.Note(filing, standing);
            then?.Invoke(filed);
        }
    });

    private QueueKey SomeQueue() => dice.Chance(0.4) ? town.Hot : dice.Of(town.Queues);

    private void FileTwice()
    {
        var (first, second) = town.TwoFilings();
        File(first);
        File(second);
    }

    /// <summary>Files two children of one family.</summary>
    public void FileTwins()
    {
        var (first, second) = town.TwinFilings();
        File(first, one => File(second, other => town.Twins.Add((one, other))));
    }

    private void Free(QueueKey queue)
    {
        var free = town.NewPlace(queue);
        callers.Send(free, then: answer =>
        {
            if (answer is PlaceFreed freed)
            {
                town.Places.Add(new Freed(free.Place, free.Kindergarten, freed.Queue));
            }
        });
    }

    private void Revoke()
    {
        if (town.Places.Count > 0)
        {
            var place = dice.Of(town.Places);
            callers.Send(new RevokePlace(place.Name), dice.Chance(0.5) ? place.Queue : null);
        }
    }

    private void Reserve()
    {
        if (Some("waiting") is { } one)
        {
            Reserve(one, atOnce: false);
        }
    }

    private void Reserve(Filed one, bool atOnce)
    {
        var places = town.Places.FindAll(place => place.Queue == one.Queue);
        var byName = places.Count > 0 && dice.Chance(0.7);
        var reserve = byName || town.Places.Count == 0 || dice.Chance(0.97)
            ? new Reserve(one.Name, byName ? dice.Of(places).Name : null, byName ? null : KindergartenFor(one))
            : new Reserve(one.Name, dice.Of(town.Places).Name, null);
        Send(reserve, one, answer => Held(answer, one), atOnce);
    }

    private string KindergartenFor(Filed one) =>
        dice.Of(town.Kindergartens.FindAll(garden => garden.City == one.Queue.Locality && garden.Kind == one.Queue.Kind)).Name;

    private void ReserveTogether()
    {
        if (town.Twins.Count > 0)
        {
            var (first, second) = dice.Of(town.Twins);
            callers.Send(new ReserveBatch([first.Name, second.Name], KindergartenFor(first)), then: answer => Held(answer, first, second));
        }
    }

    // Who holds a place confirms it, drops it, or lets it lapse; some of them at the very last instant, or the first too late.
    private void Held(Answer answer, params Filed[] members)
    {
        if (answer is not PlacesReserved { Until: var until })
        {
            return;
        }

        foreach (var member in members)
        {
            member.Heard = "holding";
        }

        var one = dice.Of(members);
        var next = dice.Weighted<ApplicationCommand?>([(6, new Confirm(one.Name)), (1, new Drop(one.Name)), (2, null)]);
        if (next is null)
        {
            return;
        }

        var left = TimeSpan.FromMilliseconds(Math.Max(0, until.UnixMilliseconds - world.Clock.UnixMilliseconds));
        var after = dice.Chance(0.3) ? left + TimeSpan.FromMilliseconds(dice.Between(-1, 1)) : dice.Between(TimeSpan.Zero, left);
        world.After(after, () => Send(next, one, told => Referred(told, members), atOnce: true));
    }

    // Some cancel, and some of those at the last instant at which they may, or the first at which they may not.
    private void Referred(Answer answer, IEnumerable<Filed> members)
    {
        if (answer is not ReferralsGiven given)
        {
            return;
        }

        foreach (var member in members.Where(member => given.Referrals.Any(referral => referral.Application == member.Name)))
        {
            member.Heard = "referred";
            if (dice.Chance(0.2))
            {
                var last = TimeSpan.FromHours(town.CancelHours) + TimeSpan.FromMilliseconds(dice.Between(-1, 1));
                world.After(last, () => Send(new Cancel(member.Name), member, answer => member.Heard = answer is ReferralCancelled ? "returning" : member.Heard, atOnce: true));
            }
        }
    }

    private void About(string heard, Func<string, ApplicationCommand> command)
    {
        if (Some(heard) is { } one)
        {
            Send(command(one.Name), one, answer => one.Heard = answer switch
            {
                Standing standing => Words.Of(standing.Status),
                ChildEnrolled => "enrolled",
                ReferralCancelled => "returning",
                ReferralsGiven => "referred",
                Done => "archived",
                PlaceReturns => "waiting",
                _ => one.Heard,
            });
        }
    }

    private Filed? Some(string heard)
    {
        var wanted = dice.Chance(0.9) ? town.Applications.FindAll(one => one.Heard == heard) : town.Applications;
        return wanted.Count > 0 ? dice.Of(wanted) : null;
    }

    private void Send(ApplicationCommand command, Filed about, Action<Answer> then, bool atOnce = false) =>
        callers.Send(command, dice.Chance(0.8) ? about.Queue : null, then, atOnce);
}
