using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sensing.Events;

/// <summary>Deterministic event ids: the same fact gets the same id however often and wherever it is computed.</summary>
public static class EventId
{
    private const int TimeBytes = 6;
    private const int Length = 16;

    /// <summary>48 bits of event time (ms since 1970, as in UUID version 7) and the first 80 bits of SHA-256 over source, type, event time and natural
    /// key, as 32 hexadecimal digits.</summary>
    /// <remarks>The time comes first for the sake of those who keep ids unique: ids of events that come one after the other lie next to each
    /// other in an index, where ids without order would each touch a page of their own.</remarks>
    /// <param name="source">CloudEvents source.</param>
    /// <param name="type">CloudEvents type.</param>
    /// <param name="time">Event time; all of its 100 ns ticks count.</param>
    /// <param name="naturalKey">What tells two facts of one source, type and instant apart; may be empty.</param>
    public static string Create(string source, string type, DateTimeOffset time, string naturalKey)
    {
        // A NUL cannot occur in any part, so no two different tuples give the same text.
        string text = string.Join('\0', source, type, time.UtcTicks.ToString(), naturalKey);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);

        // Before 1970 the lowest 48 bits of a negative number: still one value for each time.
        Span<byte> id = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(id, time.ToUnixTimeMilliseconds() << (64 - (8 * TimeBytes)));
        hash[..(Length - TimeBytes)].CopyTo(id[TimeBytes..]);
        return Convert.ToHexStringLower(id);
    }
}
