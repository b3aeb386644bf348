namespace Sensing.Vision.Onnx.Detection.Heads;

/// <summary>NanoDet: for each cell the scores of the classes, and for each side of the box a distribution of its distance.</summary>
/// <remarks>Generalized focal loss (Li et al., NeurIPS 2020): a distance is the mean of the softmax over the bins 0, 1, 2, …, in strides, from the cell's centre.</remarks>
internal sealed class NanoDetDecoder : IHeadDecoder
{
    private static readonly int[] Strides = [8, 16, 32];

    private readonly int _width;
    private readonly int _classes;
    private readonly int _bins;

    public NanoDetDecoder(ModelShape model)
    {
        (_width, _classes) = (model.Width, model.Classes);
        var outputs = new List<string>();
        foreach (int stride in Strides)
        {
            int cells = Cells(model.Width, stride) * Cells(model.Height, stride);
            string? scores = model.Outputs.FirstOrDefault(output => ModelShape.Fits(output.Value, 1, cells, model.Classes)).Key;
            KeyValuePair<string, int[]> sides = model.Outputs.FirstOrDefault(
                output => output.Key != scores && ModelShape.Fits(output.Value, 1, cells, -1) && output.Value[2] is >= 8 and var width && width % 4 == 0);
            if (scores is null || sides.Key is null || (_bins != 0 && _bins != sides.Value[2] / 4))
            {
                throw model.Misfit(DetectorHead.NanoDet, $"[1, {cells}, {model.Classes}] and [1, {cells}, 4 × bins] for stride {stride}");
            }

            _bins = sides.Value[2] / 4;
            outputs.Add(scores);
            outputs.Add(sides.Key);
        }

        Outputs = outputs;
    }

    public IReadOnlyList<string> Outputs { get; }

    public void Decode(IReadOnlyList<HeadOutput> outputs, ReadOnlySpan<bool> wanted, float leastScore, List<Candidate> found)
    {
        for (int level = 0; level < Strides.Length; level++)
        {
            Level(outputs[2 * level].Numbers, outputs[(2 * level) + 1].Numbers, Strides[level], wanted, leastScore, found);
        }
    }

    private void Level(
        ReadOnlySpan<float> scores, ReadOnlySpan<float> sides, int stride, ReadOnlySpan<bool> wanted, float leastScore, List<Candidate> found)
    {
        int columns = Cells(_width, stride);
        Span<float> distances = stackalloc float[4];
        for (int cell = 0; cell * _classes < scores.Length; cell++)
        {
            (int best, float score) = BestClass.Of(scores.Slice(cell * _classes, _classes), wanted);
            if (score < leastScore)
            {
                continue;
            }

            for (int side = 0; side < 4; side++)
            {
                distances[side] = stride * Mean(sides.Slice(((cell * 4) + side) * _bins, _bins));
            }

            float x = ((cell % columns) + 0.5f) * stride, y = ((cell / columns) + 0.5f) * stride;
            found.Add(new Candidate(best, score, x - distances[0], y - distances[1], x + distances[2], y + distances[3]));
        }
    }

    private static float Mean(ReadOnlySpan<float> logits)
    {
        float highest = System.Numerics.Tensors.TensorPrimitives.Max(logits), sum = 0, weighted = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            float share = MathF.Exp(logits[i] - highest);
            sum += share;
            weighted += i * share;
        }

        return weighted / sum;
    }

    private static int Cells(int size, int stride) => (size + stride - 1) / stride;
}
