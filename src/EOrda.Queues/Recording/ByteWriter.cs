using System.Buffers.Binary;
using System.Text;
using EOrda.Queues.Names;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Recording;

/// <summary>Writes values one after another into a buffer that grows: numbers in as few bytes as they need, texts as UTF-8 with their length before them.</summary>
public sealed class ByteWriter
{
    private byte[] buffer;
    private int length;

    /// <summary>Makes an empty writer.</summary>
    /// <param name="capacity">Bytes set aside at first, at least 16.</param>
    public ByteWriter(int capacity = 256) => buffer = new byte[Math.Max(16, capacity)];

    /// <summary>How many bytes were written.</summary>
    public int Length => length;

    /// <summary>What was written. Good until the next write.</summary>
    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, length);

    /// <summary>Starts anew in the same buffer.</summary>
    public void Clear() => length = 0;

    /// <summary>A part of what was written, to be filled in later or hashed. Good until the next write.</summary>
    public Span<byte> Part(int start, int count) => buffer.AsSpan(start, count);

    /// <summary>Leaves room for so many bytes.</summary>
    public int Reserve(int count)
    {
        Ensure(count);
        length += count;
        return length - count;
    }

    /// <summary>One byte.</summary>
    public void Byte(byte value)
    {
        Ensure(1);
        buffer[length++] = value;
    }

    /// <summary>Yes or no, in a byte.</summary>
    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>A number from 0 on, in seven bits a byte.</summary>
    public void Count(long value)
    {
        Ensure(10);
        var rest = (ulong)value;
        while (rest >= 0x80)
        {
            buffer[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        buffer[length++] = (byte)rest;
    }

    /// <summary>Any number.</summary>
    public void Number(long value) => Count((value << 1) ^ (value >> 63));

    /// <summary>An instant.</summary>
    public void Moment(Moment value) => Number(value.UnixMilliseconds);

    /// <summary>A date.</summary>
    public void Date(LocalDate value) => Number((value.Year * 16L + value.Month) * 32 + value.Day);

    /// <summary>A text.</summary>
    public void Text(string value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        Count(bytes);
        Ensure(bytes);
        length += Encoding.UTF8.GetBytes(value, buffer.AsSpan(length));
    }

    /// <summary>A text or nothing.</summary>
    public void OptionalText(string? value)
    {
        Flag(value is not null);
        if (value is not null)
        {
            Text(value);
        }
    }

    /// <summary>Bytes as they are, without their length.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Ensure(value.Length);
        value.CopyTo(buffer.AsSpan(length));
        length += value.Length;
    }

    /// <summary>A command's key.</summary>
    public void Key(CommandKey value)
    {
        Ensure(16);
        BinaryPrimitives.WriteUInt128BigEndian(buffer.AsSpan(length), value.Value);
        length += 16;
    }

    /// <summary>A queue's name.</summary>
    public void Queue(QueueKey value)
    {
        Text(value.Locality);
        Byte((byte)value.Kind);
        Text(value.Cohort);
    }

    /// <summary>Sees to it that so many more bytes can be written without what was written moving.</summary>
    public void Ensure(int more)
    {
        if (buffer.Length - length < more)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + more));
        }
    }
}
