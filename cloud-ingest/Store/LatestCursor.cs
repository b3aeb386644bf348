using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Sensing.Events;

namespace Sensing.CloudIngest.Store;

/// <summary>A place in the order of source and type: the pair before it.</summary>
/// <param name="Source">Its stream.</param>
/// <param name="Type">Its event type.</param>
public sealed record LatestCursor(string Source, string Type)
{
    private const int MaxLength = 1024;

    /// <summary>The cursor as the API hands it out.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{Source} {Type}"));

    /// <returns>False if <paramref name="text"/> was not made by <see cref="ToString"/>.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out LatestCursor? cursor)
    {
        cursor = null;
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
        {
            return false;
        }

        string[] parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split(' ');
        if (parts.Length == 2 && StreamAddress.TryParse(parts[0], out _) && EventTypeName.TryParse(parts[1], out _))
        {
            cursor = new LatestCursor(parts[0], parts[1]);
        }

        return cursor is not null;
    }

    /// <summary>Whether a pair comes after this one.</summary>
    internal bool IsBefore(string source, string type) =>
        string.CompareOrdinal(Source, source) is not 0 and var order ? order < 0 : string.CompareOrdinal(Type, type) < 0;
}
