namespace EOrda.Simulation.Mutants;

/// <summary>A deliberate bug by name.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="What">What is wrong, in a sentence.</param>
/// <param name="Seed">A seed that finds it, to be tried first.</param>
/// <param name="Make">Makes one for one simulation.</param>
internal sealed record NamedMutant(string Name, string What, int Seed, Func<Mutant> Make);

/// <summary>All deliberate bugs.</summary>
internal static class AllMutants
{
    /// <summary>The bugs in the order of the table in docs/reliability.md.</summary>
    public static IReadOnlyList<NamedMutant> List { get; } =
    [
        new("answer-before-sync", "a transaction counts as written before it is on disk", 1, () => new AnswersBeforeSync()),
        new("batch-tail", "the last page of a large transaction is left out", 1, () => new LosesTailOfBatch()),
        new("torn-transaction", "a crash in a write leaves half of the transaction", 1, () => new TearsTransactions()),
        new("error-swallowed", "an error of the disk is taken for success", 1, () => new SwallowsErrors()),
        new("refused-but-stored", "a transaction that is stored is reported as refused", 1, () => new RefusesWhatItStored()),
        new("recovery-tail", "a recovery misses an entity's last page", 1, () => new ForgetsLastPage()),
        new("stale-snapshot", "a snapshot has an older state than its number says", 1, () => new StaleSnapshots()),
        new("snapshot-keys", "snapshots lack the callers' keys", 1, () => new SnapshotsWithoutKeys()),
        new("recovery-keys", "a new process does not know the keys of the one before", 1, () => new ForgetsKeysOfOtherProcesses()),
        new("retry-keys", "a request sent again gets a new key", 1, () => new NewKeyForEachAttempt()),
        new("reservation-end", "a reservation is recorded to end a millisecond late", 1, () => new ReservationEndsLate()),
        new("slot-leak", "a withdrawal is not recorded, the child's slot stays taken", 1, () => new LeaksSlots()),
        new("child-twice", "the register does not record what was filed for a child", 1, () => new ForgetsChildren()),
        new("lapse-uncounted", "a lapse is not recorded as counting", 1, () => new ForgetsLapses()),
        new("due-slept", "a due is slept through after the clock was set back", 7, () => new SleepsAfterStepBack()),
        new("clock-behind", "the clock is read a millisecond behind", 1, () => new ClockBehind()),
        new("work-lost", "one of 5,000 wake-ups gets lost", 2, () => new LosesWork()),
        new("update-lost", "a live update gets lost and the numbers hide it", 1, () => new LosesLiveUpdates()),
        new("update-old", "live updates tell the places of the update before", 1, () => new TellsOldPlaces()),
        new("window-wide", "one more than the window lets in is let in", 2, () => new WrongRule(rules => rules.WindowFactor += 0.001m)),
        new("lapse-limit", "one lapse more a day is allowed", 1, () => new WrongRule(rules => rules.LapsesPerDay++)),
        new("referral-limit", "one referral more a month is allowed", 13, () => new WrongRule(rules => rules.ReferralsPerMonth++)),
        new("priority-long", "priority access ends a working day late", 1, () => new WrongRule(rules => rules.PriorityWorkingDays++)),
        new("cancel-late", "a referral can be cancelled an hour too long", 11, () => new WrongRule(rules => rules.CancelHours++)),
        new("freeze-short", "the freeze before the release begins late", 1, () => new WrongRule(rules => rules.FreezeFrom = "06:55")),
        new("carry-off", "the pattern does not carry on", 1, () => new WrongRule(rules => rules.Carry = !rules.Carry)),
    ];
}
