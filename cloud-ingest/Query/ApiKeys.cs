using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Query;

/// <summary>Lets requests through that name a key of the key file; all do where none is configured.</summary>
internal sealed class ApiKeys(CloudOptions options) : IEndpointFilter
{
    private readonly ReloadedFile<byte[][]>? _keys = options.Http.ApiKeyFile is { } file ? new(file, [], lines =>
        [.. lines.Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0).Select(line => SHA256.HashData(Encoding.UTF8.GetBytes(line)))]) : null;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        return Allow(context.HttpContext) ? await next(context).ConfigureAwait(false) : Refusal(context.HttpContext);
    }

    /// <summary>Whether the request may read.</summary>
    public bool Allow(HttpContext context) => _keys is null || IsKnown(Given(context.Request), _keys.Value);

    /// <summary>The answer to one that may not.</summary>
    public static ProblemHttpResult Refusal(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return TypedResults.Problem(
            "Give a key of this server's key file as 'Authorization: Bearer KEY' or 'X-Api-Key: KEY'.", statusCode: 401, title: "An API key is needed.");
    }

    private static string? Given(HttpRequest request) =>
        request.Headers.Authorization.FirstOrDefault() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header["Bearer ".Length..].Trim()
            : request.Headers["X-Api-Key"].FirstOrDefault();

    private static bool IsKnown(string? key, byte[][] keys)
    {
        if (string.IsNullOrEmpty(key))
        {
            return false;
        }

        // Hashes of equal length: the comparison takes the same time whatever is wrong.
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        bool known = false;
        foreach (byte[] one in keys)
        {
            known |= CryptographicOperations.FixedTimeEquals(one, hash);
        }

        return known;
    }
}
