using System.Text.Json;
using Sensing.Effects;
using Sensing.Models;
using Sensing.SamplePipeline.Events;

namespace Sensing.SamplePipeline;

/// <summary>A model of two numbers, as it lies in a model store: small, but loaded and run as a DNN would be.</summary>
/// <param name="Mean">Weight of the mean wind.</param>
/// <param name="Excess">Weight of the last gust's excess over it.</param>
public sealed record OutlookModel(double Mean, double Excess)
{
    /// <summary>The long work that the pipeline does not wait for.</summary>
    public static Effect<OutlookRequest, GustOutlook> Effect { get; } = new("weather.outlook", WeatherEventJson.Default.GustOutlook);

    /// <summary>Handlers of the pipeline's effects; none where no model is named.</summary>
    /// <exception cref="ModelException">The store does not have the model.</exception>
    public static EffectHandlers Handlers(WeatherOptions options, IModelStore models)
    {
        if (options.OutlookModel is not { } name)
        {
            return EffectHandlers.None;
        }

        OutlookModel model = Load(models, name);
        return new EffectHandlers().Add(Effect, (request, _) => Task.FromResult(model.Predict(request)));
    }

    private GustOutlook Predict(OutlookRequest request) =>
        new((Mean * request.MeanWindMs) + (Excess * (request.PeakMs - request.MeanWindMs)));

    private static OutlookModel Load(IModelStore models, string name)
    {
        ModelDescription found = models.Find(new ModelReference(name));
        try
        {
            return JsonSerializer.Deserialize(models.Read(found).Span, WeatherEventJson.Default.OutlookModel)
                ?? throw new JsonException("the file is null");
        }
        catch (JsonException error)
        {
            throw new ModelException($"{found.Name} {found.Version}", $"not an outlook model: {error.Message}", "Put a file with 'mean' and 'excess' there.", error);
        }
    }
}
