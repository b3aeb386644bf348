using System.Text.Json.Serialization;

namespace Sensing.Vision.Onnx.Detection;

/// <summary>How a picture is fitted into a model's input of another shape.</summary>
public enum PictureFit
{
    /// <summary>It fills the input; its aspect ratio changes.</summary>
    [JsonStringEnumMemberName("stretch")]
    Stretch,

    /// <summary>Its aspect ratio stays; grey borders fill the rest.</summary>
    [JsonStringEnumMemberName("letterbox")]
    Letterbox,
}
