using NodaTime;

namespace EOrda.Accounts;

/// <summary>The numbers of P2 and P11, each with its default.</summary>
public sealed record AccountOptions
{
    /// <summary>The zone of local times and days.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZoneProviders.Tzdb["Asia/Almaty"];

    /// <summary>A parent's session without activity ends after so long (000: 20-10).</summary>
    public TimeSpan ParentIdle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The greatest age of a parent's session.</summary>
    public TimeSpan ParentSession { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The age of a session of staff.</summary>
    public TimeSpan StaffSession { get; init; } = TimeSpan.FromHours(8);

    /// <summary>From this local time a live page with the race open counts as activity.</summary>
    public LocalTime RaceFrom { get; init; } = new(6, 0);

    /// <summary>Until this local time (not included) a live page with the race open counts as activity.</summary>
    public LocalTime RaceUntil { get; init; } = new(8, 0);

    /// <summary>Activity is stored when what is stored is older than this. After a crash a session can seem idle for so much longer.</summary>
    public TimeSpan ActivityGrain { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A session is read from the database again after so long in memory.</summary>
    public TimeSpan SessionCacheLife { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>At most so many sessions are kept in memory.</summary>
    public int SessionCacheEntries { get; init; } = 100_000;

    /// <summary>How often a node asks which sessions were ended elsewhere.</summary>
    public TimeSpan RevocationPoll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Nodes' clocks differ by less than this.</summary>
    public TimeSpan RevocationOverlap { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A one-time code is good for so long.</summary>
    public TimeSpan CodeLife { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>So many tries a code.</summary>
    public int CodeTries { get; init; } = 3;

    /// <summary>So many codes an hour to a number: for its owner's device and for all strangers together, each.</summary>
    public int CodesAnHour { get; init; } = 5;

    /// <summary>So many codes a day to a number: for its owner's device and for all strangers together, each.</summary>
    public int CodesADay { get; init; } = 10;

    /// <summary>So many codes an hour to a number for one stranger's address.</summary>
    public int CodesAnHourOfStranger { get; init; } = 3;

    /// <summary>So many codes an hour for one address to all numbers.</summary>
    public int CodesAnHourOfAddress { get; init; } = 60;

    /// <summary>So many wrong attempts within <see cref="FailureWindow"/> lock.</summary>
    public const int FailuresThatLock = 3;

    /// <summary>Wrong attempts count for so long.</summary>
    public TimeSpan FailureWindow { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>The first lock of a local day.</summary>
    public TimeSpan FirstLock { get; init; } = TimeSpan.FromHours(4);

    /// <summary>The next locks of the same local day.</summary>
    public TimeSpan NextLock { get; init; } = TimeSpan.FromHours(10);

    /// <summary>An address from which attempts on so many accounts failed within an hour is refused on others.</summary>
    public int FailedAccountsOfAddress { get; init; } = 100;

    /// <summary>A number may be changed again after so long (000: 20-13).</summary>
    public TimeSpan PhoneChange { get; init; } = TimeSpan.FromDays(40);

    /// <summary>A device's challenge is good for so long.</summary>
    public TimeSpan ChallengeLife { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A link of enrolment is good for so long.</summary>
    public TimeSpan EnrolmentLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>A block lasts so long at most (000: 20-18): six months.</summary>
    public TimeSpan LongestBlock { get; init; } = TimeSpan.FromDays(183);

    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512.</summary>
    public int PasswordIterations { get; init; } = 210_000;

    /// <summary>So many threads hash passwords: 1 or 2.</summary>
    public int PasswordThreads { get; init; } = 1;

    /// <summary>So many passwords wait to be hashed; beyond this the reply is <see cref="Reasons.Busy"/>.</summary>
    public int PasswordsWaiting { get; init; } = 64;

    /// <summary>So many writes wait for the embedded database; beyond this the reply is <see cref="Reasons.Busy"/>.</summary>
    public int WritesWaiting { get; init; } = 2_000;

    /// <summary>A write waits so long for its turn at most.</summary>
    public TimeSpan WriteWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Codes, sessions, challenges and counts of attempts are kept so long after their end (P11).</summary>
    public TimeSpan KeepSessions { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The audit trail is kept so long (P11): five years.</summary>
    public TimeSpan KeepAudit { get; init; } = TimeSpan.FromDays(5 * 365 + 2);
}
