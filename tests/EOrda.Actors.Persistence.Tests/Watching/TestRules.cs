using Akka.Actor;
using EOrda.Actors.Country;
using EOrda.Queues.Country;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Actors.Persistence.Tests.Watching;

/// <summary>What a node knows of the one locality.</summary>
internal sealed class TestRules : ILocalityRules
{
    private volatile IReadOnlyList<RulesInForce> rules = [new RulesInForce(Moment.Beginning, Build(_ => { }))];

    /// <summary>The rules of the beginning.</summary>
    public LocalityRules First => rules[0].Rules;

    public bool AllAtOnce => false;

    public IActorRef Keeper => ActorRefs.Nobody;

    public IReadOnlyList<RulesInForce> RulesOf(string locality, Moment at) => rules;

    public bool IsKindergarten(string kindergarten) => true;

    public bool IsPlace(string place) => false;

    public void Amend(Moment from, Action<RulesDraft> change) => rules = [.. rules, new RulesInForce(from, Build(change))];

    private static LocalityRules Build(Action<RulesDraft> change)
    {
        var draft = new RulesDraft { TimeZone = "Asia/Almaty" };
        change(draft);
        Assert.True(draft.TryBuild(out var built, out _));
        return built;
    }
}
