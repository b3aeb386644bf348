using System.Text.Json.Serialization;

namespace Sensing.Vision.Onnx.Detection;

/// <summary>Order of a model's three input planes.</summary>
public enum ChannelOrder
{
    [JsonStringEnumMemberName("rgb")]
    Rgb,

    [JsonStringEnumMemberName("bgr")]
    Bgr,
}
