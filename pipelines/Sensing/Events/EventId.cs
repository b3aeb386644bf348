using System.Security.Cryptography;
using System.Text;

namespace Sensing.Events;

/// <summary>Deterministic event ids: the same fact gets the same id however often and wherever it is computed.</summary>
public static class EventId
{
    /// <summary>The first 128 bits of SHA-256 over source, type, event time and natural key, as 32 hexadecimal digits.</summary>
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
        return Convert.ToHexStringLower(hash[..16]);
    }
}
