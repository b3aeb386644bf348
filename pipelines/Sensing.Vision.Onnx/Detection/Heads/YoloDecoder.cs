namespace Sensing.Vision.Onnx.Detection.Heads;

/// <summary>YOLO heads: for each box its centre and size in pixels of the input, objectness (version 5), and the scores of the classes.</summary>
internal sealed class YoloDecoder : IHeadDecoder
{
    private readonly bool _rows;
    private readonly int _classes;

    public YoloDecoder(ModelShape model, DetectorHead head)
    {
        _rows = head == DetectorHead.YoloV5;
        _classes = model.Classes;
        int values = model.Classes + (_rows ? 5 : 4);
        string? output = model.Outputs.FirstOrDefault(
            output => _rows ? ModelShape.Fits(output.Value, 1, -1, values) : ModelShape.Fits(output.Value, 1, values, -1)).Key;
        Outputs = output is null ? throw model.Misfit(head, _rows ? $"[1, boxes, {values}]" : $"[1, {values}, boxes]") : [output];
    }

    public IReadOnlyList<string> Outputs { get; }

    public void Decode(IReadOnlyList<HeadOutput> outputs, ReadOnlySpan<bool> wanted, float leastScore, List<Candidate> found)
    {
        ReadOnlySpan<float> numbers = outputs[0].Numbers;
        int boxes = (int)outputs[0].Shape[_rows ? 1 : 2], first = _rows ? 5 : 4, values = _classes + first;
        Span<float> scores = _classes <= 1024 ? stackalloc float[_classes] : new float[_classes];
        for (int box = 0; box < boxes; box++)
        {
            // Version 5 holds the numbers of a box together, version 8 those of a kind.
            (int origin, int step) = _rows ? (box * values, 1) : (box, boxes);
            for (int i = 0; i < _classes; i++)
            {
                scores[i] = numbers[origin + ((first + i) * step)];
            }

            (int best, float score) = BestClass.Of(scores, wanted);
            score = _rows && best >= 0 ? score * numbers[origin + 4] : score;
            if (score < leastScore)
            {
                continue;
            }

            float x = numbers[origin], y = numbers[origin + step];
            float width = numbers[origin + (2 * step)] / 2, height = numbers[origin + (3 * step)] / 2;
            found.Add(new Candidate(best, score, x - width, y - height, x + width, y + height));
        }
    }
}
