using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sensing.Das.Recordings;

/// <summary>Stored numbers to 32-bit floats, many at a time: a fibre yields millions of samples a second.</summary>
internal static class SampleConversion
{
    /// <summary>Converts number by number; what does not fit a float loses its last digits, never its size.</summary>
    public static void ToSingle<T>(ReadOnlySpan<T> numbers, Span<float> values)
        where T : unmanaged, INumberBase<T>
    {
        if (typeof(T) == typeof(float))
        {
            MemoryMarshal.Cast<T, float>(numbers).CopyTo(values);
        }
        else if (typeof(T) == typeof(short))
        {
            ToSingle(MemoryMarshal.Cast<T, short>(numbers), values);
        }
        else
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                values[i] = float.CreateTruncating(numbers[i]);
            }
        }
    }

    /// <summary>value = value × factor; what is infinite becomes NaN.</summary>
    /// <returns>How many values are NaN then.</returns>
    public static long Scale(Span<float> values, float factor)
    {
        long unknown = 0;
        int i = 0;
        var factors = new Vector<float>(factor);
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            // x − x is 0 for finite x and NaN for all others.
            var value = new Vector<float>(values[i..]);
            Vector<float> off = value - value;
            ((value * factors) + off).CopyTo(values[i..]);
            if (!Vector.EqualsAll(off, Vector<float>.Zero))
            {
                unknown -= Vector.Sum(Vector.AsVectorInt32(Vector.OnesComplement(Vector.Equals(off, off))));
            }
        }

        for (; i < values.Length; i++)
        {
            unknown += Scale(ref values[i], factor);
        }

        return unknown;
    }

    /// <summary>One value; 1 where it is not a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Scale(ref float value, float factor)
    {
        bool finite = float.IsFinite(value);
        value = finite ? value * factor : float.NaN;
        return finite ? 0 : 1;
    }

    private static void ToSingle(ReadOnlySpan<short> numbers, Span<float> values)
    {
        int i = 0;
        for (; i <= numbers.Length - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(numbers[i..]), out Vector<int> low, out Vector<int> high);
            Vector.ConvertToSingle(low).CopyTo(values[i..]);
            Vector.ConvertToSingle(high).CopyTo(values[(i + Vector<int>.Count)..]);
        }

        for (; i < numbers.Length; i++)
        {
            values[i] = numbers[i];
        }
    }
}
