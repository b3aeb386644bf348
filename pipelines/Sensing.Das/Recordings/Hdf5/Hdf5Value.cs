using PureHDF;
using PureHDF.VOL.Native;

namespace Sensing.Das.Recordings.Hdf5;

/// <summary>Reads small datasets and attributes of any number or text type.</summary>
internal static class Hdf5Value
{
    private interface IReader
    {
        void Read<T>(Span<T> values);
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
                Values<string>(reader, count).Select(text => text.TrimEnd('\0', ' ')).ToArray(),
            (H5DataTypeClass.FixedPoint, 1) => type.FixedPoint.IsSigned ? Values<sbyte>(reader, count) : Values<byte>(reader, count),
            (H5DataTypeClass.FixedPoint, 2) => type.FixedPoint.IsSigned ? Values<short>(reader, count) : Values<ushort>(reader, count),
            (H5DataTypeClass.FixedPoint, 4) => type.FixedPoint.IsSigned ? Values<int>(reader, count) : Values<uint>(reader, count),
            (H5DataTypeClass.FixedPoint, 8) => type.FixedPoint.IsSigned ? Values<long>(reader, count) : Values<ulong>(reader, count),
            (H5DataTypeClass.FloatingPoint, 4) => Values<float>(reader, count),
            (H5DataTypeClass.FloatingPoint, 8) => Values<double>(reader, count),
            (H5DataTypeClass.Enumerated, 1) => Values<byte>(reader, count),
            _ => throw new NotSupportedException($"values of type {Shown(type)}"),
        };
    }

    /// <summary>Reads into a span: PureHDF makes its own arrays by reflection that ahead-of-time compilation cannot serve.</summary>
    private static T[] Values<T>(IReader reader, ulong count)
    {
        var values = new T[count];
        reader.Read<T>(values);
        return values;
    }

    private sealed class DatasetReader(IH5Dataset dataset) : IReader
    {
        public void Read<T>(Span<T> values) => ((NativeDataset)dataset).Read(values);
    }

    private sealed class AttributeReader(IH5Attribute attribute) : IReader
    {
        public void Read<T>(Span<T> values) => ((NativeAttribute)attribute).Read(values);
    }
}
