using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sensing.Marine.Refinement;

/// <summary>Chooses hours of a stream for comparisons: by a digest, so that every training, on every machine, chooses the same.</summary>
internal static class HeldOutHours
{
    public static bool Contains(string source, DateTimeOffset time, double share)
    {
        string hour = time.UtcDateTime.ToString("yyyy-MM-ddTHH", CultureInfo.InvariantCulture);
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{source} {hour}"));
        return BinaryPrimitives.ReadUInt32BigEndian(digest) < share * uint.MaxValue;
    }
}
