using Sensing.Effects;
using Sensing.Models;
using Sensing.Vision.Onnx.Detection;

namespace Sensing.TrafficCamera.Detector;

/// <summary>Runs the detection model for a stream: the long work that the pipeline does not wait for.</summary>
internal static class DetectorModel
{
    public static Effect<DetectorRequest, DetectorResult> Effect { get; } = new("traffic.detect", DetectorJson.Default.DetectorResult);

    /// <summary>Handlers of the pipeline's effects; none where no model is named.</summary>
    /// <exception cref="ModelException">The store does not have the model, it does not fit its options, or it cannot be run on this machine.</exception>
    public static EffectHandlers Handlers(TrafficOptions options, IModelStore models)
    {
        if (options.Detector is not { } detector)
        {
            return EffectHandlers.None;
        }

        ModelDescription found = models.Find(new ModelReference(detector.Model, detector.Version));
        ObjectDetector model = Open(found, models, detector);
        var objects = new List<ObjectDetection>();

        // One frame at a time: a recording waits for the model, so that it finds the same at any replay speed.
        return new EffectHandlers { MaxPending = 1 }.Add(
            Effect,
            (request, cancellation) =>
            {
                model.Detect(request.Frame, request.Region, objects, cancellation);
                return Task.FromResult(new DetectorResult([.. objects.Select(item => Result(item, model, detector))]));
            },
            owner: model);
    }

    /// <summary>The settings of a model: its own metadata, what is common for its head, and the options, each before the one named earlier.</summary>
    internal static DetectorSettings Settings(string name, DetectorOptions options, IReadOnlyDictionary<string, string> metadata)
    {
        DetectorSettings? own = metadata.TryGetValue(DetectorSettings.MetadataKey, out string? json) ? DetectorSettings.Parse(name, json) : null;
        DetectorSettings settings = own is not null && (options.Head is null || options.Head == own.Head) ? own
            : options.Head is { } head ? DetectorSettings.Of(head)
            : throw new ModelException(name, "the file does not say how it writes its results.", "Set 'head' in the detector's options.");
        return settings with
        {
            Classes = options.ClassNames.Length > 0 ? options.ClassNames : own is null && ClassNames.Of(metadata) is { } named ? named : settings.Classes,
            Channels = options.Channels ?? settings.Channels,
            Fit = options.Fit ?? settings.Fit,
            Mean = options.Mean.Length == 3 ? [.. options.Mean.Select(value => (float)value)] : settings.Mean,
            Deviation = options.Deviation.Length == 3 ? [.. options.Deviation.Select(value => (float)value)] : settings.Deviation,
            InputWidth = options.InputWidth ?? settings.InputWidth,
            InputHeight = options.InputHeight ?? settings.InputHeight,
        };
    }

    private static ObjectDetector Open(ModelDescription found, IModelStore models, DetectorOptions options)
    {
        string name = $"{found.Name} {found.Version}";
        try
        {
            var thresholds = new DetectorThresholds
            {
                LeastScore = (float)options.MinScore,
                IsWanted = className => DetectedKinds.Of(className, options) is not null,
            };
            return new ObjectDetector(name, models.Read(found), metadata => Settings(name, options, metadata), thresholds, options.Threads);
        }
        catch (PlatformNotSupportedException error)
        {
            throw new ModelException(name, "the model cannot be run on this machine.", error.Message, error);
        }
    }

    private static DetectedObject Result(ObjectDetection item, ObjectDetector model, DetectorOptions options) => new(
        DetectedKinds.Of(model.Settings.Classes[item.Class], options)!.Value, Math.Round(item.Score, 3),
        Math.Round(item.Left, 1), Math.Round(item.Top, 1), Math.Round(item.Right, 1), Math.Round(item.Bottom, 1));
}
