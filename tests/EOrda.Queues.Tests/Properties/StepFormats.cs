using System.Collections;
using System.Globalization;
using System.Reflection;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Tests.Properties;

/// <summary>Steps and replies as bytes.</summary>
public sealed class StepFormats
{
    private const int Examples = 20;

    public static TheoryData<Type> Types => [.. Concrete(typeof(ProcessStep)).Concat(Concrete(typeof(Reply)))];

    [Theory]
    [MemberData(nameof(Types))]
    public void Each_is_read_as_it_was_written(Type type)
    {
        for (var example = 0; example < Examples; example++)
        {
            var made = new Made(new Random(example)).Of(type);
            var written = Written(made);
            Assert.Equal(TextOf(made), TextOf(Read(type, written, out var atEnd)));
            Assert.True(atEnd);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Bytes_that_are_cut_off_are_none(Type type)
    {
        var written = Written(new Made(new Random(1)).Of(type));
        for (var length = 0; length < written.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Read(type, written[..length], out _));
        }
    }

    [Fact]
    public void No_two_of_them_have_one_tag()
    {
        Assert.All(new[] { typeof(ProcessStep), typeof(Reply) }, kind =>
        {
            var tags = Concrete(kind).Select(type => Written(new Made(new Random(1)).Of(type))[0]).ToList();
            Assert.Equal(tags.Count, tags.Distinct().Count());
        });
    }

    [Fact]
    public void What_replies_told_is_left_out_of_what_tells_two_commands_apart()
    {
        foreach (var type in Concrete(typeof(ProcessStep)))
        {
            var step = (ProcessStep)new Made(new Random(1)).Of(type);
            Assert.IsType(type, step.WithoutReplies());
            Assert.Equal(step.Key, step.WithoutReplies().Key);
            Assert.Equal(step.Part, step.WithoutReplies().Part);
        }
    }

    private static IEnumerable<Type> Concrete(Type kind) => kind.Assembly.GetTypes().Where(type => type.IsSubclassOf(kind) && !type.IsAbstract);

    private static byte[] Written(object made)
    {
        var to = new ByteWriter();
        if (made is ProcessStep step)
        {
            StepFormat.Write(to, step);
        }
        else
        {
            ReplyFormat.Write(to, (Reply)made);
        }

        return to.Written.ToArray();
    }

    private static object Read(Type type, byte[] bytes, out bool atEnd)
    {
        var from = new ByteReader(bytes);
        object read = type.IsSubclassOf(typeof(ProcessStep)) ? StepFormat.Read(ref from) : ReplyFormat.Read(ref from);
        atEnd = from.AtEnd;
        return read;
    }

    // All that is in it, lists too.
    private static string TextOf(object? value) => value switch
    {
        null => "nothing",
        string or QueueKey or CommandKey or Moment or LocalDate or ValueType => $"{value.GetType().Name} {value}",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object>().Select(TextOf))}]",
        _ => $"{value.GetType().Name} {{{string.Join(", ", value.GetType().GetProperties().Where(IsStored).Select(property => $"{property.Name} = {TextOf(property.GetValue(value))}"))}}}",
    };

    private static bool IsStored(PropertyInfo property) => property.Name is not (nameof(ProcessStep.Part) or "EqualityContract");

    /// <summary>Makes a value of any of the types, with something drawn in each field.</summary>
    private sealed class Made(Random random)
    {
        public object Of(Type type)
        {
            if (type == typeof(Command))
            {
                return Of(Draw(Concrete(typeof(Command)).Where(command => command != typeof(SetRules) && command != typeof(AmendRules)).ToList()));
            }

            if (type == typeof(Answer))
            {
                return Of(Draw(Concrete(typeof(Answer)).ToList()));
            }

            if (type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length) is not { } constructor)
            {
                return One(type);
            }

            return constructor.Invoke([.. constructor.GetParameters().Select(parameter => ValueOf(parameter))]);
        }

        // Of those that have no public constructor there is one instance, or one a reason.
        private object One(Type type) => type == typeof(Refusal)
            ? Refusal.For(Draw(Enum.GetValues<Queues.Rules.Reason>()))
            : type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Single(field => field.FieldType == type).GetValue(null)!;

        private object? ValueOf(ParameterInfo parameter)
        {
            var isOptional = new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
            return isOptional && random.Next(3) == 0 ? null : ValueOf(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType);
        }

        private object ValueOf(Type type)
        {
            if (type.IsEnum)
            {
                return Draw(Enum.GetValues(type).Cast<object>().ToList());
            }

            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            {
                var list = Array.CreateInstance(type.GetGenericArguments()[0], random.Next(4));
                for (var i = 0; i < list.Length; i++)
                {
                    list.SetValue(ValueOf(type.GetGenericArguments()[0]), i);
                }

                return list;
            }

            return type switch
            {
                _ when type == typeof(string) => random.Next().ToString(CultureInfo.InvariantCulture),
                _ when type == typeof(int) => random.Next(1, 1_000),
                _ when type == typeof(bool) => random.Next(2) == 1,
                _ when type == typeof(Moment) => new Moment(random.NextInt64(-1_000, 1L << 42)),
                _ when type == typeof(LocalDate) => new LocalDate(2020, 1, 1).PlusDays(random.Next(3_000)),
                _ when type == typeof(CommandKey) => new CommandKey(new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64())),
                _ when type == typeof(QueueKey) => new QueueKey("almaty", Kind.General, $"{random.Next(2000, 2030)}"),
                _ => Of(type),
            };
        }

        private T Draw<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
    }
}
