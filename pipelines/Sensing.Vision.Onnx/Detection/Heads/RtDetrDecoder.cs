namespace Sensing.Vision.Onnx.Detection.Heads;

/// <summary>RT-DETR: for each query centre and size of a box as shares of the input, and the classes as scores, or as logits in an output of their own.</summary>
internal sealed class RtDetrDecoder : IHeadDecoder
{
    private readonly int _width;
    private readonly int _height;
    private readonly int _classes;
    private readonly bool _together;

    public RtDetrDecoder(ModelShape model)
    {
        (_width, _height, _classes) = (model.Width, model.Height, model.Classes);
        string? together = model.Outputs.FirstOrDefault(output => ModelShape.Fits(output.Value, 1, -1, model.Classes + 4)).Key;
        string? boxes = model.Outputs.FirstOrDefault(output => ModelShape.Fits(output.Value, 1, -1, 4)).Key;
        string? logits = model.Outputs.FirstOrDefault(output => output.Key != boxes && ModelShape.Fits(output.Value, 1, -1, model.Classes)).Key;
        _together = together is not null && (model.Outputs.Count == 1 || boxes is null || logits is null);
        Outputs = _together ? [together!]
            : boxes is not null && logits is not null ? [boxes, logits]
            : throw model.Misfit(
                DetectorHead.RtDetr, $"[1, queries, {model.Classes + 4}], or [1, queries, 4] and [1, queries, {model.Classes}]");
    }

    public IReadOnlyList<string> Outputs { get; }

    public void Decode(IReadOnlyList<HeadOutput> outputs, ReadOnlySpan<bool> wanted, float leastScore, List<Candidate> found)
    {
        int queries = (int)outputs[0].Shape[1], stride = _together ? _classes + 4 : 4;
        ReadOnlySpan<float> boxes = outputs[0].Numbers;
        for (int query = 0; query < queries; query++)
        {
            ReadOnlySpan<float> box = boxes.Slice(query * stride, 4);
            ReadOnlySpan<float> classes = _together
                ? boxes.Slice((query * stride) + 4, _classes)
                : outputs[1].Numbers.Slice(query * _classes, _classes);
            (int best, float score) = BestClass.Of(classes, wanted);
            score = _together || best < 0 ? score : 1 / (1 + MathF.Exp(-score));
            if (score >= leastScore)
            {
                float x = box[0] * _width, y = box[1] * _height, width = box[2] * _width / 2, height = box[3] * _height / 2;
                found.Add(new Candidate(best, score, x - width, y - height, x + width, y + height));
            }
        }
    }
}
