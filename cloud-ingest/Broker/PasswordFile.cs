using System.Security.Cryptography;
using System.Text;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Broker;

/// <summary>Users and hashed passwords in the format of <c>mosquitto_passwd</c>: <c>user:$7$iterations$salt$hash</c>, PBKDF2 with SHA-512. Read
/// again when the file changes; a file that cannot be read lets nobody in.</summary>
public sealed class PasswordFile(string path)
{
    private readonly ReloadedFile<Dictionary<string, string>> _hashes = new(path, [], lines => lines
        .Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2)
        .GroupBy(parts => parts[0]).ToDictionary(group => group.Key, group => group.Last()[1].Trim(), StringComparer.Ordinal));

    /// <summary>Whether <paramref name="password"/> is that of <paramref name="user"/>.</summary>
    public bool Accepts(string? user, byte[]? password) =>
        !string.IsNullOrEmpty(user) && password is not null && HashOf(user) is { } hash && Fits(hash, password);

    /// <summary>What the file says of <paramref name="user"/>; null where it says nothing.</summary>
    internal string? HashOf(string user) => _hashes.Value.GetValueOrDefault(user);

    /// <summary>Whether <paramref name="password"/> gives <paramref name="hash"/>: as much work as the hash asks for.</summary>
    internal static bool Fits(string hash, byte[] password)
    {
        string[] parts = hash.Split('$');
        if (parts.Length != 5 || parts[1] != "7" || !int.TryParse(parts[2], out int iterations) || iterations < 1)
        {
            return false;
        }

        try
        {
            byte[] expected = Convert.FromBase64String(parts[4]);
            byte[] actual = Rfc2898DeriveBytes.Pbkdf2(
                password, Convert.FromBase64String(parts[3]), iterations, HashAlgorithmName.SHA512, expected.Length);
            return expected.Length > 0 && CryptographicOperations.FixedTimeEquals(expected, actual);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>A line for the file.</summary>
    public static string Line(string user, string password)
    {
        const int Iterations = 101_000;
        byte[] salt = RandomNumberGenerator.GetBytes(12);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA512, 64);
        return $"{user}:$7${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";
    }
}
