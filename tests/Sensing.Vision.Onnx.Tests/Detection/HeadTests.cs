using Sensing.Models;
using Sensing.Vision.Frames;
using Sensing.Vision.Onnx.Detection;
using Xunit;

namespace Sensing.Vision.Onnx.Tests.Detection;

/// <summary>Boxes out of each head, against numbers computed by hand.</summary>
public sealed class HeadTests
{
    private const int Size = 64;

    [Fact]
    public void NanoDet_boxes_are_means_of_distributions_in_strides()
    {
        // Stride 16: 4 × 4 cells. Cell 6 (column 2, row 1) has its centre at (40, 24).
        (string, float[], int[])[] outputs = [.. Levels(bins: 8)];
        float[] scores = outputs[2].Item2, sides = outputs[3].Item2;
        scores[(6 * 2) + 1] = 0.9f;
        Certain(sides, (6 * 4) + 0, 1);
        Certain(sides, (6 * 4) + 1, 0);

        // Bins 1 and 2 alike: 1.5 strides.
        sides[(((6 * 4) + 2) * 8) + 1] = sides[(((6 * 4) + 2) * 8) + 2] = 100;
        Certain(sides, (6 * 4) + 3, 2);
        AssertOnly(Run(DetectorHead.NanoDet, outputs), 1, 0.9f, 40 - 16, 24, 64, 24 + 32);
    }

    [Fact]
    public void CenterNet_boxes_are_peaks_with_distances_in_pixels()
    {
        var scores = new float[2 * 16 * 16];
        var sides = new float[4 * 16 * 16];

        // Cell (5, 3), stride 4; its right neighbour is lower and no object.
        int cell = (3 * 16) + 5;
        (scores[cell], scores[cell + 1]) = (0.8f, 0.7f);
        for (int side = 0; side < 4; side++)
        {
            sides[(side * 256) + cell] = 4 + side;
            sides[(side * 256) + cell + 1] = 1;
        }

        AssertOnly(
            Run(DetectorHead.CenterNet, ("scores", scores, [1, 2, 16, 16]), ("sides", sides, [1, 4, 16, 16])),
            0, 0.8f, 20 - 4, 12 - 5, 20 + 6, 12 + 7);
    }

    [Fact]
    public void Yolo_v5_scores_are_objectness_times_class()
    {
        float[] boxes =
        [
            32, 20, 16, 8, 0.5f, 0.1f, 0.9f,
            10, 10, 4, 4, 0.2f, 0.9f, 0.1f,
        ];
        AssertOnly(Run(DetectorHead.YoloV5, ("output0", boxes, [1, 2, 7])), 1, 0.45f, 24, 16, 40, 24);
    }

    [Fact]
    public void Yolo_v8_boxes_lie_across()
    {
        float[] numbers = [32, 10, 20, 10, 16, 4, 8, 4, 0.1f, 0.2f, 0.6f, 0.1f];
        AssertOnly(Run(DetectorHead.YoloV8, ("output0", numbers, [1, 6, 2])), 1, 0.6f, 24, 16, 40, 24);
    }

    [Fact]
    public void RtDetr_boxes_are_shares_of_the_picture_with_scores_or_logits()
    {
        float[] together = [0.5f, 0.25f, 0.25f, 0.125f, 0.7f, 0.1f];
        AssertOnly(Run(DetectorHead.RtDetr, ("output0", together, [1, 1, 6])), 0, 0.7f, 24, 12, 40, 20);
        float logit = MathF.Log(0.8f / 0.2f);
        AssertOnly(
            Run(DetectorHead.RtDetr, ("logits", [-9, logit], [1, 1, 2]), ("pred_boxes", [0.5f, 0.25f, 0.25f, 0.125f], [1, 1, 4])),
            1, 0.8f, 24, 12, 40, 20);
    }

    [Theory]
    [InlineData(DetectorHead.NanoDet)]
    [InlineData(DetectorHead.CenterNet)]
    [InlineData(DetectorHead.YoloV5)]
    [InlineData(DetectorHead.YoloV8)]
    [InlineData(DetectorHead.RtDetr)]
    public void Outputs_of_another_shape_are_named(DetectorHead head)
    {
        ModelException error = Assert.Throws<ModelException>(() => Run(head, ("output0", new float[3 * 11], [1, 3, 11])));
        Assert.Contains("output0 [1, 3, 11]", error.Message);
        Assert.Contains("Check head, classes and input size", error.Message);
    }

