using EOrda.Actors.Journal;
using EOrda.Actors.Tests.Support;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Rules;
using EOrda.Queues.Tests.Properties;

namespace EOrda.Actors.Tests;

/// <summary>Random stories told to a node: beside the same rules without actors, and through crashes and outages.</summary>
public sealed class StoryProperties
{
    private const int Sequences = 25;
    private const int Longest = 80;

    // Small bounds, so that much happens between two runs, transactions and snapshots.
    private static readonly NodeOptions Small = new() { MessagesPerRun = 2, RecordsPerSnapshot = 5, TransactionBytes = 200, RecordsInFlight = 6 };

    [Fact]
    public void A_node_answers_as_the_country_without_actors_does_and_has_the_same_queues() => Steps.ForAll(Sequences, Longest, steps =>
    {
        var story = Stories.Tell(steps);
        var country = new WholeCountry();
        var node = new StoryNode(steps.Length, story[0].At, Small);
        ulong key = 0;
        foreach (var said in story)
        {
            Assert.Equal(AnswerText.Of(country.Execute(said.Command, said.At)), AnswerText.Of(node.Do(said, new CommandKey(++key))));
        }

        foreach (var (queue, state) in node.States())
        {
            Assert.Equal(StoryNode.Written(country.QueueNamed(queue, story[^1].At)!), state);
        }

        node.Audit();
    });

    [Fact]
    public void Through_crashes_and_outages_every_answer_stays_true_and_the_journal_alone_gives_the_same_state() => Steps.ForAll(Sequences, Longest, steps =>
    {
        var story = Stories.Tell(steps);
        var told = new ToldInTrouble(steps, story);
        told.Tell();
        told.Check();
    });

    /// <summary>A story whose commands are sent on before the ones before are answered, on a disk and a process that fail now and then.</summary>
    private sealed class ToldInTrouble(int[] steps, IReadOnlyList<Said> story)
    {
        // Less than a day by what time may pass between sending and deciding.
        private const long KeptFor = 23 * 3_600_000;

        private readonly Dice dice = new(steps.Sum(step => step % 1000));
        private readonly StoryNode node = new(steps.Length, story[0].At, Small);
        private readonly List<Sent> sent = [];

        public void Tell()
        {
            foreach (var said in story)
            {
                node.PassTo(said.At);
                if (dice.Chance(15))
                {
                    MakeTrouble();
                }

                Send(said.Command, new CommandKey((UInt128)(sent.Count + 1)));
                if (dice.Chance(15) && sent.Count > 3)
                {
                    var again = sent[^dice.Pick(1, 2, 3)];
                    Send(again.Command, again.Key);
                }

                for (var left = dice.Pick(0, 1, 3, 20, 1000); left > 0 && node.Virtual.Scheduler.RunOne(); left--)
                {
                }

                if (node.Virtual.Scheduler.IsDead || dice.Chance(3))
                {
                    Restart();
                }
            }

            Restart();
        }

        public void Check()
        {
            node.Audit();
            // That an application or place is known nowhere leaves no trace.
            var told = sent.Where(one => one.Task.IsCompletedSuccessfully)
                .Select(one => (Sent: one, Answer: node.Virtual.Wait(new ValueTask<Answer>(one.Task))))
                .Where(one => one.Sent.Command is not (ApplicationCommand or RevokePlace) || one.Answer is not Refusal { Reason: Reason.UnknownApplication or Reason.UnknownPlace })
                .Select(one => (one.Sent, Answer: AnswerText.Of(one.Answer)))
                .ToList();
            foreach (var ofKey in told.GroupBy(one => one.Sent.Key))
            {
                var first = ofKey.First();
                Assert.All(ofKey.Where(one => one.Sent.At < first.Sent.At + KeptFor), again => Assert.Equal(first.Answer, again.Answer));
            }

            // A repeated key does not keep its answer any longer: the day counts from the first time.
            var firstSent = sent.GroupBy(one => one.Key).ToDictionary(ofKey => ofKey.Key, ofKey => ofKey.Min(one => one.At));
            foreach (var (one, answer) in told.Where(one => node.Now.UnixMilliseconds < firstSent[one.Sent.Key] + KeptFor))
            {
                Assert.Equal(answer, AnswerText.Of(node.Do(one.Command, one.Key)));
            }

            foreach (var other in sent.Where(one => one.Task.IsFaulted))
            {
                Assert.True(other.Task.Exception!.InnerException is NotRecordedException or OutcomeUnknownException, $"{other.Task.Exception}");
            }

            var states = node.States();
            foreach (var entity in node.Virtual.Disk.Entities.ToList())
            {
                node.Virtual.Disk.RemoveSnapshot(entity);
            }

            node.Virtual.Crash();
            Assert.Equal(states, node.States());
            node.Audit();
        }

        private void Send(Command command, CommandKey key)
        {
            if (!node.Virtual.Scheduler.IsDead)
            {
                sent.Add(new Sent(command, key, node.Now.UnixMilliseconds, node.Node.Ask(command, key).AsTask()));
            }
        }

        private void Restart()
        {
            node.Virtual.Disk.BeforeWrite = node.Virtual.Disk.AfterWrite = null;
            node.Virtual.Disk.BeforeSnapshot = null;
            node.Virtual.Crash();
            node.Audit();
        }

        private void MakeTrouble()
        {
            var disk = node.Virtual.Disk;
            disk.BeforeWrite = disk.AfterWrite = null;
            disk.BeforeSnapshot = null;
            switch (dice.Below(6))
            {
                case 0:
                    disk.BeforeWrite = _ => node.Virtual.Die();
                    break;
                case 1:
                    disk.AfterWrite = _ => node.Virtual.Die();
                    break;
                case 2:
                    disk.BeforeWrite = _ => throw new JournalUnavailableException("The disk is full.");
                    break;
                case 3:
                    disk.AfterWrite = _ => throw new InvalidDataException("The controller has reset.");
                    break;
                case 4:
                    disk.BeforeSnapshot = _ => throw new JournalUnavailableException("The disk is full.");
                    break;
                default:
                    disk.BeforeWrite = _ =>
                    {
                        for (var left = dice.Below(20); left > 0 && node.Virtual.Scheduler.RunOne(); left--)
                        {
                        }
                    };
                    break;
            }
        }

        private sealed record Sent(Command Command, CommandKey Key, long At, Task<Answer> Task);
    }
}
