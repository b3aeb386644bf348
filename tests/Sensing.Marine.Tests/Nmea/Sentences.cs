using System.Text;

namespace Sensing.Marine.Tests.Nmea;

/// <summary>Sentences made for tests, by another way than they are read.</summary>
internal static class Sentences
{
    /// <summary>A sentence with its checksum.</summary>
    /// <param name="body">From the address on, without '$' or '!'.</param>
    /// <param name="start">'$' or '!'.</param>
    public static string Of(string body, char start = '$') => $"{start}{body}*{Sum(body):X2}";

    public static string Tagged(string block, string sentence) => $"\\{block}*{Sum(block):X2}\\{sentence}";

    public static byte[] Bytes(string line) => Encoding.Latin1.GetBytes(line);

    private static int Sum(string body) => body.Aggregate(0, (sum, character) => sum ^ character);
}
