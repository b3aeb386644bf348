namespace Sensing.Vision.Onnx.Detection.Heads;

/// <summary>CenterNet: a map of scores for each class, whose peaks are objects, and a map of the distances to the box's sides.</summary>
/// <remarks>TTFNet (Liu et al., AAAI 2020): a peak is a cell that no neighbour among the eight exceeds; distances are in pixels of the input.</remarks>
internal sealed class CenterNetDecoder : IHeadDecoder
{
    private readonly int _stride;
    private readonly int _classes;

    public CenterNetDecoder(ModelShape model)
    {
        _classes = model.Classes;
        KeyValuePair<string, int[]> scores = model.Outputs.FirstOrDefault(
            output => ModelShape.Fits(output.Value, 1, model.Classes, -1, -1) && output.Value[3] > 0 && model.Width % output.Value[3] == 0);
        _stride = scores.Key is null ? 1 : model.Width / scores.Value[3];
        string? sides = model.Outputs.FirstOrDefault(
            output => output.Key != scores.Key && ModelShape.Fits(output.Value, 1, 4, model.Height / _stride, model.Width / _stride)).Key;
        if (scores.Key is null || sides is null)
        {
            throw model.Misfit(DetectorHead.CenterNet, $"[1, {model.Classes}, height, width] and [1, 4, height, width]");
        }

        Outputs = [scores.Key, sides];
    }

    public IReadOnlyList<string> Outputs { get; }

    public void Decode(IReadOnlyList<HeadOutput> outputs, ReadOnlySpan<bool> wanted, float leastScore, List<Candidate> found)
    {
        int height = (int)outputs[0].Shape[2], width = (int)outputs[0].Shape[3], plane = width * height;
        ReadOnlySpan<float> sides = outputs[1].Numbers;
        for (int kind = 0; kind < _classes; kind++)
        {
            if (!wanted[kind])
            {
                continue;
            }

            ReadOnlySpan<float> scores = outputs[0].Numbers.Slice(kind * plane, plane);
            for (int cell = 0; cell < plane; cell++)
            {
                if (scores[cell] < leastScore || !IsPeak(scores, cell, width, height))
                {
                    continue;
                }

                float x = cell % width * _stride, y = cell / width * _stride;
                found.Add(new Candidate(
                    kind, scores[cell], x - sides[cell], y - sides[plane + cell], x + sides[(2 * plane) + cell], y + sides[(3 * plane) + cell]));
            }
        }
    }

    private static bool IsPeak(ReadOnlySpan<float> scores, int cell, int width, int height)
    {
        int column = cell % width, row = cell / width;
        for (int y = Math.Max(0, row - 1); y <= Math.Min(height - 1, row + 1); y++)
        {
            for (int x = Math.Max(0, column - 1); x <= Math.Min(width - 1, column + 1); x++)
            {
                if (scores[(y * width) + x] > scores[cell])
                {
                    return false;
                }
            }
        }

        return true;
    }
}
