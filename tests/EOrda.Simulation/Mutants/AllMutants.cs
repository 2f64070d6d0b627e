namespace EOrda.Simulation.Mutants;

/// <summary>A deliberate bug by name.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="What">What is wrong, in a sentence.</param>
/// <param name="Make">Makes one for one simulation.</param>
internal sealed record NamedMutant(string Name, string What, Func<Mutant> Make);

/// <summary>All deliberate bugs.</summary>
internal static class AllMutants
{
    /// <summary>The bugs in the order of the table in docs/reliability.md.</summary>
    public static IReadOnlyList<NamedMutant> List { get; } =
    [
        new("answer-before-sync", "a transaction counts as written before it is on disk", () => new AnswersBeforeSync()),
        new("batch-tail", "the last page of a large transaction is left out", () => new LosesTailOfBatch()),
        new("torn-transaction", "a crash in a write leaves half of the transaction", () => new TearsTransactions()),
        new("error-swallowed", "an error of the disk is taken for success", () => new SwallowsErrors()),
        new("refused-but-stored", "a transaction that is stored is reported as refused", () => new RefusesWhatItStored()),
        new("recovery-tail", "a recovery misses an entity's last page", () => new ForgetsLastPage()),
        new("stale-snapshot", "a snapshot has an older state than its number says", () => new StaleSnapshots()),
        new("snapshot-keys", "snapshots lack the callers' keys", () => new SnapshotsWithoutKeys()),
        new("recovery-keys", "a new process does not know the keys of the one before", () => new ForgetsKeysOfOtherProcesses()),
        new("retry-keys", "a request sent again gets a new key", () => new NewKeyForEachAttempt()),
        new("reservation-end", "a reservation is recorded to end a millisecond late", () => new ReservationEndsLate()),
        new("slot-leak", "a withdrawal is not recorded, the child's slot stays taken", () => new LeaksSlots()),
        new("child-twice", "the register does not record what was filed for a child", () => new ForgetsChildren()),
        new("lapse-uncounted", "a lapse is not recorded as counting", () => new ForgetsLapses()),
        new("due-slept", "a due is slept through after the clock was set back", () => new SleepsAfterStepBack()),
        new("clock-behind", "the clock is read a millisecond behind", () => new ClockBehind()),
        new("work-lost", "one of 5,000 wake-ups gets lost", () => new LosesWork()),
        new("update-lost", "a live update gets lost and the numbers hide it", () => new LosesLiveUpdates()),
        new("update-old", "live updates tell the places of the update before", () => new TellsOldPlaces()),
        new("window-wide", "one more than the window lets in is let in", () => new WrongRule(rules => rules.WindowFactor += 0.001m)),
        new("lapse-limit", "one lapse more a day is allowed", () => new WrongRule(rules => rules.LapsesPerDay++)),
        new("referral-limit", "one referral more a month is allowed", () => new WrongRule(rules => rules.ReferralsPerMonth++)),
        new("priority-long", "priority access ends a working day late", () => new WrongRule(rules => rules.PriorityWorkingDays++)),
        new("cancel-late", "a referral can be cancelled an hour too long", () => new WrongRule(rules => rules.CancelHours++)),
        new("freeze-short", "the freeze before the release begins late", () => new WrongRule(rules => rules.FreezeFrom = "06:55")),
        new("carry-off", "the pattern does not carry on", () => new WrongRule(rules => rules.Carry = !rules.Carry)),
    ];
}
