using System.Globalization;
using System.Text.Json;
using Sensing.Drones.Cloud;
using Sensing.Drones.Live;

namespace Sensing.CloudInference;

/// <summary>KServe v2 over HTTP: one model a task type, <c>hv</c> to <c>deo</c>, which takes a JPEG and answers with
/// findings as JSON.</summary>
public static class InferenceEndpoint
{
    /// <summary>Longest body: a JPEG of 16 megapixels.</summary>
    private const long LongestBody = 16 << 20;

    /// <summary>Serves the tasks.</summary>
    /// <param name="app">The web application.</param>
    /// <param name="service">Runs them.</param>
    public static void Map(WebApplication app, InferenceService service)
    {
        app.MapGet("/v2", () => Results.Json(
            new ServerMetadata("sensing", "1", ["binary_tensor_data"]), EndpointJson.Default.ServerMetadata));
        app.MapGet("/v2/health/live", () => Results.Ok());
        app.MapGet("/v2/health/ready", () => Results.Ok());
        app.MapGet("/v2/models/{name}", (string name) => DroneTaskTypes.Find(name) is { } kind
            ? Results.Json(Metadata(kind), EndpointJson.Default.ModelMetadata) : Unknown(name));
        app.MapGet("/v2/models/{name}/ready", (string name) => DroneTaskTypes.Find(name) is null ? Unknown(name) : Results.Ok());
        app.MapPost("/v2/models/{name}/infer", (string name, HttpContext context) => InferAsync(service, name, context));
    }

    private static async Task<IResult> InferAsync(InferenceService service, string name, HttpContext context)
    {
        long arrived = service.Time.GetTimestamp();
        if (DroneTaskTypes.Find(name) is not { } kind)
        {
            return Unknown(name);
        }

        try
        {
            (InferRequest request, ReadOnlyMemory<byte> jpeg) = await ReadAsync(context).ConfigureAwait(false);
            double? deadline = request.Parameters?.DeadlineMs;
            TaskFindings findings = await service.RunAsync(
                kind, jpeg, deadline is { } ms ? TimeSpan.FromMilliseconds(ms) - service.Time.GetElapsedTime(arrived) : null,
                context.RequestAborted).ConfigureAwait(false);
            return Results.Json(
                new InferResponse
                {
                    ModelName = name,
                    Id = request.Id,
                    Parameters = new InferParameters { ServedMs = Math.Round(service.Time.GetElapsedTime(arrived).TotalMilliseconds, 3) },
                    Outputs =
                    [
                        new InferTensor
                        {
                            Name = "findings",
                            Datatype = "BYTES",
                            Shape = [1],
                            Data = [JsonSerializer.Serialize(findings, DroneLiveJson.Default.TaskFindings)],
                        },
                    ],
                },
                InferJson.Default.InferResponse);
        }
        catch (DeadlineRefusedException refused)
        {
            return Refuse(refused.Message, StatusCodes.Status429TooManyRequests, Math.Round(refused.Expected.TotalMilliseconds, 1));
        }
        catch (InvalidDataException error)
        {
            return Refuse(error.Message, StatusCodes.Status400BadRequest);
        }
    }

    private static async Task<(InferRequest Request, ReadOnlyMemory<byte> Jpeg)> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength is not { } length || length > LongestBody)
        {
            throw new InvalidDataException($"Content-Length must be given, and at most {LongestBody}.");
        }

        byte[] body = new byte[length];
        await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted).ConfigureAwait(false);
        return int.TryParse(context.Request.Headers[InferBody.JsonLengthHeader], CultureInfo.InvariantCulture, out int jsonLength)
            ? InferBody.Read(body, jsonLength)
            : throw new InvalidDataException($"The header {InferBody.JsonLengthHeader} is missing: the picture follows the JSON as bytes.");
    }

    private static ModelMetadata Metadata(DroneTaskKind kind) => new(
        DroneTaskTypes.Name(kind).ToLowerInvariant(), ["1"], "onnxruntime",
        [new TensorMetadata("image", "BYTES", [1])], [new TensorMetadata("findings", "BYTES", [1])]);

    private static IResult Unknown(string name) => Refuse(
        $"There is no model '{name}' (known: {string.Join(", ", Enum.GetValues<DroneTaskKind>().Select(kind => DroneTaskTypes.Name(kind).ToLowerInvariant()))}).",
        StatusCodes.Status404NotFound);

    private static IResult Refuse(string error, int status, double? expectedMs = null) => Results.Json(
        new InferRefusal { Error = error, ExpectedMs = expectedMs }, InferJson.Default.InferRefusal, statusCode: status);
}
