using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Event;
using Akka.Serialization;

namespace EOrda.Simulation.Cluster.Seeded;

/// <summary>Akka's provider of local actors, which also finds those of other nodes: what is told to them goes over the simulated network.</summary>
internal sealed class SimulatedProvider(string systemName, Settings settings, EventStream eventStream) : IActorRefProvider
{
    private readonly LocalActorRefProvider local = new(systemName, settings, eventStream);
    private readonly NodeSetup node = NodeSetup.Of(settings);

    /// <inheritdoc/>
    public IInternalActorRef RootGuardian => local.RootGuardian;

    /// <inheritdoc/>
    public LocalActorRef Guardian => local.Guardian;

    /// <inheritdoc/>
    public LocalActorRef SystemGuardian => local.SystemGuardian;

    /// <inheritdoc/>
    public IActorRef DeadLetters => local.DeadLetters;

    /// <inheritdoc/>
    public IActorRef IgnoreRef => local.IgnoreRef;

    /// <inheritdoc/>
    public ActorPath RootPath => local.RootPath;

    /// <inheritdoc/>
    public Settings Settings => local.Settings;

    /// <inheritdoc/>
    public Deployer Deployer => local.Deployer;

    /// <inheritdoc/>
    public IInternalActorRef TempContainer => local.TempContainer;

    /// <inheritdoc/>
    public Task TerminationTask => local.TerminationTask;

    /// <inheritdoc/>
    public Address DefaultAddress => local.DefaultAddress;

    /// <inheritdoc/>
    public Information SerializationInformation => local.SerializationInformation;

    /// <inheritdoc/>
    public IActorRef RootGuardianAt(Address address) => local.RootGuardianAt(address);

    /// <inheritdoc/>
    public void Init(ActorSystemImpl system) => local.Init(system);

    /// <inheritdoc/>
    public ActorPath TempPath() => local.TempPath();

    /// <inheritdoc/>
    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) => local.RegisterTempActor(actorRef, path);

    /// <inheritdoc/>
    public void UnregisterTempActor(ActorPath path) => local.UnregisterTempActor(path);

    /// <inheritdoc/>
    public FutureActorRef<T> CreateFutureRef<T>(TaskCompletionSource<T> tcs) => local.CreateFutureRef(tcs);

    /// <inheritdoc/>
    public IInternalActorRef ActorOf(
        ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy deploy, bool lookupDeploy, bool async) =>
        local.ActorOf(system, props, supervisor, path, systemService, deploy, lookupDeploy, async);

    /// <inheritdoc/>
    public IActorRef ResolveActorRef(string path) =>
        ActorPath.TryParse(path, out var parsed) ? ResolveActorRef(parsed) : DeadLetters;

    /// <inheritdoc/>
    public IActorRef ResolveActorRef(ActorPath path) =>
        path.Address != RootPath.Address ? node.Node.World.Network.RefOf(path, node.Node.Number, this) : OfThisProcess(path);

    /// <inheritdoc/>
    public Address? GetExternalAddressFor(Address address) => address == RootPath.Address ? address : null;

    // What is meant for an actor of an earlier process finds nobody, as it does over Akka's own network.
    private IActorRef OfThisProcess(ActorPath path) => local.ResolveActorRef(path) is var found && path.Uid != ActorCell.UndefinedUid && found.Path.Uid != path.Uid ? DeadLetters : found;
}
