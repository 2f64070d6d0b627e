using static EOrda.Actors.Sqlite.Tests.DataDirectory;

namespace EOrda.Actors.Sqlite.Tests;

public sealed class LogLength : IDisposable
{
    private const string Queue = "queue/almaty/general/2022";

    private readonly DataDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_write_ahead_log_is_written_from_its_beginning_again_and_nothing_of_it_is_lost()
    {
        const int Bytes = 4_000_000;
        const int Most = 250;
        var pages = 0;
        using (var journal = _directory.Open())
        {
            // Once it has begun again it is shorter than what was written.
            while (pages < Most && new FileInfo(_directory.File + "-wal").Length >= (long)pages * Bytes)
                journal.Write([Page(Queue, ++pages, bytes: Bytes)]);
            Assert.InRange(pages, 1, Most - 1);
        }

        using var reopened = _directory.Open();
        Assert.Equal(pages, reopened.Head(Queue)!.LastSequence);
        Assert.Equal(pages, reopened.Read(Queue, 1).Count());
    }
}
