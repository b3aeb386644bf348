namespace Sensing.Onnx.Graph;

/// <summary>A constant of a graph: numbers with a shape.</summary>
/// <remarks>Either floating-point or integer, row by row (the last dimension is contiguous).</remarks>
public sealed class OnnxTensor
{
    private OnnxTensor(int[] shape, float[]? floats, long[]? integers)
    {
        int length = shape.Aggregate(1, (product, size) => product * size);
        int given = floats?.Length ?? integers!.Length;
        Shape = length == given
            ? shape
            : throw new ArgumentException($"A tensor of {string.Join(" × ", shape)} has {length} numbers, not {given}.", nameof(shape));
        Floats = floats;
        Integers = integers;
    }

    /// <summary>Size of each dimension; empty: a single number.</summary>
    public int[] Shape { get; }

    /// <summary>The numbers where they are floating-point; else null.</summary>
    public float[]? Floats { get; }

    /// <summary>The numbers where they are integers; else null.</summary>
    public long[]? Integers { get; }

    public static OnnxTensor Of(float[] values, params int[] shape) => new(shape, values, null);

    public static OnnxTensor Of(long[] values, params int[] shape) => new(shape, null, values);

    /// <summary>A list of integers, for example a shape.</summary>
    public static OnnxTensor List(params long[] values) => new([values.Length], null, values);

    /// <summary>The same numbers with another shape.</summary>
    internal OnnxTensor Reshape(int[] shape) => new(shape, Floats, Integers);

    internal OnnxTensor AsFloats() => Floats is not null ? this : new(Shape, Array.ConvertAll(Integers!, value => (float)value), null);

    /// <summary>The tensor with its dimensions in another order, as <c>numpy.transpose</c>.</summary>
    internal OnnxTensor Transpose(ReadOnlySpan<int> order)
    {
        int rank = Shape.Length;
        int[] strides = new int[rank], shape = new int[rank], steps = new int[rank];
        for (int d = rank - 1, stride = 1; d >= 0; d--)
        {
            strides[d] = stride;
            stride *= Shape[d];
        }

        for (int d = 0; d < rank; d++)
        {
            (shape[d], steps[d]) = (Shape[order[d]], strides[order[d]]);
        }

        int[] sources = new int[(Floats?.Length ?? Integers!.Length)];
        int[] at = new int[rank];
        for (int i = 0, source = 0; i < sources.Length; i++)
        {
            sources[i] = source;
            for (int d = rank - 1; d >= 0; d--)
            {
                source += steps[d];
                if (++at[d] < shape[d])
                {
                    break;
                }

                source -= steps[d] * shape[d];
                at[d] = 0;
            }
        }

        return new OnnxTensor(
            shape,
            Floats is { } floats ? Array.ConvertAll(sources, i => floats[i]) : null,
            Integers is { } integers ? Array.ConvertAll(sources, i => integers[i]) : null);
    }
}
