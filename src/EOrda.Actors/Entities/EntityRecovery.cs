using EOrda.Actors.Answers;
using EOrda.Actors.Journal;
using EOrda.Queues.Recording;
using EOrda.Queues.Time;

namespace EOrda.Actors.Entities;

/// <summary>An entity's memory: its state, what it answered lately, and how far its records go.</summary>
internal sealed class EntityMemory(IEntityState state, RecentAnswers answers)
{
    public IEntityState State { get; } = state;

    public RecentAnswers Answers { get; } = answers;

    /// <summary>How many of them are of which application.</summary>
    public KeyQuota Quota { get; init; } = new();

    /// <summary>The number of the last record.</summary>
    public long Sequence { get; set; }

    /// <summary>The number of the last record that a snapshot was taken after, 0 for none.</summary>
    public long SnapshotSequence { get; set; }

    /// <summary>The instant of the last record.</summary>
    public Moment At { get; set; } = Moment.Beginning;
}

/// <summary>Rebuilds an entity's memory from its snapshot and journal (recovery), and writes the snapshot.</summary>
internal static class EntityRecovery
{
    private const byte RecordVersion = 1;

    // The state's version times this, and the version of what stands before it.
    private const int HeaderVersions = 100;
    private const int HeaderVersion = 2;

    /// <summary>Rebuilds from the snapshot, if there is one of this version, and the records after it.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="entity">The entity's key.</param>
    /// <param name="options">Bounds of what is kept.</param>
    /// <param name="hash">Receives the hash of the last record.</param>
    /// <exception cref="JournalDamagedException">A record or the snapshot is damaged; it is named.</exception>
    public static EntityMemory Recover(IJournal journal, string entity, NodeOptions options, byte[] hash)
    {
        var snapshot = journal.LoadSnapshot(entity);
        var memory = FromSnapshot(snapshot, entity, options) ?? Empty(entity, options);
        using var reader = memory.Sequence > 0
            ? new RecordReader(journal, entity, memory.Sequence, snapshot!.RecordHash)
            : new RecordReader(journal, entity, 0, RecordFormat.FirstHash(entity));
        foreach (var content in reader.Contents())
        {
            Apply(memory, content.Span, entity, reader.Sequence);
        }

        reader.CheckEnd(journal.Head(entity));
        reader.Hash.CopyTo(hash);
        return memory;
    }

    public static EntityMemory Empty(string entity, NodeOptions options) =>
        new(EntityNames.Empty(entity), new RecentAnswers(options.KeysKept, options.KeyLifetime));

    /// <summary>Applies one record.</summary>
    /// <exception cref="JournalDamagedException">Its bytes are none.</exception>
    public static void Apply(EntityMemory memory, ReadOnlySpan<byte> content, string entity, long sequence)
    {
        try
        {
            var from = new ByteReader(content);
            if (from.Byte() is var version && version != RecordVersion)
            {
                throw new InvalidDataException($"Version {version} is not known here.");
            }

            memory.At = from.Moment();
            if (from.Flag())
            {
                var (key, fingerprint) = RecordedCommand.ReadKey(ref from);
                var answer = AnswerFormat.Read(ref from);

                // Expired ones must not fill the memory of a long journal.
                memory.Answers.HasRoom(memory.At);
                memory.Answers.Add(new RecordedCommand(key, fingerprint, answer), memory.At);
            }

            while (!from.AtEnd)
            {
                memory.State.Apply(ref from, memory.At);
            }

            memory.Sequence = sequence;
        }
        catch (Exception fault) when (fault is not JournalDamagedException)
        {
            throw new JournalDamagedException($"Record {sequence} of {entity} cannot be applied: {fault.Message}", entity, sequence, fault);
        }
    }

    /// <summary>Begins a record's content: its version, instant and command.</summary>
    public static void BeginContent(ByteWriter to, Moment at, RecordedCommand? command)
    {
        to.Byte(RecordVersion);
        to.Moment(at);
        to.Flag(command is not null);
        if (command is { } decided)
        {
            RecordedCommand.WriteKey(to, decided.Key, decided.Fingerprint);
            AnswerFormat.Write(to, decided.Answer);
        }
    }

    /// <summary>The version of the snapshot that an entity's state makes now.</summary>
    public static int SnapshotVersion(IEntityState state) => state.SnapshotVersion * HeaderVersions + HeaderVersion;

    /// <summary>The memory as a snapshot's body: the instant, the answers, the state.</summary>
    public static byte[] SnapshotBody(EntityMemory memory)
    {
        var to = new ByteWriter(1 << 16);
        to.Moment(memory.At);
        memory.Answers.Write(to);
        memory.State.Write(to);
        return to.Written.ToArray();
    }

    /// <summary>The memory that a snapshot holds; null when there is none, or one of another version (the journal has everything).</summary>
    public static EntityMemory? FromSnapshot(JournalSnapshot? snapshot, string entity, NodeOptions options)
    {
        if (snapshot is null || snapshot.FormatVersion != SnapshotVersion(EntityNames.Empty(entity)))
        {
            return null;
        }

        try
        {
            var from = new ByteReader(snapshot.Body.Span);
            var at = from.Moment();
            var answers = new RecentAnswers(options.KeysKept, options.KeyLifetime);
            answers.Read(ref from);
            return new EntityMemory(EntityNames.Read(entity, ref from, at), answers) { Sequence = snapshot.Sequence, SnapshotSequence = snapshot.Sequence, At = at };
        }
        catch (Exception fault)
        {
            throw new JournalDamagedException($"The snapshot of {entity} after record {snapshot.Sequence} is damaged: {fault.Message}", entity, snapshot.Sequence, fault);
        }
    }
}
