using System.Collections.Frozen;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Wire;

/// <summary>What the actors of one node send to those of another, as bytes. What is persisted has another serializer.</summary>
internal sealed class EordaWireSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Serializer ids of a system must differ, and Akka does not say when two collide: this one is far above those that libraries use.</summary>
    public const int Id = 471_000_102;

    /// <summary>The name under which the serializer is bound.</summary>
    public const string Name = "eorda-wire";

    private static readonly FrozenDictionary<Type, WireFormat> ByType = WireFormats.All.ToFrozenDictionary(format => format.Type);
    private static readonly FrozenDictionary<string, WireFormat> ByManifest = WireFormats.All.ToFrozenDictionary(format => format.Manifest, StringComparer.Ordinal);

    private readonly WireReferences references = new(system);

    /// <summary>All types that this serializer is bound to.</summary>
    public static IEnumerable<Type> Types => ByType.Keys;

    /// <inheritdoc/>
    public override int Identifier => Id;

    /// <inheritdoc/>
    public override string Manifest(object o) => FormatOf(o).Manifest;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        var to = new ByteWriter();
        FormatOf(obj).Write(to, obj);
        return to.Written.ToArray();
    }

    /// <inheritdoc/>
    /// <exception cref="SerializationException">The manifest is unknown, or the bytes are not what it says.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (!ByManifest.TryGetValue(manifest, out var format))
        {
            throw new SerializationException($"The manifest '{manifest}' is not known here.");
        }

        try
        {
            var from = new ByteReader(bytes);
            var message = format.Read(ref from, references);
            return from.AtEnd ? message : throw new InvalidDataException("More bytes follow.");
        }
        catch (InvalidDataException fault)
        {
            throw new SerializationException($"The bytes are no {manifest}: {fault.Message}", fault);
        }
    }

    private static WireFormat FormatOf(object message) =>
        ByType.TryGetValue(message.GetType(), out var format) ? format : throw new SerializationException($"No format for {message.GetType().Name}.");
}
