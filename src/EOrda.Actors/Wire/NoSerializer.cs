using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace EOrda.Actors.Wire;

/// <summary>
/// Stands in the place of Akka's serializer for everything else, which makes an object of whatever type the bytes name: what has no format of its own neither
/// leaves nor enters a node.
/// </summary>
internal sealed class NoSerializer : Serializer
{
    /// <summary>Its number; no bytes carry it.</summary>
    public const int Id = 471_000_103;

    /// <summary>Made by Akka, with the settings of the serializer in whose place it stands.</summary>
    public NoSerializer(ExtendedActorSystem system, Config _)
        : base(system)
    {
    }

    /// <inheritdoc/>
    public override int Identifier => Id;

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public override byte[] ToBinary(object obj) => throw new SerializationException($"{obj.GetType().Name} has no format; it does not cross to another node.");

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public override object FromBinary(byte[] bytes, Type type) => throw new SerializationException("No bytes are of this serializer.");
}
