using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Sensing.CloudIngest.Store;

/// <summary>A place between two events in the order of time: the event before it. Late events that fall behind it are not seen
/// by the pages after it, those ahead of it are.</summary>
/// <param name="Time">Time of that event.</param>
/// <param name="Sequence">Its sequence number, which tells events of one instant apart.</param>
public sealed record EventCursor(DateTimeOffset Time, long Sequence)
{
    /// <summary>The cursor as the API hands it out.</summary>
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{Time.UtcTicks:x}.{Sequence:x}"));

    /// <returns>False where <paramref name="text"/> is no cursor that <see cref="ToString"/> made.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out EventCursor? cursor)
    {
        cursor = null;
        if (text.Length > 64 || !Base64Url.IsValid(text))
        {
            return false;
        }

        string[] parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        if (parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long ticks)
            && long.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long sequence)
            && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks && sequence >= 0)
        {
            cursor = new EventCursor(new DateTimeOffset(ticks, TimeSpan.Zero), sequence);
        }

        return cursor is not null;
    }
}
