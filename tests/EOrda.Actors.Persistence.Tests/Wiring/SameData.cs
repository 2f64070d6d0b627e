using System.Collections;
using System.Reflection;
using Akka.Actor;
using EOrda.Actors.Routing;

namespace EOrda.Actors.Persistence.Tests.Wiring;

/// <summary>Compares plain data field by field, lists by what is in them.</summary>
internal static class SameData
{
    public static void Assert(object? expected, object? actual)
    {
        if (expected is null || actual is null)
        {
            Xunit.Assert.Equal(expected, actual);
            return;
        }

        Xunit.Assert.Equal(expected.GetType(), actual.GetType(), Alike);
        switch (expected)
        {
            case ReadOnlyMemory<byte> bytes:
                Xunit.Assert.Equal(bytes.ToArray(), ((ReadOnlyMemory<byte>)actual).ToArray());
                break;
            case EntityAddress address:
                Xunit.Assert.Equal(address.Entity, ((EntityAddress)actual).Entity);
                break;
            case string or IActorRef or Enum:
            case var value when value.GetType() is { IsPrimitive: true } or { Namespace: "System" or "NodaTime" }:
                Xunit.Assert.Equal(expected, actual);
                break;
            case IEnumerable items:
                var (left, right) = (items.Cast<object>().ToList(), ((IEnumerable)actual).Cast<object>().ToList());
                Xunit.Assert.Equal(left.Count, right.Count);
                left.Zip(right, (one, other) => (one, other)).ToList().ForEach(pair => Assert(pair.one, pair.other));
                break;
            default:
                foreach (var property in expected.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.GetIndexParameters().Length == 0))
                {
                    Assert(property.GetValue(expected), property.GetValue(actual));
                }

                break;
        }
    }

    // A list of another type is as good.
    private static bool Alike(Type expected, Type actual) =>
        expected == actual || (typeof(IEnumerable).IsAssignableFrom(expected) && typeof(IEnumerable).IsAssignableFrom(actual)) || (typeof(IActorRef).IsAssignableFrom(expected) && typeof(IActorRef).IsAssignableFrom(actual));
}
