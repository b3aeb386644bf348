using System.Buffers.Text;
using System.Globalization;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>The client's side of SCRAM (RFC 5802, RFC 7677) without channel binding: the password itself never leaves this process, and the server proves that it knows it too.</summary>
/// <param name="mechanism">One of the two.</param>
/// <param name="user">Name of the user.</param>
/// <param name="password">Taken as it is: printable ASCII is what SASLprep would leave as it is.</param>
/// <param name="nonce">For tests with known numbers; absent: random.</param>
internal sealed class ScramExchange(KafkaSaslMechanism mechanism, string user, string password, string? nonce = null)
{
    private const string Header = "n,,";

    /// <summary>As Kafka itself demands.</summary>
    private const int MinIterations = 4096;

    /// <summary>Bounds the work that a false server can cause.</summary>
    private const int MaxIterations = 10_000_000;

    private readonly HashAlgorithmName _hash = mechanism == KafkaSaslMechanism.ScramSha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512;
    private readonly string _nonce = nonce ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));
    private byte[]? _expected;

    private string FirstBare => $"n={user.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal)},r={_nonce}";

    public string First() => Header + FirstBare;

    /// <summary>The answer to the server's challenge.</summary>
    /// <exception cref="AuthenticationException">The challenge is malformed or weak.</exception>
    public string Answer(string challenge)
    {
        string[] parts = challenge.Split(',', 3);
        if (parts is not [['r', '=', .. var both], ['s', '=', .. var salted], ['i', '=', .. var count]]
            || !both.StartsWith(_nonce, StringComparison.Ordinal) || both.Length == _nonce.Length
            || !Base64.IsValid(salted)
            || !int.TryParse(count.Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int iterations))
        {
            throw new AuthenticationException("the broker's challenge is malformed");
        }

        if (iterations is < MinIterations or > MaxIterations)
        {
            throw new AuthenticationException($"the broker asks for {iterations} iterations; {MinIterations} to {MaxIterations} are taken");
        }

        int size = _hash == HashAlgorithmName.SHA256 ? SHA256.HashSizeInBytes : SHA512.HashSizeInBytes;
        byte[] secret = Rfc2898DeriveBytes.Pbkdf2(password, Convert.FromBase64String(salted), iterations, _hash, size);
        byte[] clientKey = Hmac(secret, "Client Key");
        string bare = $"c={Convert.ToBase64String(Encoding.UTF8.GetBytes(Header))},r={both}";
        string signed = $"{FirstBare},{challenge},{bare}";
        byte[] signature = Hmac(CryptographicOperations.HashData(_hash, clientKey), signed);
        _expected = Hmac(Hmac(secret, "Server Key"), signed);
        for (int i = 0; i < clientKey.Length; i++)
        {
            clientKey[i] ^= signature[i];
        }

        return $"{bare},p={Convert.ToBase64String(clientKey)}";
    }

    /// <summary>Checks the server's last word.</summary>
    /// <exception cref="AuthenticationException">It does not know the password either.</exception>
    public void Verify(string last)
    {
        string value = last.Split(',')[0];
        if (_expected is null || !value.StartsWith("v=", StringComparison.Ordinal) || !Base64.IsValid(value.AsSpan(2))
            || !CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(value[2..]), _expected))
        {
            throw new AuthenticationException(value.StartsWith("e=", StringComparison.Ordinal)
                ? $"the broker refuses user and password ({value[2..]})"
                : "the broker does not prove that it knows the password: it is not the one it should be");
        }
    }

    private byte[] Hmac(byte[] key, string text) => CryptographicOperations.HmacData(_hash, key, Encoding.UTF8.GetBytes(text));
}
