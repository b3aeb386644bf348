using System.Text.Json;
using Sensing.Models;

namespace Sensing.Vision.Onnx.Detection;

/// <summary>What must be known of a detection model besides its file. Imported models carry it in their metadata.</summary>
public sealed record DetectorSettings
{
    /// <summary>The key of the metadata under which an imported model carries it, as JSON.</summary>
    public const string MetadataKey = "sensing.detector";

    public required DetectorHead Head { get; init; }

    /// <summary>Names of the classes in the model's order.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Order of the input's planes.</summary>
    public ChannelOrder Channels { get; init; }

    /// <summary>How a picture is fitted into the input.</summary>
    public PictureFit Fit { get; init; }

    /// <summary>Subtracted from each plane's values (0…255), in the order of the planes.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0, 0, 0];

    /// <summary>What each plane is divided by after that.</summary>
    public IReadOnlyList<float> Deviation { get; init; } = [1, 1, 1];

    /// <summary>Width of the input where the model leaves it open; 0: the model says.</summary>
    public int InputWidth { get; init; }

    /// <summary>Height of the input where the model leaves it open; 0: the model says.</summary>
    public int InputHeight { get; init; }

    /// <summary>How a picture becomes the model's input.</summary>
    internal PictureInput Input => new() { Channels = Channels, Fit = Fit, Mean = Mean, Deviation = Deviation };

    /// <summary>Reads the settings that an imported model carries.</summary>
    /// <param name="model">Name of the model, for errors.</param>
    /// <param name="json">The metadata's value.</param>
    /// <exception cref="ModelException">They are damaged, or of a later version of the program.</exception>
    public static DetectorSettings Parse(string model, string json)
    {
        try
        {
            DetectorSettings read = JsonSerializer.Deserialize(json, DetectorJson.Default.DetectorSettings) ?? throw new JsonException("they are null");
            return read is { Mean.Count: 3, Deviation.Count: 3 } ? read : throw new JsonException("mean and deviation need three values");
        }
        catch (JsonException error)
        {
            throw new ModelException(model, $"its metadata '{MetadataKey}' cannot be read: {error.Message}", "Import the model again.", error);
        }
    }

    /// <summary>What models of a kind are commonly trained with, with the classes of COCO.</summary>
    public static DetectorSettings Of(DetectorHead head) => head switch
    {
        // github.com/RangiLyu/nanodet: normalize [[103.53, 116.28, 123.675], [57.375, 57.12, 58.395]]. It is trained on stretched pictures;
        // cars of their own proportions get higher scores all the same, and fewer of them are taken for trucks.
        DetectorHead.NanoDet => new()
        {
            Head = head,
            Classes = CocoClasses.Names,
            Channels = ChannelOrder.Bgr,
            Fit = PictureFit.Letterbox,
            Mean = [103.53f, 116.28f, 123.675f],
            Deviation = [57.375f, 57.12f, 58.395f],
        },
        DetectorHead.CenterNet => new() { Head = head, Classes = CocoClasses.Names },

        // github.com/ultralytics: RGB / 255, LetterBox; RT-DETR there is trained on stretched pictures.
        DetectorHead.YoloV5 or DetectorHead.YoloV8 => new()
        {
            Head = head,
            Classes = CocoClasses.Names,
            Fit = PictureFit.Letterbox,
            Deviation = [255, 255, 255],
        },
        _ => new() { Head = head, Classes = CocoClasses.Names, Deviation = [255, 255, 255] },
    };
}
