using System.Security.Cryptography;
using EOrda.Queues;
using EOrda.Queues.Recording;
using EOrda.Queues.Steps;

namespace EOrda.Actors.Persistence;

/// <summary>A step as it stands in a record, the key under which its entity keeps the reply, and 64 bits that tell it from another command's step.</summary>
internal readonly struct EncodedStep
{
    private readonly byte[] bytes;

    /// <summary>Encodes a step.</summary>
    public EncodedStep(ProcessStep step)
    {
        bytes = Written(step);
        var asked = step.WithoutReplies();
        Key = KeyOf(bytes[0], step);
        Fingerprint = EncodedCommand.FingerprintOf(ReferenceEquals(asked, step) ? bytes : Written(asked));
    }

    /// <summary>The key of the reply: made of the command's key, the step's kind and its part.</summary>
    public CommandKey Key { get; }

    /// <summary>The step's fingerprint, without what replies to earlier steps told.</summary>
    public ulong Fingerprint { get; }

    /// <summary>Writes the step.</summary>
    public void WriteTo(ByteWriter to) => to.Bytes(bytes);

    /// <summary>Reads a step.</summary>
    public static EncodedStep Read(ref ByteReader from) => new(StepFormat.Read(ref from));

    private static byte[] Written(ProcessStep step)
    {
        var to = new ByteWriter(128);
        StepFormat.Write(to, step);
        return to.Written.ToArray();
    }

    private static CommandKey KeyOf(byte kind, ProcessStep step)
    {
        var to = new ByteWriter(128);
        to.Key(step.Key);
        to.Byte(kind);
        to.Text(step.Part);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(to.Written.Span, hash);
        var from = new ByteReader(hash);
        return from.Key();
    }
}
