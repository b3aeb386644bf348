using System.Runtime.InteropServices;

namespace Sensing.Steps;

/// <summary>Arrays and marks in a saved state.</summary>
public static class StateStream
{
    /// <summary>Writes a mark that <see cref="Expect"/> checks: name and version of the part that follows.</summary>
    public static void Mark(this BinaryWriter state, string part) => state.Write(part);

    /// <exception cref="InvalidDataException">Another part follows.</exception>
    public static void Expect(this BinaryReader state, string part)
    {
        string found = state.ReadString();
        if (found != part)
        {
            throw new InvalidDataException($"The saved state holds '{found}' where '{part}' belongs: it is of another version.");
        }
    }

    /// <summary>Reads a mark that may be of several versions.</summary>
    /// <returns>Which of <paramref name="parts"/> it is.</returns>
    /// <exception cref="InvalidDataException">Another part follows.</exception>
    public static int ExpectOneOf(this BinaryReader state, params ReadOnlySpan<string> parts)
    {
        string found = state.ReadString();
        int version = parts.IndexOf(found);
        return version >= 0 ? version : throw new InvalidDataException(
            $"The saved state holds '{found}' where '{parts[^1]}' belongs: it is of another version.");
    }

    public static void WriteArray<T>(this BinaryWriter state, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        state.Write(values.Length);
        state.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Reads into an array whose length the configuration has fixed.</summary>
    /// <exception cref="InvalidDataException">The length differs.</exception>
    public static void ReadArray<T>(this BinaryReader state, Span<T> values)
        where T : unmanaged
    {
        int length = state.ReadInt32();
        if (length != values.Length)
        {
            throw new InvalidDataException($"The saved state holds {length} values where {values.Length} belong: other options or geometry.");
        }

        state.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Reads an array whose length varies, within a bound.</summary>
    public static T[] ReadArray<T>(this BinaryReader state, int longest)
        where T : unmanaged
    {
        int length = state.ReadInt32();
        if (length < 0 || length > longest)
        {
            throw new InvalidDataException($"The saved state claims {length} values; at most {longest} are possible.");
        }

        var values = new T[length];
        state.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    public static void WriteTime(this BinaryWriter state, DateTimeOffset time) => state.Write(time.UtcTicks);

    public static DateTimeOffset ReadTime(this BinaryReader state) => new(state.ReadInt64(), TimeSpan.Zero);
}
