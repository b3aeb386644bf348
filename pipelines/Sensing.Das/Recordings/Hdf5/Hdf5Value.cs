using PureHDF;

namespace Sensing.Das.Recordings.Hdf5;

/// <summary>Reads small datasets and attributes of any number or text type.</summary>
internal static class Hdf5Value
{
    private interface IReader
    {
        T Read<T>();
    }

    /// <summary>Largest count that is read as a value: metadata, not samples.</summary>
    private const ulong Most = 10_000_000;

    /// <summary>The values as a flat array: <c>string[]</c> or an array of a number type.</summary>
    public static Array Read(IH5Dataset dataset) => Read(dataset.Type, dataset.Space, new DatasetReader(dataset));

    /// <inheritdoc cref="Read(IH5Dataset)"/>
    public static Array Read(IH5Attribute attribute) => Read(attribute.Type, attribute.Space, new AttributeReader(attribute));

    /// <summary>A value as an error message shows it.</summary>
    public static string Shown(Array values) => values.Length == 1 ? $"'{values.GetValue(0)}'" : $"{values.Length} values";

    /// <summary>A type as an error message shows it.</summary>
    public static string Shown(IH5DataType type) => type.Class switch
    {
        H5DataTypeClass.FixedPoint => $"{(type.FixedPoint.IsSigned ? "" : "u")}int{type.Size * 8}",
        H5DataTypeClass.FloatingPoint => $"float{type.Size * 8}",
        H5DataTypeClass.Compound => $"compound ({string.Join(", ", type.Compound.Members.Select(m => m.Name))})",
        _ => type.Class.ToString().ToLowerInvariant(),
    };

    private static Array Read(IH5DataType type, IH5Dataspace space, IReader reader)
    {
        ulong count = space.Dimensions.Aggregate(1UL, (product, next) => product * next);
        if (count > Most)
        {
            throw new NotSupportedException($"{count} values where a few are expected");
        }

        if (count == 0)
        {
            return Array.Empty<double>();
        }

        return (type.Class, type.Size) switch
        {
            (H5DataTypeClass.String or H5DataTypeClass.VariableLength, _) =>
                reader.Read<string[]>().Select(text => text.TrimEnd('\0', ' ')).ToArray(),
            (H5DataTypeClass.FixedPoint, 1) => type.FixedPoint.IsSigned ? reader.Read<sbyte[]>() : reader.Read<byte[]>(),
            (H5DataTypeClass.FixedPoint, 2) => type.FixedPoint.IsSigned ? reader.Read<short[]>() : reader.Read<ushort[]>(),
            (H5DataTypeClass.FixedPoint, 4) => type.FixedPoint.IsSigned ? reader.Read<int[]>() : reader.Read<uint[]>(),
            (H5DataTypeClass.FixedPoint, 8) => type.FixedPoint.IsSigned ? reader.Read<long[]>() : reader.Read<ulong[]>(),
            (H5DataTypeClass.FloatingPoint, 4) => reader.Read<float[]>(),
            (H5DataTypeClass.FloatingPoint, 8) => reader.Read<double[]>(),
            (H5DataTypeClass.Enumerated, 1) => reader.Read<byte[]>(),
            _ => throw new NotSupportedException($"values of type {Shown(type)}"),
        };
    }

    private sealed class DatasetReader(IH5Dataset dataset) : IReader
    {
        public T Read<T>() => dataset.Read<T>();
    }

    private sealed class AttributeReader(IH5Attribute attribute) : IReader
    {
        public T Read<T>() => attribute.Read<T>();
    }
}
