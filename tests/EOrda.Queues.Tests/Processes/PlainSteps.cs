using System.Reflection;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Tests.Processes;

/// <summary>Steps, replies and what begins a process are plain data: all of it could cross a wire.</summary>
public sealed class PlainSteps
{
    private static readonly Type[] Plain = [typeof(string), typeof(int), typeof(bool), typeof(ulong), typeof(UInt128), typeof(long), typeof(decimal), typeof(LocalDate), typeof(Moment), typeof(QueueKey), typeof(CommandKey)];

    public static TheoryData<Type> Types =>
        [.. typeof(ProcessStep).Assembly.GetTypes().Where(type => !type.IsAbstract && new[] { typeof(ProcessStep), typeof(Reply), typeof(Process), typeof(Command), typeof(Answer) }.Any(type.IsSubclassOf))];

    [Theory]
    [MemberData(nameof(Types))]
    public void They_hold_values_lists_and_records_of_values_and_nothing_else(Type type) => Check(type);

    private static void Check(Type type)
    {
        var given = Nullable.GetUnderlyingType(type) ?? type;
        if (given.IsEnum || Plain.Contains(given))
        {
            return;
        }

        if (given.IsGenericType)
        {
            Assert.Contains(given.GetGenericTypeDefinition(), new[] { typeof(IReadOnlyList<>), typeof(List<>) });
            Check(given.GetGenericArguments()[0]);
            return;
        }

        if (given.IsArray)
        {
            Check(given.GetElementType()!);
            return;
        }

        Assert.Equal("EOrda.Queues", given.Assembly.GetName().Name);
        Assert.All(given.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public), field => Check(field.FieldType));
        Assert.True(given.BaseType is null || given.BaseType == typeof(object) || given.BaseType == typeof(ValueType) || given.IsSealed || given.IsAbstract, given.Name);
    }
}
