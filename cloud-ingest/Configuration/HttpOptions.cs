using System.Net;
using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>Address of the query API.</summary>
public sealed record HttpOptions : ICheckedOptions
{
    [Option("Address to listen on, http:// or https://. An address beyond loopback requires apiKeyFile or allowAnonymous; port 0 selects a free one.")]
    public string Address { get; init; } = "http://127.0.0.1:8080";

    [Option("Certificate for an https:// address.")]
    public ServerTlsOptions? Tls { get; init; }

    [Option("File of API keys, one per line, '#' begins a comment; reloaded when it changes. A request sends one as 'Authorization: Bearer KEY' or 'X-Api-Key: KEY'.")]
    public string? ApiKeyFile { get; init; }

    [Option("Names under which this server is reached, besides localhost, its address and IP addresses. Without apiKeyFile, requests with another Host header are refused, which stops foreign pages from reading by DNS rebinding.")]
    public string[] Hosts { get; init; } = [];

    [Option("Allows everyone to read although the address is not loopback.")]
    public bool AllowAnonymous { get; init; }

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (!Uri.TryCreate(Address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/")
        {
            yield return new ConfigurationProblem("address", $"'{Address}' is not an address to listen on: it must look like http://127.0.0.1:8080");
            yield break;
        }

        if (uri.Host != "localhost" && !IPAddress.TryParse(uri.Host.Trim('[', ']'), out _))
        {
            yield return new ConfigurationProblem("address", $"'{uri.Host}' is not an IP address of this machine: use 127.0.0.1, 0.0.0.0, [::1] or localhost");
        }

        if (uri.Scheme == "https" != Tls is not null)
        {
            yield return new ConfigurationProblem("tls", Tls is null ? "is missing: an https address needs a certificate" : "has no use: the address is http");
        }

        if (!CloudOptions.IsLoopback(uri.Host) && ApiKeyFile is null && !AllowAnonymous)
        {
            yield return new ConfigurationProblem("address", "is reachable from other machines: name an apiKeyFile, or say allowAnonymous: true");
        }
    }
}
