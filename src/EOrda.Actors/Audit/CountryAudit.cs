using EOrda.Actors.Entities;
using EOrda.Queues;
using EOrda.Queues.Audit;
using EOrda.Queues.Country;
using EOrda.Queues.Names;

namespace EOrda.Actors.Audit;

/// <summary>What must hold over all entities as of one instant. Where a process is under way, the register says so.</summary>
internal sealed class CountryAudit
{
    private readonly Dictionary<string, Register> registers = new(StringComparer.Ordinal);
    private readonly Dictionary<(Kind Kind, string Child), QueueKey> activeChildren = [];
    private readonly HashSet<string> claimedPlaces = new(StringComparer.Ordinal);
    private readonly HashSet<string> claimedApplications = new(StringComparer.Ordinal);
    private readonly HashSet<(Kind Kind, string Child)> filing = [];
    private long registeredApplications;
    private long registeredPlaces;
    private long kept;
    private long keptPlaces;

    /// <summary>Applications ever filed.</summary>
    public long Applications { get; private set; }

    /// <summary>Places ever reported.</summary>
    public long Places { get; private set; }

    /// <summary>Takes an entity in: all buckets of the register before the first queue.</summary>
    /// <exception cref="ContradictionException">Something in the queue, or between it and the register, does not hold.</exception>
    public void Add(string entity, IEntityState state)
    {
        switch (state)
        {
            case RegisterState register:
                Add(entity, register.Register);
                break;
            case QueueState queue:
                Check(queue.Queue.Key, queue.Queue);
                break;
            default:
                break;
        }
    }

    /// <summary>Once all are in: nothing stands in the register alone.</summary>
    /// <exception cref="ContradictionException">Something does.</exception>
    public void Check()
    {
        if ((registeredApplications, registeredPlaces) != (kept, keptPlaces))
        {
            throw new ContradictionException(
                $"The register has {registeredApplications} applications and {registeredPlaces} places, of which the queues have {kept} and {keptPlaces}.");
        }
    }

    private void Add(string entity, Register register)
    {
        registers.Add(entity, register);
        registeredApplications += register.ApplicationCount;
        registeredPlaces += register.PlaceCount;
        claimedApplications.UnionWith(register.ClaimedApplications);
        foreach (var begun in register.UnderWay)
        {
            if (begun is FilingBegun { Submit.Child: var child, Queue.Kind: var kind })
            {
                filing.Add((kind, child));
            }
            else if (begun is PlaceClaimed { Place: var place })
            {
                claimedPlaces.Add(place);
            }
        }
    }

    private void Check(QueueKey key, Queue queue)
    {
        if (QueueAudit.FirstContradiction(queue) is { } contradiction)
        {
            throw new ContradictionException($"In {key} {contradiction}.");
        }

        foreach (var application in QueueAudit.ApplicationNames(queue))
        {
            Applications++;
            kept += Stands(RegisterOf(application)?.QueueOfApplication(application) == key, claimedApplications.Contains(application), $"Application {application}", key);
        }

        foreach (var place in QueueAudit.PlaceNames(queue))
        {
            Places++;
            keptPlaces += Stands(RegisterOf(place)?.QueueOfPlace(place) == key, claimedPlaces.Contains(place), $"Place {place}", key);
        }

        foreach (var (child, application) in QueueAudit.ActiveChildren(queue))
        {
            if (!activeChildren.TryAdd((key.Kind, child), key))
            {
                throw new ContradictionException($"A child has an active application in {activeChildren[(key.Kind, child)]} and another in {key}.");
            }

            if (!filing.Contains((key.Kind, child)) && RegisterOf(child)?.LastFiled(child, key.Kind) != new ApplicationPointer(key, application))
            {
                throw new ContradictionException($"An active application of {key}, number {application}, is not the one that the register has for its child.");
            }
        }
    }

    private static int Stands(bool isRegistered, bool isClaimed, string what, QueueKey key) =>
        isRegistered ? 1 : isClaimed ? 0 : throw new ContradictionException($"{what} of {key} is not in the register.");

    private Register? RegisterOf(string identifier) => registers.GetValueOrDefault(EntityNames.OfRegisterFor(identifier));
}
