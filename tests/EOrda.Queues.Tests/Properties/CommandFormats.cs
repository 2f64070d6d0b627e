using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Tests.Properties;

/// <summary>Commands as bytes.</summary>
public sealed class CommandFormats
{
    private static readonly LocalDate Born = new(2022, 3, 1);

    private static readonly Command[] Commands =
    [
        new Reserve("a", "p", null),
        new Reserve("a", null, "kg"),
        new Confirm("a"),
        new Drop("a"),
        new Cancel("a"),
        new Extend("a", -3),
        new Verify("a", Approve: true),
        new Enrol("a"),
        new Refuse("a"),
        new Leave("a"),
        new Review("a", Approve: false),
        new ChangeCategory("a", Category.FirstPriority),
        new Prolong("a"),
        new Withdraw("a"),
        new Transfer("a", "other parent"),
        new Correct("a", Born),
        new RevokePlace("p"),
        new ReserveBatch(["a", "b"], "kg"),
        new Submit("almaty/general/2022", "a", "c", Born, "parent", Category.OutOfTurn, new Moment(-1), UnderReview: true),
        new Submit("almaty/general/2022", "a", "c", Born, "parent", Category.General, null, UnderReview: false),
        new FreePlace("p", "kg", "almaty/general/2022", null),
        new FreePlace("p", "kg", null, 3),
        new CleanUp("almaty"),
        new RegisterKindergarten("kg", "almaty", Kind.Sanatorium),
        new SetRules("almaty", new RulesDraft { TimeZone = "Asia/Almaty", Ratio = [1, 3.5m], Lead = "general", Carry = false, Holidays = ["2026-01-01"], Workdays = [] }),
        new AmendRules("almaty", new RulesDraft { WindowFactor = 0.125m, ValidMonths = -1, FreezeFrom = "06:30" }),
    ];

    [Fact]
    public void Each_command_is_read_as_it_was_written()
    {
        foreach (var command in Commands)
        {
            var written = Written(command);
            var from = new ByteReader(written);
            var read = CommandFormat.Read(ref from);
            Assert.True(from.AtEnd);
            Assert.Equal(command.GetType(), read.GetType());
            Assert.Equal(written, Written(read));
        }
    }

    [Fact]
    public void No_command_is_without_a_format()
    {
        var all = typeof(Command).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Command)) && !type.IsAbstract);
        Assert.Equal(all.Select(type => type.Name).Order(), Commands.Select(command => command.GetType().Name).Distinct().Order());
    }

    [Fact]
    public void Bytes_that_are_cut_off_are_no_command()
    {
        foreach (var command in Commands)
        {
            var written = Written(command);
            for (var length = 0; length < written.Length; length++)
            {
                Assert.Throws<InvalidDataException>(() =>
                {
                    var from = new ByteReader(written.AsSpan(0, length));
                    CommandFormat.Read(ref from);
                });
            }
        }
    }

    private static byte[] Written(Command command)
    {
        var to = new ByteWriter();
        CommandFormat.Write(to, command);
        return to.Written.ToArray();
    }
}
