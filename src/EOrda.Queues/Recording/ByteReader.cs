using System.Buffers.Binary;
using System.Text;
using EOrda.Queues.Names;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Recording;

/// <summary>Reads what a <see cref="ByteWriter"/> wrote. Every read fails with <see cref="InvalidDataException"/> where the bytes cannot be it.</summary>
public ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int position;

    /// <summary>How many bytes were read.</summary>
    public readonly int Position => position;

    /// <summary>True when everything was read.</summary>
    public readonly bool AtEnd => position == bytes.Length;

    /// <summary>One byte.</summary>
    public byte Byte() => position < bytes.Length ? bytes[position++] : throw Cut();

    /// <summary>A byte that counts the members of an enumeration.</summary>
    public T Member<T>()
        where T : struct, Enum
    {
        var value = (T)Enum.ToObject(typeof(T), Byte());
        return Enum.IsDefined(value) ? value : throw new InvalidDataException($"No such {typeof(T).Name}.");
    }

    /// <summary>Yes or no.</summary>
    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        _ => throw new InvalidDataException("Neither yes nor no."),
    };

    /// <summary>A number from 0 on.</summary>
    public long Count()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (long)value;
            }
        }

        throw new InvalidDataException("A number without an end.");
    }

    /// <summary>A number from 0 on that fits 31 bits.</summary>
    public int Index()
    {
        var value = Count();
        return value is >= 0 and <= int.MaxValue ? (int)value : throw new InvalidDataException("A number out of range.");
    }

    /// <summary>How many items follow; each takes at least a byte, so there are no more than bytes left.</summary>
    public int ItemCount()
    {
        var count = Index();
        return count <= bytes.Length - position ? count : throw Cut();
    }

    /// <summary>Any number.</summary>
    public long Number()
    {
        var value = (ulong)Count();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>An instant.</summary>
    public Moment Moment() => new(Number());

    /// <summary>A date.</summary>
    public LocalDate Date()
    {
        var value = Number();
        try
        {
            return new LocalDate(checked((int)(value >> 9)), (int)(value >> 5 & 15), (int)(value & 31));
        }
        catch (Exception fault) when (fault is ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("No such date.", fault);
        }
    }

    /// <summary>A text.</summary>
    public string Text()
    {
        try
        {
            return Strict.GetString(Bytes(Index()));
        }
        catch (DecoderFallbackException fault)
        {
            throw new InvalidDataException("Not well-formed text.", fault);
        }
    }

    /// <summary>A text or nothing.</summary>
    public string? OptionalText() => Flag() ? Text() : null;

    /// <summary>So many bytes as they are.</summary>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > bytes.Length - position)
        {
            throw Cut();
        }

        position += count;
        return bytes.Slice(position - count, count);
    }

    /// <summary>A command's key.</summary>
    public CommandKey Key() => new(BinaryPrimitives.ReadUInt128BigEndian(Bytes(16)));

    /// <summary>A queue's name.</summary>
    public QueueKey Queue() => new(Text(), Member<Kind>(), Text());

    private static InvalidDataException Cut() => new("Cut off.");
}
