using System.Text.Json.Serialization;

namespace Sensing.Vision.Onnx.Detection;

/// <summary>How a detection model writes what it has found into its outputs.</summary>
public enum DetectorHead
{
    /// <summary>NanoDet: for strides 8, 16 and 32 scores [1, cells, classes] and distances to the box's sides as distributions [1, cells, 4 × bins].</summary>
    [JsonStringEnumMemberName("nanodet")]
    NanoDet,

    /// <summary>CenterNet (TTFNet): scores [1, classes, height, width] and distances to the box's sides [1, 4, height, width].</summary>
    [JsonStringEnumMemberName("centernet")]
    CenterNet,

    /// <summary>YOLOv5 and YOLOv7: [1, boxes, 5 + classes] with centre, size, objectness and scores.</summary>
    [JsonStringEnumMemberName("yolov5")]
    YoloV5,

    /// <summary>YOLOv8 and later without a built-in suppression: [1, 4 + classes, boxes] with centre, size and scores.</summary>
    [JsonStringEnumMemberName("yolov8")]
    YoloV8,

    /// <summary>RT-DETR: [1, queries, 4 + classes] with centre and size as shares of the picture; or boxes [1, queries, 4] and logits [1, queries, classes].</summary>
    [JsonStringEnumMemberName("rtdetr")]
    RtDetr,
}
