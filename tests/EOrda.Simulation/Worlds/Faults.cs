using EOrda.Actors;
using EOrda.Actors.Audit;
using EOrda.Actors.Journal;
using EOrda.Actors.Mailboxes;
using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Simulation.Worlds;

/// <summary>Does what goes wrong, as often as the seed says, while it is switched on.</summary>
internal sealed class Faults
{
    private static readonly TimeSpan LongestDown = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestFull = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FurthestForward = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan FurthestBack = TimeSpan.FromMinutes(20);
    private const int LongestSlowWrite = 150;

    private readonly World world;
    private readonly Dice dice;
    private readonly FaultSettings settings;
    private readonly SortedDictionary<string, int> done = new(StringComparer.Ordinal);
    private long fullUntil;
    private Damage? damage;

    public Faults(World world)
    {
        this.world = world;
        dice = new Dice(world.Seed, 4);
        settings = world.Settings.Faults;
        world.Disk.BeforeWrite = BeforeWrite;
        world.Disk.AfterWrite = AfterWrite;
        world.Disk.BeforeSnapshot = BeforeSnapshot;
        world.Disk.BeforeRead = BeforeRead;
    }

    /// <summary>True while things go wrong.</summary>
    public bool Are { get; private set; }

    /// <summary>The clock is not set back beyond this instant.</summary>
    public Moment NotBefore { get; set; }

    /// <summary>How often each fault was done.</summary>
    public IReadOnlyDictionary<string, int> Done => done;

    /// <summary>The queues of which one is put to rest or made to throw.</summary>
    public IReadOnlyList<QueueKey> Queues { get; set; } = [];

    /// <summary>Things begin to go wrong, for so long.</summary>
    public void Begin(TimeSpan during)
    {
        Are = true;
        Plan(settings.Restart, during, () => Do("restart", world.Process.Stop));
        Plan(settings.DiskFull, during, () => Do("disk full", () => fullUntil = world.Ticks + dice.Between(TimeSpan.FromMilliseconds(1), LongestFull).Ticks));
        Plan(settings.Corruption, during, Corrupt);
        Plan(settings.ClockStep, during, StepClock);
    }

    /// <summary>Nothing more goes wrong, and what was damaged is put back.</summary>
    public void End()
    {
        Are = false;
        fullUntil = 0;
        Restore();
    }

    /// <summary>True so often, while things go wrong; counted.</summary>
    public bool Happens(string name, double probability)
    {
        if (!Are || !dice.Chance(probability))
        {
            return false;
        }

        Count(name);
        return true;
    }

    /// <summary>A piece of work was done.</summary>
    public void AfterWork()
    {
        if (!Are || world.Process.Node is not { } node)
        {
            return;
        }

        if (Happens("crash", settings.CrashAtWork))
        {
            Crash();
        }
        else if (Happens("passivation", settings.Passivation))
        {
            // Found by its name among all: a queue or a register's shard.
            var name = dice.Chance(0.5) ? Actors.Entities.EntityNames.Of(dice.Of(Queues)) : $"register/{dice.Between(0, 63):D4}";
            node.FindEntity(name)?.PostOwn(new Rest(forget: true));
        }
        else if (Happens("actor throws", settings.Throw))
        {
            _ = Throw(node, dice.Of(Queues));
        }
    }

    /// <summary>The node did not start.</summary>
    public void NotStarted(Exception fault)
    {
        if (damage is null && !Are)
        {
            world.Fail("start", fault.ToString());
        }
    }

    /// <summary>A caller was told that an entity could not be recovered: the record that is named must be the damaged one.</summary>
    public void Named(JournalDamagedException named)
    {
        if (damage is not { } there || named.Entity != there.Entity || named.Sequence != there.Sequence)
        {
            world.Fail("damage", $"Record {named.Sequence} of {named.Entity} is called damaged; damaged is {(damage is null ? "none" : $"{damage.Sequence} of {damage.Entity}")}.");
        }
    }

    private static async Task Throw(Node node, QueueKey queue)
    {
        try
        {
            await node.Look<int>(queue, (_, _) => throw new InvalidOperationException("Thrown on purpose."));
        }
        catch (Exception fault) when (fault is OutcomeUnknownException or BusyException or NotRecordedException or InvalidOperationException)
        {
            // Whoever else was asked in the same run is told, and asks again.
        }
    }

