using System.Globalization;
using System.Text;

namespace Sensing.CloudIngest.Broker;

/// <summary>What strangers may write into the log: no control characters, a bounded length, a bounded number of lines a minute.</summary>
/// <param name="time">Clock of the minutes.</param>
internal sealed class LogLines(TimeProvider time)
{
    /// <summary>Characters of a text that came from outside.</summary>
    public const int MaxText = 80;

    /// <summary>Lines a minute.</summary>
    public const int PerMinute = 20;

    private readonly Lock _lock = new();
    private long _minute = time.GetTimestamp();
    private int _written;
    private long _left;

    /// <returns>Whether a line may be written now.</returns>
    /// <param name="left">How many were left out before it.</param>
    public bool TryTake(out long left)
    {
        lock (_lock)
        {
            left = 0;
            if (time.GetElapsedTime(_minute) >= TimeSpan.FromMinutes(1))
            {
                _minute = time.GetTimestamp();
                _written = 0;
            }

            if (_written == PerMinute)
            {
                _left++;
                return false;
            }

            _written++;
            (left, _left) = (_left, 0);
            return true;
        }
    }

    /// <summary>A text from outside as the log may show it: printable ASCII, anything else as <c>\u….</c>.</summary>
    public static string Plain(string? text)
    {
        text ??= "";
        var plain = new StringBuilder(MaxText + 16);
        foreach (char character in text)
        {
            if (plain.Length >= MaxText)
            {
                return plain.Append("… (").Append(text.Length.ToString(CultureInfo.InvariantCulture)).Append(" characters)").ToString();
            }

            if (character is >= ' ' and <= '~' and not '\\')
            {
                plain.Append(character);
            }
            else
            {
                plain.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        return plain.ToString();
    }
}
