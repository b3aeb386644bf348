using Sensing.Testing;
using Sensing.TrafficCamera.Background;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Tests.Background;

/// <summary>The goals on recorded sequences with human masks, where these recordings are there.</summary>
public sealed class RecordedRoadTests
{
    [Theory]
    [TimeLimit(minutes: 5, reason: "a thousand pictures are decoded and searched")]
    [InlineData("cdnet_highway", 1, 470, 1085, 0.96, 0.003)]
    [InlineData("sbi_highway1", 0, 100, 439, 0.80, 0.02)]
    [InlineData("cdnet_traffic_jitter", 801, 900, 1570, 0.80, 0.015)]
    public void Vehicles_are_found_as_people_marked_them(string set, int start, int from, int to, double goalF, double goalError)
    {
        Assert.SkipWhen(SharedFolder.Find("data", "camera", set, "input", $"in{start:000000}.jpg") is null, $"the recording {set} is not there");
        using var model = new RoadBackground(new BackgroundOptions());
        long hits = 0, wrong = 0, missed = 0;
        double error = 0;
        for (int k = start; k <= to; k++)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            using Frame frame = Read(set, "input", $"in{k:000000}.jpg", k);
            ForegroundMask mask = model.Apply(frame);
            if (k < from)
            {
                continue;
            }

            using Frame truth = Read(set, "groundtruth", $"gt{k:000000}.png", k);
            int counted = 0, balance = 0;
            for (int i = 0; i < truth.Luma.Length; i++)
            {
                byte t = truth.Luma[i];
                if (t is 85 or 170)
                {
                    continue;
                }

                counted++;
                bool moves = t == 255, found = mask.Pixels[i] == PixelClass.Vehicle;
                hits += moves && found ? 1 : 0;
                wrong += !moves && found ? 1 : 0;
                missed += moves && !found ? 1 : 0;
                balance += (found ? 1 : 0) - (moves ? 1 : 0);
            }

            error += Math.Abs((double)balance / counted);
        }

        Assert.InRange(2.0 * hits / ((2 * hits) + wrong + missed), goalF, 1);
        Assert.InRange(error / (to - from + 1), 0, goalError);
    }

    private static Frame Read(string set, string folder, string file, int number)
        => FrameImage.Read(SharedFolder.Find("data", "camera", set, folder, file)!, DateTimeOffset.UnixEpoch.AddSeconds(number / 25.0));
}
