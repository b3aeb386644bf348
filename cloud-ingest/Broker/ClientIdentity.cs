using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sensing.CloudIngest.Broker;

/// <summary>Who a client is, and what it may do.</summary>
/// <param name="Name">User name, or common name of its certificate: <c>{node}</c> or <c>{site}/{node}</c>.</param>
/// <param name="IsObserver">May subscribe to everything and publish nothing.</param>
/// <param name="MayRead">Topic filters that it may subscribe to besides its own.</param>
public sealed record ClientIdentity(string Name, bool IsObserver, params IReadOnlyList<string> MayRead)
{
    private const string Prefix = "sensing/v1/";
    private const string CommonName = "2.5.4.3";
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    /// <summary>Who a certificate is of: its subject's common name, if there is exactly one, of printable ASCII.</summary>
    /// <returns>Null if there is no certificate, or its subject has no single common name.</returns>
    public static string? NameIn(X509Certificate2? certificate)
    {
        if (certificate is null)
        {
            return null;
        }

        string[] names = [.. certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(name => !name.HasMultipleElements && name.GetSingleElementType().Value == CommonName).Select(name => name.GetSingleElementValue() ?? "")];
        return names is [{ Length: > 0 } only] && !only.AsSpan().ContainsAnyExceptInRange('!', '~') ? only : null;
    }

    /// <summary>Whether a certificate may be a node's: it is for clients (or says nothing of its use), and not for servers.</summary>
    public static bool IsForClients(X509Certificate2 certificate)
    {
        string?[] uses = [.. certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>()).Select(use => use.Value)];
        return uses.Length == 0 || (uses.Contains(ClientUse) && !uses.Contains(ServerUse));
    }

    /// <summary>A node publishes below its own prefix, <c>sensing/v1/{site}/{node}/</c>, and nowhere else.</summary>
    public bool MayPublish(string topic) => !IsObserver && !topic.Contains('+') && !topic.Contains('#') && IsBelow(topic);

    /// <summary>A node may read what it publishes and what the broker's configuration allows; an observer everything.</summary>
    public bool MaySubscribe(string filter) => IsObserver || IsBelow(filter) || MayRead.Any(allowed => Covers(allowed, filter));

    /// <summary>Whether every topic that <paramref name="filter"/> matches is matched by <paramref name="allowed"/> (MQTT 5.0, section 4.7).</summary>
    private static bool Covers(string allowed, string filter)
    {
        string[] wide = allowed.Split('/');
        string[] narrow = filter.Split('/');
        for (int i = 0; i < wide.Length; i++)
        {
            if (wide[i] == "#")
            {
                return true;
            }

            if (i >= narrow.Length || narrow[i] == "#" || (wide[i] != "+" && wide[i] != narrow[i]))
            {
                return false;
            }
        }

        return narrow.Length == wide.Length;
    }

    private bool IsBelow(string topic)
    {
        if (!topic.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        string[] parts = topic.Split('/');
        if (parts.Length < 5 || parts[2] is "+" or "#")
        {
            return false;
        }

        return Name.Contains('/') ? Name == $"{parts[2]}/{parts[3]}" : Name == parts[3];
    }
}
