namespace Sensing.Vision.Sources;

/// <summary>Order of names in which numbers count by their value: 2.jpg before 10.jpg.</summary>
internal sealed class NumericOrder : IComparer<string>
{
    public static NumericOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x, b = y;
        while (a.Length > 0 && b.Length > 0)
        {
            int compared;
            if (char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0]))
            {
                ReadOnlySpan<char> first = Digits(ref a), second = Digits(ref b);
                compared = first.Length != second.Length ? first.Length - second.Length : first.SequenceCompareTo(second);
            }
            else
            {
                compared = a[0] - b[0];
                a = a[1..];
                b = b[1..];
            }

            if (compared != 0)
            {
                return compared;
            }
        }

        // Names that differ in leading zeros alone have an order, too.
        return a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(x, y);
    }

    /// <summary>Takes the digits in front, without leading zeros.</summary>
    private static ReadOnlySpan<char> Digits(ref ReadOnlySpan<char> text)
    {
        int end = 0;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        ReadOnlySpan<char> digits = text[..end].TrimStart('0');
        text = text[end..];
        return digits;
    }
}
