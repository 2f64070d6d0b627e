namespace EOrda.Peers;

/// <summary>Stands on the noon before until the morning is opened, then runs from 07:00.</summary>
internal sealed class MorningClock : TimeProvider
{
    private static readonly DateTimeOffset Noon = new(2024, 6, 11, 12, 0, 0, TimeSpan.FromHours(5));
    private static readonly DateTimeOffset Seven = new(2024, 6, 12, 7, 0, 0, TimeSpan.FromHours(5));
    private long opened;

    public void Open() => opened = GetTimestamp();

    public override DateTimeOffset GetUtcNow() => opened == 0 ? Noon : Seven + GetElapsedTime(opened);
}
