namespace EOrda.Actors.Persistence.Tests.Watching;

/// <summary>A clock that begins at an instant, runs as the machine's does, and jumps ahead when told.</summary>
internal sealed class RunningTime(DateTimeOffset start) : TimeProvider
{
    private readonly long begun = System.GetTimestamp();
    private long jumped;

    public void Jump(TimeSpan ahead) => Interlocked.Add(ref jumped, ahead.Ticks);

    public override DateTimeOffset GetUtcNow() => start.ToUniversalTime() + System.GetElapsedTime(begun) + TimeSpan.FromTicks(Volatile.Read(ref jumped));
}
