using System.Buffers.Binary;
using System.Text.Json;

namespace Sensing.Drones.Cloud;

/// <summary>The body of a request with a picture: JSON, then the picture with its length, as the binary extension of
/// KServe v2 has it for BYTES.</summary>
internal static class InferBody
{
    public const string JsonLengthHeader = "Inference-Header-Content-Length";

    private const string Image = "image";

    /// <summary>The body, and how long its JSON is.</summary>
    public static (byte[] Body, int JsonLength) Write(string id, double deadlineMs, ReadOnlySpan<byte> jpeg)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(
            new InferRequest
            {
                Id = id,
                Parameters = new InferParameters { DeadlineMs = deadlineMs },
                Inputs =
                [
                    new InferTensor
                    {
                        Name = Image,
                        Datatype = "BYTES",
                        Shape = [1],
                        Parameters = new InferParameters { BinaryDataSize = jpeg.Length + 4 },
                    },
                ],
            },
            InferJson.Default.InferRequest);
        byte[] body = new byte[json.Length + 4 + jpeg.Length];
        json.CopyTo(body, 0);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(json.Length), jpeg.Length);
        jpeg.CopyTo(body.AsSpan(json.Length + 4));
        return (body, json.Length);
    }

    /// <summary>The request and its picture.</summary>
    /// <exception cref="InvalidDataException">The body is not such a request; the message says what is
    /// wrong.</exception>
    public static (InferRequest Request, ReadOnlyMemory<byte> Jpeg) Read(ReadOnlyMemory<byte> body, int jsonLength)
    {
        if (jsonLength < 2 || jsonLength > body.Length)
        {
            throw new InvalidDataException($"{JsonLengthHeader} must be the length of the JSON before the picture; the body has {body.Length} bytes.");
        }

        InferRequest request;
        try
        {
            request = JsonSerializer.Deserialize(body.Span[..jsonLength], InferJson.Default.InferRequest) ?? throw new JsonException("it is null");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The request cannot be read: {error.Message}", error);
        }

        ReadOnlyMemory<byte> rest = body[jsonLength..];
        return request.Inputs is [{ Name: Image, Datatype: "BYTES", Parameters.BinaryDataSize: { } size }]
            && size == rest.Length && size >= 4 && BinaryPrimitives.ReadInt32LittleEndian(rest.Span) == size - 4
            ? (request, rest[4..])
            : throw new InvalidDataException(
                $"One input is needed: '{Image}' of BYTES and shape [1], whose binary_data_size is that of the picture with its four bytes of length.");
    }
}