    [Fact]
    public void What_is_not_a_model_or_has_another_input_is_refused()
    {
        Assert.Contains("cannot load", Assert.Throws<ModelException>(() => TinyModel.Detector([1, 2, 3], DetectorHead.YoloV8, 2)).Message);
        var graph = new Sensing.Onnx.Graph.OnnxGraph("grey");
        graph.Add("Identity", [graph.Input("grey", 1, 1, 8, 8)], "out");
        graph.Output("out", 1, 1, 8, 8);
        Assert.Contains("grey [1, 1, 8, 8]", Assert.Throws<ModelException>(() => TinyModel.Detector(graph.ToArray(), DetectorHead.YoloV8, 2)).Message);
    }

    [Fact]
    public void Of_boxes_that_overlap_the_best_is_kept_and_unwanted_classes_are_left_out()
    {
        float[] boxes =
        [
            32, 20, 16, 8, 1, 0.5f, 0.1f,
            33, 20, 16, 8, 1, 0.1f, 0.9f,
            10, 50, 8, 8, 1, 0.8f, 0.1f,
        ];
        byte[] model = TinyModel.Of(Size, Size, ("output0", boxes, [1, 3, 7]));
        using ObjectDetector all = TinyModel.Detector(model, DetectorHead.YoloV5, 2);
        Assert.Equal([1, 0], Detect(all, Size, Size).Select(found => found.Class));
        using ObjectDetector one = TinyModel.Detector(
            model, DetectorHead.YoloV5, 2, new DetectorThresholds { IsWanted = name => name == "class0" });
        Assert.Equal([0, 0], Detect(one, Size, Size).Select(found => found.Class));
    }

    [Fact]
    public void Boxes_are_in_the_cameras_pixels_of_a_part_of_the_picture()
    {
        // A part of 64 × 32 pixels of a frame that is half the camera's size: letterboxed with 16 rows above, scale 1.
        using ObjectDetector detector = TinyModel.Detector(
            TinyModel.Of(Size, Size, ("output0", [32, 32, 16, 8, 1, 0.9f], [1, 1, 6])), DetectorHead.YoloV5, 1);
        using Frame frame = Frame.Rent(160, 90, default, null, 320, 180);
        frame.Raw.Span.Fill(128);
        var found = new List<ObjectDetection>();
        detector.Detect(frame, new PictureRegion(50, 40, 64, 32), found, TestContext.Current.CancellationToken);
        ObjectDetection box = Assert.Single(found);
        Assert.Equal((148f, 104f, 180f, 120f), (box.Left, box.Top, box.Right, box.Bottom));
    }

    private static List<ObjectDetection> Run(DetectorHead head, params (string Name, float[] Values, int[] Shape)[] outputs)
    {
        using ObjectDetector detector = TinyModel.Detector(TinyModel.Of(Size, Size, outputs), head, 2);
        return Detect(detector, Size, Size);
    }

    private static List<ObjectDetection> Detect(ObjectDetector detector, int width, int height)
    {
        using Frame frame = Frame.Rent(width, height, default);
        frame.Raw.Span.Fill(128);
        var found = new List<ObjectDetection>();
        detector.Detect(frame, new PictureRegion(0, 0, width, height), found);
        return found;
    }

    private static void AssertOnly(List<ObjectDetection> found, int kind, float score, float left, float top, float right, float bottom)
    {
        ObjectDetection only = Assert.Single(found);
        Assert.Equal(kind, only.Class);
        float[] numbers = [only.Score, only.Left, only.Top, only.Right, only.Bottom], expected = [score, left, top, right, bottom];
        Assert.All(expected.Zip(numbers), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
    }

    private static IEnumerable<(string, float[], int[])> Levels(int bins)
    {
        foreach (int stride in (int[])[8, 16, 32])
        {
            int cells = Size / stride * (Size / stride);
            yield return ($"scores{stride}", new float[cells * 2], [1, cells, 2]);
            yield return ($"sides{stride}", new float[cells * 4 * bins], [1, cells, 4 * bins]);
        }
    }

    private static void Certain(float[] sides, int side, int bin) => sides[(side * 8) + bin] = 100;
}
