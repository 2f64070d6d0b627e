using Akka.Actor;
using EOrda.Actors.Country;
using EOrda.Actors.Entities;
using EOrda.Actors.Journal;
using EOrda.Actors.Persistence;
using EOrda.Actors.Queues;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Peers.Akka;

/// <summary>Queues of which every application has a place of its own, written to the journal as their actors would have.</summary>
internal sealed class Town : ILocalityRules
{
    private const int Kindergartens = 46;
    private const int RecordsAPage = 4_000;
    private static readonly Moment Evening = new(new DateTimeOffset(2024, 6, 11, 12, 0, 0, TimeSpan.FromHours(5)).ToUnixTimeMilliseconds());
    private static readonly Moment Handover = new(new DateTimeOffset(2024, 6, 11, 18, 0, 0, TimeSpan.FromHours(5)).ToUnixTimeMilliseconds());
    private static readonly Moment Release = new(new DateTimeOffset(2024, 6, 12, 7, 0, 0, TimeSpan.FromHours(5)).ToUnixTimeMilliseconds());
    private readonly IReadOnlyList<RulesInForce> rules;

    public Town()
    {
        new RulesDraft { TimeZone = "Asia/Almaty", PriorityWorkingDays = 0 }.TryBuild(out var built, out _);
        rules = [new RulesInForce(Moment.Beginning, built)];
    }

    public IReadOnlyList<RulesInForce> RulesOf(string locality, Moment at) => rules;

    public bool IsKindergarten(string kindergarten) => true;

    public bool IsPlace(string place) => false;

    public bool AllAtOnce => false;

    public IActorRef Keeper => ActorRefs.Nobody;

    /// <summary>Writes the queues' journals.</summary>
    public void Write(Database database, QueueKey[] queues, int each)
    {
        using var connection = database.Open();
        for (var q = 0; q < queues.Length; q++)
        {
            using var transaction = connection.BeginTransaction();
            var entity = EntityNames.Of(queues[q]);
            using var open = new OpenPage(0, RecordFormat.FirstHash(entity));
            long sequence = 0;
            Record(new RulesAdopted(rules[0].Rules));
            for (var i = q; i < each; i += queues.Length)
            {
                Record(new ApplicationSubmitted($"A{i}", $"c{i}", $"p{i}", new LocalDate(queues[q].Year, 3, 1), Category.General, Evening, false, new LocalDate(2025, 6, 11), new CommandKey((UInt128)i)));
                Record(new PlaceReported($"S{i}", $"{queues[q].Locality}-{i % Kindergartens}", Handover, Release, new CommandKey((UInt128)i)));
            }

            Close();
            transaction.Commit();

            void Record(QueueEvent happened)
            {
                RecordContent.Begin(open.Begin(), Evening);
                EventFormat.Write(open.Writer, happened);
                open.End();
                if (open.Count >= RecordsAPage)
                {
                    Close();
                }
            }

            void Close()
            {
                if (open.Count == 0)
                {
                    return;
                }

                using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = "INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier, tags) VALUES (@at, @no, @id, @number, @page, 'page-1', @serializer, '')";
                Add("@at", 1L);
                Add("@no", false);
                Add("@id", entity);
                Add("@number", ++sequence);
                Add("@page", open.Close().Bytes);
                Add("@serializer", EordaSerializer.Id);
                command.ExecuteNonQuery();

                void Add(string name, object value)
                {
                    var parameter = command.CreateParameter();
                    (parameter.ParameterName, parameter.Value) = (name, value);
                    command.Parameters.Add(parameter);
                }
            }
        }
    }
}
