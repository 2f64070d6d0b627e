using Akka.Hosting;
using EOrda.Actors.Wire;

namespace EOrda.Actors.Hosting;

/// <summary>What crosses from one node to another: messages with a format of their own, Akka's own messages, and nothing else.</summary>
internal static class WireHosting
{
    // Akka falls back to this serializer for whatever has no other, in both directions. None of Akka's own messages between nodes needs it.
    private const string NoJson = "akka.actor.serializers.json";

    /// <summary>Adds the formats of messages between nodes, and takes away the serializer that makes objects of any type.</summary>
    public static AkkaConfigurationBuilder WithWire(this AkkaConfigurationBuilder akka)
    {
        akka.AddHocon($"{NoJson} = \"{typeof(NoSerializer).FullName}, {typeof(NoSerializer).Assembly.GetName().Name}\"", HoconAddMode.Prepend);
        return akka.WithCustomSerializer(EordaWireSerializer.Name, EordaWireSerializer.Types, system => new EordaWireSerializer(system));
    }
}