    private void Plan(double timesAnHour, TimeSpan during, Action fault)
    {
        if (timesAnHour > 0)
        {
            for (var at = Next(); at < during; at += Next())
            {
                world.After(at, () =>
                {
                    if (Are)
                    {
                        fault();
                    }
                });
            }
        }

        TimeSpan Next() => dice.Between(TimeSpan.Zero, TimeSpan.FromHours(2 / timesAnHour));
    }

    private void Do(string name, Action fault)
    {
        Count(name);
        world.Note(name);
        fault();
    }

    private void Count(string name) => done[name] = done.GetValueOrDefault(name) + 1;

    private void Crash() => world.Process.Die(dice.Between(TimeSpan.FromMilliseconds(1), LongestDown));

    private void StepClock()
    {
        Count("clock step");
        var back = TimeSpan.FromMilliseconds(Math.Max(0, world.Clock.UnixMilliseconds - NotBefore.UnixMilliseconds));
        world.StepClock(dice.Chance(0.5)
            ? dice.Between(TimeSpan.FromMilliseconds(1), FurthestForward)
            : -dice.Between(TimeSpan.Zero, back < FurthestBack ? back : FurthestBack));
    }

    private void BeforeWrite(IReadOnlyList<JournalPage> pages)
    {
        if (world.Ticks < fullUntil)
        {
            throw new JournalUnavailableException("The disk is full.");
        }

        if (Happens("crash before a write", settings.CrashInWrite))
        {
            Crash();
        }
        else if (Happens("write error", settings.WriteError))
        {
            throw new JournalUnavailableException("The disk failed.");
        }
        else if (Happens("slow write", settings.SlowWrite))
        {
            for (var left = dice.Between(1, LongestSlowWrite); left > 0 && !world.Process.IsDead; left--)
            {
                world.Step();
            }
        }
    }

    private void AfterWrite(IReadOnlyList<JournalPage> pages)
    {
        foreach (var page in pages)
        {
            world.Trace.Add($"{page.Entity}#{page.FirstSequence}+{page.Count} {Convert.ToHexString(page.LastHash.Span[..4])}");
            world.Journalled.Stored(page);
        }

        if (Happens("crash after a write", settings.CrashInWrite))
        {
            Crash();
        }
    }

    private void BeforeSnapshot(JournalSnapshot snapshot)
    {
        if (world.Ticks < fullUntil || Happens("snapshot error", settings.SnapshotError))
        {
            throw new JournalUnavailableException("The disk failed.");
        }
    }

    private void BeforeRead(string entity)
    {
        if (Happens("read error", settings.ReadError))
        {
            throw new IOException($"{entity} could not be read.");
        }
    }

    private void Corrupt()
    {
        var entities = world.Disk.Entities.Where(entity => world.Disk.LastSequence(entity) > 0).ToList();
        if (damage is not null || entities.Count == 0)
        {
            return;
        }

        Count("corruption");
        var entity = dice.Of(entities);
        var pages = world.Disk.PagesOf(entity);
        var index = dice.Between(0, pages.Count - 1);
        var bytes = pages[index].Body.ToArray();
        var position = dice.Between(0, bytes.Length - 1);
        bytes[position] ^= (byte)(1 << dice.Between(0, 7));
        damage = new Damage(entity, index, pages[index], Checks.Journalled.RecordAt(pages[index], position));
        pages[index] = pages[index] with { Body = bytes };
        world.Journalled.Damaged(pages[index], damage.Good);
        world.Note($"record {damage.Sequence} of {entity} is damaged");
        CheckNamed(damage);
        if (dice.Chance(0.7))
        {
            Crash();
        }

        world.After(dice.Between(TimeSpan.FromSeconds(1), LongestFull), Restore);
    }

    private void CheckNamed(Damage there)
    {
        try
        {
            JournalAudit.Run(world.Disk.Reader());
            world.Fail("damage", $"The audit does not see that record {there.Sequence} of {there.Entity} is damaged.");
        }
        catch (JournalDamagedException named)
        {
            Named(named);
        }
    }

    private void Restore()
    {
        if (damage is { } there)
        {
            damage = null;
            world.Disk.PagesOf(there.Entity)[there.Page] = there.Good;
            world.Note($"record {there.Sequence} of {there.Entity} is put back");
        }
    }

    private sealed record Damage(string Entity, int Page, JournalPage Good, long Sequence);
}
