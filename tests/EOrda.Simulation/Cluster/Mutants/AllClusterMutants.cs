namespace EOrda.Simulation.Cluster.Mutants;

/// <summary>A deliberate bug by name.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="What">What is wrong, in a sentence.</param>
/// <param name="Seed">A seed that finds it, to be tried first.</param>
/// <param name="Make">Makes one for one simulation.</param>
internal sealed record NamedClusterMutant(string Name, string What, int Seed, Func<ClusterMutant> Make);

/// <summary>All deliberate bugs.</summary>
internal static class AllClusterMutants
{
    /// <summary>The bugs in the order of the table in docs/reliability.md.</summary>
    public static IReadOnlyList<NamedClusterMutant> List { get; } =
    [
        new("replay-filter", "Akka's filter of replayed events is on", 1, () => new FilterOfReplays()),
        new("answer-before-commit", "a page is acknowledged before it is stored", 1, () => new AnswersBeforeCommit()),
        new("no-unique-index", "the journal's unique index is missing", 18, () => new WithoutUniqueIndex()),
        new("transaction-tail", "the last page of a transaction is left out", 1, () => new LosesTailOfTransaction()),
        new("error-swallowed", "an error of the database is taken for success", 4, () => new SwallowsFaults()),
        new("recovery-tail", "a recovery misses an entity's last page", 1, () => new ForgetsLastPage()),
        new("unrecovered", "an entity answers from before its recovery", 1, () => new AnswersUnrecovered()),
        new("snapshot-number", "a snapshot is stored under a wrong number", 1, () => new MisnumbersSnapshots()),
        new("stale-snapshot", "a snapshot has an older state than its number says", 2, () => new StaleSnapshots()),
        new("snapshot-keys", "snapshots lack the callers' keys", 3, () => new SnapshotsWithoutKeys()),
        new("query-ahead", "a query is answered ahead of its page", 10, () => new QueriesAheadOfPage()),
        new("recovery-keys", "a new process does not know the keys of the one before", 1, () => new ForgetsKeysOfOtherProcesses()),
        new("retry-keys", "a request sent again gets a new key", 1, () => new NewKeyForEachAttempt()),
        new("step-twice", "a step is sent twice, with another key", 1, () => new SendsStepsTwice()),
        new("keep-forgotten", "a filing does not keep its identifier", 1, () => new ForgetsToKeep()),
        new("undo-forgotten", "a batch that is refused is not undone", 10, () => new ForgetsUndo()),
        new("undo-lapses", "an undone half counts as a lapse", 10, () => new LapsesUndone()),
        new("half-pending", "a pending half is never undone", 3, () => new NeverTellsOutcome()),
        new("horizon-stretched", "a horizon is not kept", 3, () => new StretchesHorizon()),
        new("reservation-end", "a reservation is recorded to end a millisecond late", 1, () => new ReservationEndsLate()),
        new("slot-leak", "a withdrawal is not recorded, the child's slot stays taken", 1, () => new LeaksSlots()),
        new("child-twice", "the register does not record what was filed for a child", 1, () => new ForgetsChildren()),
        new("lapse-uncounted", "a lapse is not recorded as counting", 2, () => new ForgetsLapses()),
        new("clock-behind", "the clock is read a millisecond behind", 1, () => new ClockBehind()),
        new("update-lost", "a live update gets lost and the numbers hide it", 1, () => new LosesLiveUpdates()),
        new("update-old", "live updates tell the places of the update before", 2, () => new TellsOldPlaces()),
        new("window-wide", "one more than the window lets in is let in", 3, () => new WrongRule(rules => rules.WindowFactor += 0.001m)),
        new("lapse-limit", "one lapse more a day is allowed", 9, () => new WrongRule(rules => rules.LapsesPerDay++)),
        new("referral-limit", "one referral more a month is allowed", 4, () => new WrongRule(rules => rules.ReferralsPerMonth++)),
        new("priority-long", "priority access ends a working day late", 1, () => new WrongRule(rules => rules.PriorityWorkingDays++)),
        new("cancel-late", "a referral can be cancelled an hour too long", 4, () => new WrongRule(rules => rules.CancelHours++)),
        new("freeze-short", "the freeze before the release begins late", 1, () => new WrongRule(rules => rules.FreezeFrom = "06:55")),
        new("carry-off", "the pattern does not carry on", 2, () => new WrongRule(rules => rules.Carry = !rules.Carry)),
    ];

    /// <summary>The bug of a name; null for none.</summary>
    public static ClusterMutant? Make(string? name) => List.FirstOrDefault(one => one.Name == name)?.Make();
}
