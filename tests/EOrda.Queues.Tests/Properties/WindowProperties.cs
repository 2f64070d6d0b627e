using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Places;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Tests.Properties;

/// <summary>The window as queues tell it against one that is counted anew from all that happened (rules, section 5; docs/replay.md, "The window's rank").</summary>
public sealed class WindowProperties
{
    private const int Sequences = 40;
    private const int Longest = 150;
    private const long Hour = 3_600_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_is_the_window_counted_anew(bool restarts) => Steps.ForAll(Sequences, Longest, steps =>
    {
        var country = new RecordingCountry();
        var counts = new Dictionary<QueueKey, NaiveWindow>();
        foreach (var said in Stories.Tell(steps))
        {
            country.Execute(said);
            var dice = new Dice((int)(said.At.UnixMilliseconds / 1000));
            foreach (var queue in country.Queues)
            {
                if (!counts.TryGetValue(queue.Key, out var naive))
                {
                    counts[queue.Key] = naive = new NaiveWindow();
                }

                naive.Take(queue, country.Happened[queue.Key], said.Command);
                naive.Check(queue, said.At);

                // Later, as long as nothing is due: limits end and places given up stop counting by the clock alone; then back to now.
                var later = Moment.Min(new Moment(said.At.UnixMilliseconds + dice.Below(40 * 24) * Hour), new Moment(queue.NextDue.UnixMilliseconds - 1));
                if (later > said.At && dice.Chance(30))
                {
                    naive.Check(queue, later);
                    naive.CheckNothingChangesBefore(queue, said.At, Moment.Min(queue.WindowChangesBy(said.At), queue.NextDue));
                }
            }

            if (restarts && dice.Chance(30))
            {
                country.Restart();
            }
        }
    });

    /// <summary>What happened in a queue, kept as lists.</summary>
    private sealed class NaiveWindow
    {
        private readonly List<(string Child, LocalDate On, int Application)> issued = [];
        private readonly List<(string Child, LocalDate On)> lapsed = [];
        private readonly Dictionary<int, int> placeOf = [];
        private readonly Dictionary<int, bool> inPriority = [];
        private readonly Dictionary<int, int> referred = [];
        private readonly Dictionary<int, LocalDate> givenUp = [];
        private int taken;

        public void Take(Queue queue, List<DatedEvent> happened, Command command)
        {
            var named = command is ApplicationCommand about ? queue.FindApplication(about.Application) : -1;
            for (; taken < happened.Count; taken++)
            {
                var today = queue.Schedule.DateOf(happened[taken].At);
                switch (happened[taken].Event)
                {
                    case PlaceHeld e:
                        (placeOf[e.Application], inPriority[e.Place]) = (e.Place, e.InPriority);
                        break;
                    case ReservationEnded { CountedOn: not null } e:
                        lapsed.Add((ChildOf(queue, e.Application), today));
                        GiveUp(e.Application, today);
                        break;
                    case ReferralIssued e:
                        issued.Add((ChildOf(queue, e.Application), today, e.Application));
                        referred[placeOf[e.Application]] = e.Application;
                        break;
                    case ReferralUsed e:
                        referred.Remove(placeOf[e.Application]);
                        break;
                    case ReferralAnnulled e:
                        referred.Remove(placeOf[e.Application]);
                        if (e is { Missed: false } && e.Application == named && command is Refuse)
                        {
                            Undo(named);
                        }
                        else if (e is { Missed: false } && e.Application == named && command is Cancel && issued.FindLast(one => one.Application == named).On == today)
                        {
                            GiveUp(named, today);
                        }

                        break;
                    case PlaceRevoked e:
                        givenUp.Remove(e.Place);
                        if (referred.Remove(e.Place, out var application))
                        {
                            Undo(application);
                        }

                        break;
                    case PlaceReleased e:
                        givenUp.Remove(e.Place);
                        break;
                }
            }
        }

        public void Check(Queue queue, Moment at)
        {
            var size = SizeAt(queue, at);
            Assert.Equal(size, queue.WindowSize(at));
            var rank = 1;
            var lasts = new Dictionary<Category, LaneSlot>();
            foreach (var name in queue.OrderFrom(1, int.MaxValue))
            {
                var application = queue.FindApplication(name);
                var limit = LimitOf(queue, application, at);
                Assert.Equal(new WindowStanding(rank, size, limit), queue.WindowOf(name, at));
                var lane = queue.StandingInLanes(name)!.Lane;
                var slot = new LaneSlot(queue.Applications[application].Submitted, application);
                if (rank <= size)
                {
                    Assert.True(!lasts.TryGetValue(lane, out var last) || last.Submitted < slot.Submitted || (last.Submitted == slot.Submitted && last.Number < slot.Number));
                    lasts[lane] = slot;
                }

                rank += queue.Applications[application].HoldsReservation || limit is not null ? 0 : 1;
            }

            foreach (var lane in Enum.GetValues<Category>())
            {
                Assert.Equal(lasts.TryGetValue(lane, out var last) ? last : null, queue.LastInWindow(lane, at));
            }
        }

        public void CheckNothingChangesBefore(Queue queue, Moment at, Moment change)
        {
            Assert.True(change > at);
            var last = Moment.Min(new Moment(change.UnixMilliseconds - 1), at.PlusHours(24 * 400));
            Assert.Equal(SizeAt(queue, at), SizeAt(queue, last));
            foreach (var name in queue.OrderFrom(1, int.MaxValue))
            {
                Assert.Equal(LimitOf(queue, queue.FindApplication(name), at), LimitOf(queue, queue.FindApplication(name), last));
            }
        }

        private int SizeAt(Queue queue, Moment at)
        {
            var today = queue.Schedule.DateOf(at);
            var places = queue.PlacesAt(at).Count(place => place.Access == Access.Priority) + givenUp.Values.Count(date => date == today);
            return (int)Math.Ceiling(places * queue.Rules.WindowFactorThousandths / 1000m);
        }

        private Limit? LimitOf(Queue queue, int application, Moment at)
        {
            var child = ChildOf(queue, application);
            var today = queue.Schedule.DateOf(at);
            LocalDate? month = AtReferralLimit(today) ? Enumerable.Range(1, 40).Select(today.PlusDays).First(date => !AtReferralLimit(date)) : null;
            LocalDate? day = lapsed.Count(lapse => lapse.Child == child && lapse.On == today) >= queue.Rules.LapsesPerDay ? today.PlusDays(1) : null;
            if (month is { } later && (day is null || later >= day))
            {
                return new Limit(Reason.ReferralLimit, queue.Schedule.Midnight(later));
            }

            return day is { } tomorrow ? new Limit(Reason.LapseLimit, queue.Schedule.Midnight(tomorrow)) : null;

            bool AtReferralLimit(LocalDate date) => issued.Count(one => one.Child == child && one.On > date.PlusMonths(-1)) >= queue.Rules.ReferralsPerMonth;
        }

        private void GiveUp(int application, LocalDate on)
        {
            if (inPriority[placeOf[application]])
            {
                givenUp[placeOf[application]] = on;
            }
        }

        private void Undo(int application) => issued.RemoveAt(issued.FindLastIndex(one => one.Application == application));

        private static string ChildOf(Queue queue, int application) => queue.PeopleNames[queue.Applications[application].Child];
    }
}
