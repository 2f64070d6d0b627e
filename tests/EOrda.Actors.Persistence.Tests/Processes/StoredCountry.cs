using EOrda.Actors.Answers;
using EOrda.Actors.Entities;
using EOrda.Actors.Hosting;
using EOrda.Actors.Journal;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Audit;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Actors.Persistence.Tests.Processes;

/// <summary>The country as the journal alone has it.</summary>
internal sealed class StoredCountry
{
    private readonly SortedDictionary<string, EntityMemory> entities = new(StringComparer.Ordinal);

    private StoredCountry()
    {
    }

    /// <summary>The queues, in the order of their names.</summary>
    public IEnumerable<Queue> Queues => entities.Values.Select(memory => memory.State).OfType<QueueState>().Select(state => state.Queue);

    /// <summary>The buckets of the register.</summary>
    public IEnumerable<Register> Registers => entities.Values.Select(memory => memory.State).OfType<RegisterState>().Select(state => state.Register);

    /// <summary>The names of all entities.</summary>
    public IEnumerable<string> Names => entities.Keys;

    /// <summary>True when no process is under way but batches that are held.</summary>
    public bool IsSettled(Moment at) =>
        Registers.All(register => !register.UnderWay.Any() && !register.ClaimedApplications.Any())
        && Queues.All(queue => !UnfinishedProcesses.Of(queue, at, default).Any());

    /// <summary>How many answers and replies an entity keeps.</summary>
    public int KeptBy(string entity) => entities[entity].Answers.Count;

    /// <summary>Reads the journal and applies all records.</summary>
    public static StoredCountry Read(Database database)
    {
        var bounds = new ActorsBounds();
        var country = new StoredCountry();
        var readers = new Dictionary<string, PageReader>(StringComparer.Ordinal);
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT persistence_id, message FROM journal ORDER BY persistence_id, sequence_number";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var name = rows.GetString(0);
            if (!readers.TryGetValue(name, out var reader))
            {
                readers[name] = reader = new PageReader(name, 0, RecordFormat.FirstHash(name));
                country.entities[name] = new EntityMemory(EntityNames.Empty(name), new RecentAnswers(bounds.KeysKept, bounds.KeyLifetime));
            }

            foreach (var content in reader.Contents(Page.Read((byte[])rows.GetValue(1))))
            {
                RecordContent.Apply(country.entities[name], content.Span);
            }
        }

        foreach (var reader in readers.Values)
        {
            reader.Dispose();
        }

        return country;
    }

    /// <summary>The queue with a name.</summary>
    public Queue Queue(string name) => Queues.Single(queue => queue.Key.ToString() == name);

    /// <summary>What has become of a family's applications and places, without the family's name.</summary>
    public string Outcome(string family) => string.Join('\n', Queues.SelectMany(queue => OutcomeIn(queue, family)).Select(line => line.Replace(family, "", StringComparison.Ordinal)));

    private static IEnumerable<string> OutcomeIn(Queue queue, string family)
    {
        foreach (var name in QueueAudit.ApplicationNames(queue).Where(name => name.StartsWith(family, StringComparison.Ordinal)))
        {
            var state = queue.Find(name)!;
            yield return $"{name} {state.Status} {state.Cause} {state.Place}";
        }

        foreach (var place in queue.PlacesAt(queue.Now).Where(place => place.Place.StartsWith(family, StringComparison.Ordinal)))
        {
            yield return $"{place.Place} {place.State}";
        }
    }

    /// <summary>No child has two active applications of a kind or two places, no identifier is of two queues, and the register knows each.</summary>
    public void CheckPromises()
    {
        var (applications, places) = (new HashSet<string>(), new HashSet<string>());
        var (active, enrolled) = (new HashSet<(Kind, string)>(), new HashSet<(Kind, string)>());
        foreach (var queue in Queues)
        {
            Assert.Null(QueueAudit.FirstContradiction(queue));
            foreach (var place in QueueAudit.PlaceNames(queue))
            {
                Assert.True(places.Add(place), place);
                Assert.Equal(queue.Key, RegisterOf(place).QueueOfPlace(place));
            }

            foreach (var name in QueueAudit.ApplicationNames(queue))
            {
                var (state, child) = (queue.Find(name)!, (queue.Key.Kind, queue.ChildOf(name)!));
                Assert.True(applications.Add(name), name);
                Assert.Equal(queue.Key, RegisterOf(name).QueueOfApplication(name));
                Assert.True(state.Status == Status.Archived || active.Add(child), $"{child} has two active applications.");
                Assert.True(state is not { Cause: Cause.Enrolled, Place: not null } || enrolled.Add(child), $"{child} has two places.");
            }
        }
    }

    private Register RegisterOf(string identifier) => ((RegisterState)entities[EntityNames.OfRegisterFor(identifier)].State).Register;
}
