using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Queues.Country;

/// <summary>Something that happened to the country's localities and kindergartens.</summary>
public abstract record LocalityEvent;

/// <summary>A locality's rules from an instant on: its first ones or an amendment.</summary>
public sealed record RulesSet(string Locality, LocalityRules Rules) : LocalityEvent;

/// <summary>A kindergarten was registered.</summary>
public sealed record KindergartenRegistered(string Kindergarten, string Locality, Kind Kind) : LocalityEvent;

/// <summary>A kindergarten's locality and kind.</summary>
public sealed record Kindergarten(string Locality, Kind Kind);

/// <summary>Rules and the instant from which they are in force.</summary>
public sealed record RulesInForce(Moment From, LocalityRules Rules);

/// <summary>The localities with all the rules they ever had, and the kindergartens (rules, sections 1 and 10).</summary>
public sealed partial class Localities
{
    private readonly Dictionary<string, List<RulesInForce>> localities = [];
    private readonly Dictionary<string, Kindergarten> kindergartens = [];

    /// <summary>The localities' keys, in the order of their setting up.</summary>
    public IReadOnlyCollection<string> Keys => localities.Keys;

    /// <summary>The kindergartens by their identifiers, in the order of registration.</summary>
    public IReadOnlyDictionary<string, Kindergarten> Kindergartens => kindergartens;

    /// <summary>How many events made this state.</summary>
    public int Version { get; private set; }

    /// <summary>All rules of a locality, the first ones first; null when it is not known.</summary>
    public IReadOnlyList<RulesInForce>? RulesOf(string locality) => localities.GetValueOrDefault(locality);

    /// <summary>The same localities and kindergartens, apart from these.</summary>
    public Localities Copy()
    {
        var copy = new Localities();
        foreach (var (at, happened) in Events())
        {
            copy.Apply(happened, at);
        }

        return copy;
    }

    /// <summary>Events that make this state, with their instants.</summary>
    internal IEnumerable<(Moment At, LocalityEvent Happened)> Events() =>
        localities.SelectMany(locality => locality.Value.Select(rules => (rules.From, (LocalityEvent)new RulesSet(locality.Key, rules.Rules))))
            .Concat(kindergartens.Select(entry => (Moment.Beginning, (LocalityEvent)new KindergartenRegistered(entry.Key, entry.Value.Locality, entry.Value.Kind))));

    /// <summary>Decides a command about localities and kindergartens.</summary>
    /// <returns>The event, or null with the refusal's reason and, for bad rules, the fault.</returns>
    public LocalityEvent? Decide(Command command, out Reason reason, out string fault)
    {
        fault = "";
        reason = default;
        switch (command)
        {
            case SetRules c when localities.ContainsKey(c.Locality):
                reason = Reason.DuplicateLocality;
                return null;
            case SetRules c:
                reason = Reason.BadRules;
                return c.Rules.TryBuild(out var rules, out fault) ? new RulesSet(c.Locality, rules) : null;
            case AmendRules c when !localities.ContainsKey(c.Locality):
                reason = Reason.UnknownLocality;
                return null;
            case AmendRules c:
                reason = Reason.BadRules;
                return c.Changes.TryAmend(localities[c.Locality][^1].Rules, out var amended, out fault) ? new RulesSet(c.Locality, amended) : null;
            case RegisterKindergarten c when !localities.ContainsKey(c.Locality):
                reason = Reason.UnknownLocality;
                return null;
            case RegisterKindergarten c when kindergartens.ContainsKey(c.Kindergarten):
                reason = Reason.DuplicateKindergarten;
                return null;
            case RegisterKindergarten c:
                return new KindergartenRegistered(c.Kindergarten, c.Locality, c.Kind);
            default:
                throw new ArgumentException($"{command.GetType().Name} is not about localities.", nameof(command));
        }
    }

    /// <summary>Applies what happened at an instant.</summary>
    public void Apply(LocalityEvent happened, Moment at)
    {
        switch (happened)
        {
            case RulesSet e:
                if (!localities.TryGetValue(e.Locality, out var all))
                {
                    localities[e.Locality] = all = [];
                }

                all.Add(new RulesInForce(at, e.Rules));
                break;
            case KindergartenRegistered e:
                kindergartens.Add(e.Kindergarten, new Kindergarten(e.Locality, e.Kind));
                break;
            default:
                throw new ArgumentException($"Unknown event {happened.GetType().Name}.", nameof(happened));
        }

        Version++;
    }
}
