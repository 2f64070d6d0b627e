using EOrda.Queues.Applications;
using EOrda.Queues.Order;
using EOrda.Queues.Storage;
using EOrda.Queues.Time;

namespace EOrda.Queues.Tests.Properties;

/// <summary>The order, positions, selection and the window's rank against lists that are sorted anew on each look.</summary>
public sealed class OrderProperties
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Any_operations_leave_the_order_that_a_naive_list_has(bool usesCategories) => Steps.ForAll(60, 60, steps =>
    {
        var both = new Both(usesCategories, PatternOf(steps));
        foreach (var step in steps)
        {
            both.Take(new Dice(step));
        }

        both.Compare();
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Long_histories_leave_the_order_that_a_naive_list_has(int seed)
    {
        var both = new Both(usesCategories: true, new PriorityPattern(1, 3, 2));
        var taken = 0;
        foreach (var step in Steps.Of(seed, 900))
        {
            both.Take(new Dice(step));
            if (++taken % 90 == 0)
            {
                both.Compare();
            }
        }

        Assert.True(both.Filed > 1_000);
    }

    [Fact]
    public void Those_who_leave_from_the_front_while_others_file_at_the_end_leave_the_rest_in_order()
    {
        var both = new Both(usesCategories: true, new PriorityPattern(1, 3, 0));
        for (var i = 0; i < 1_500; i++)
        {
            both.File(submitted: i, Category.General);
            if (i >= 300)
            {
                both.Archive(i - 300);
            }
        }

        both.Compare();
    }

    private static PriorityPattern PatternOf(int[] steps)
    {
        var dice = new Dice(steps.Length > 0 ? steps[0] : 0);
        return new PriorityPattern(1 + dice.Below(3), 1 + dice.Below(4), dice.Below(6));
    }

    private sealed record Item(int Number, Moment Submitted)
    {
        public Category Category { get; set; }

        public bool Waits { get; set; }

        public bool Barred { get; set; }

        public bool Archived { get; set; }
    }

    private sealed class Both
    {
        private static readonly Moment Now = new(0);

        private readonly bool usesCategories;
        private readonly Paged<Application> applications = new();
        private readonly WaitingOrder order;
        private readonly List<Item> items = [];

        public Both(bool usesCategories, PriorityPattern pattern)
        {
            this.usesCategories = usesCategories;
            order = new WaitingOrder(applications, usesCategories);
            order.SetPattern(pattern);
        }

        public int Filed => items.Count;

        public void Take(Dice dice)
        {
            switch (dice.Below(10))
            {
                case 0:
                    // Enough at once to fill blocks; instants so few that many are the same.
                    for (var left = dice.Below(60); left >= 0; left--)
                    {
                        File(dice.Below(20), dice.Pick(Category.OutOfTurn, Category.FirstPriority, Category.General));
                    }

                    break;
                case 1 or 2:
                    File(dice.Below(20), dice.Pick(Category.OutOfTurn, Category.FirstPriority, Category.General));
                    break;
                case 3 or 4 when Some(dice, item => item.Waits && !item.Barred) is { } item:
                    Leave(item);
                    break;
                case 5 when Some(dice, item => !item.Waits && !item.Archived) is { } item:
                    Enter(item);
                    break;
                case 6 when Some(dice, item => item.Waits) is { } item:
                    var category = dice.Pick(Category.OutOfTurn, Category.FirstPriority, Category.General);
                    order.ChangeCategory(item.Number, category, Now);
                    item.Category = category;
                    break;
                case 7 when Some(dice, item => item.Waits) is { } item:
                    Bar(item, !item.Barred);
                    break;
                case 8 when Some(dice, item => !item.Archived) is { } item:
                    Archive(item.Number);
                    break;
                default:
                    order.MovePattern(dice.Below(5), Now);
                    break;
            }
        }

        public void File(long submitted, Category category)
        {
            var item = new Item(items.Count, new Moment(submitted)) { Category = category };
            items.Add(item);
            applications.Add(new Application { Submitted = item.Submitted, Category = category, Status = Status.Review, Place = Application.NoPlace });
            order.Add(item.Number);
            Enter(item);
        }

        public void Archive(int number)
        {
            if (items[number].Waits)
            {
                Leave(items[number]);
            }

            applications[number].Status = Status.Archived;
            order.Remove(number);
            items[number].Archived = true;
        }

        public void Compare()
        {
            var waiting = items.Where(item => item.Waits).OrderBy(item => item.Submitted.UnixMilliseconds).ThenBy(item => item.Number).ToList();
            var naive = NaiveOrder(waiting);
            Assert.Equal(naive.Count, order.TotalCount);
            Assert.Equal(naive.Count(item => item.Barred), order.BarredCount);
            for (var position = 1; position <= naive.Count; position++)
            {
                var item = naive[position - 1];
                Assert.Equal(item.Number, order.At(position));
                Assert.Equal(position, order.Position(item.Number));
            }

            CompareWindow(naive);
            foreach (var item in items.Where(item => !item.Archived))
            {
                var before = waiting.Where(other => other != item && (other.Submitted < item.Submitted || (other.Submitted == item.Submitted && other.Number < item.Number))).ToList();
                Assert.Equal(new CategoryCounts(CountIn(before, Category.OutOfTurn), CountIn(before, Category.FirstPriority), CountIn(before, Category.General)), order.CountsBefore(item.Number));
            }
        }

        private void CompareWindow(List<Item> naive)
        {
            var rank = 1;
            var ranks = new List<(Item Item, int Rank)>();
            foreach (var item in naive)
            {
                Assert.Equal(item.Barred, order.IsBarred(item.Number));
                Assert.Equal(rank, order.Rank(item.Number));
                Assert.True(order.IsWithin(item.Number, rank));
                Assert.False(order.IsWithin(item.Number, rank - 1));
                ranks.Add((item, rank));
                rank += item.Barred ? 0 : 1;
            }

            foreach (var size in new[] { 0, 1, 2, naive.Count / 2, rank - 1, rank })
            {
                foreach (var lane in Enum.GetValues<Category>())
                {
                    var inside = ranks.Where(entry => entry.Rank <= size && (usesCategories ? entry.Item.Category : Category.General) == lane);
                    Assert.Equal(inside.Select(entry => entry.Item.Number).LastOrDefault(-1), order.LastWithin(lane, size));
                }
            }
        }

        private int CountIn(List<Item> some, Category lane) => some.Count(item => (usesCategories ? item.Category : Category.General) == lane);

        private List<Item> NaiveOrder(List<Item> waiting)
        {
            if (!usesCategories)
            {
                return waiting;
            }

            var merged = waiting.Where(item => item.Category == Category.OutOfTurn).ToList();
            var first = new System.Collections.Generic.Queue<Item>(waiting.Where(item => item.Category == Category.FirstPriority));
            var general = new System.Collections.Generic.Queue<Item>(waiting.Where(item => item.Category == Category.General));
            Move(general, order.Pattern.Phase);
            while (first.Count + general.Count > 0)
            {
                Move(first, order.Pattern.FirstPriorityShare);
                Move(general, order.Pattern.GeneralShare);
            }

            return merged;

            void Move(System.Collections.Generic.Queue<Item> from, int count)
            {
                for (; count > 0 && from.Count > 0; count--)
                {
                    merged.Add(from.Dequeue());
                }
            }
        }

        private Item? Some(Dice dice, Func<Item, bool> suits)
        {
            var suitable = items.Where(suits).ToList();
            return suitable.Count == 0 ? null : suitable[dice.Below(suitable.Count)];
        }

        private void Enter(Item item)
        {
            applications[item.Number].Status = Status.Waiting;
            order.Enter(item.Number, PositionCause.Filed, Now);
            item.Waits = true;
        }

        private void Leave(Item item)
        {
            order.Leave(item.Number, PositionCause.Withdrawal, Now);
            applications[item.Number].Status = Status.Returning;
            (item.Waits, item.Barred) = (false, false);
        }

        private void Bar(Item item, bool barred)
        {
            order.SetBarred(item.Number, barred);
            item.Barred = barred;
        }
    }
}
