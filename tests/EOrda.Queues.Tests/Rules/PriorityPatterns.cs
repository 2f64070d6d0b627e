using EOrda.Queues.Order;

namespace EOrda.Queues.Tests.Rules;

public sealed class PriorityPatterns
{
    [Theory]
    [InlineData(1, 3, 0)]
    [InlineData(1, 3, 3)]
    [InlineData(2, 5, 1)]
    [InlineData(3, 1, 0)]
    public void Positions_are_those_of_the_pattern_written_out(int firstShare, int generalShare, int phase)
    {
        var pattern = new PriorityPattern(firstShare, generalShare, phase);
        for (var first = 0; first < 9; first++)
        {
            for (var general = 0; general < 23; general++)
            {
                var written = WriteOut(first, general, pattern);
                for (var rank = 1; rank <= first; rank++)
                {
                    Assert.Equal(written.IndexOf($"F{rank}"), rank - 1 + pattern.GeneralAheadOfFirstPriority(rank, general));
                }

                for (var rank = 1; rank <= general; rank++)
                {
                    Assert.Equal(written.IndexOf($"G{rank}"), rank - 1 + pattern.FirstPriorityAheadOfGeneral(rank, first));
                }
            }
        }
    }

    private static List<string> WriteOut(int first, int general, PriorityPattern pattern)
    {
        var written = new List<string>();
        int f = 0, g = 0;
        void Generals(int count)
        {
            for (var i = 0; i < count && g < general; i++)
            {
                written.Add($"G{++g}");
            }
        }

        Generals(pattern.Phase);
        while (f < first || g < general)
        {
            for (var i = 0; i < pattern.FirstPriorityShare && f < first; i++)
            {
                written.Add($"F{++f}");
            }

            Generals(pattern.GeneralShare);
        }

        return written;
    }
}
