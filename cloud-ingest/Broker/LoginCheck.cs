using System.Net;
using System.Security.Cryptography;

namespace Sensing.CloudIngest.Broker;

/// <summary>Checks passwords without letting those who guess slow down those who know: one check at a time (PBKDF2 takes as long as it is meant
/// to), few waiting for each address, and a password that was right once is known again without the work.</summary>
internal sealed class LoginCheck(PasswordFile passwords, TimeProvider time) : IDisposable
{
    /// <summary>Checks that wait for their turn, in all and of one address. Whoever is turned away tries again.</summary>
    private const int MaxWaiting = 64;

    private const int MaxWaitingOfAddress = 8;

    /// <summary>Passwords that are remembered.</summary>
    private const int MaxKnown = 10_000;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _waiting = [];
    private readonly Dictionary<string, byte[]> _known = new(StringComparer.Ordinal);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private int _count;

    /// <returns>Whether the password is the user's; null where too many are waiting to be asked about theirs.</returns>
    public async Task<bool?> AcceptsAsync(string? user, byte[]? password, IPAddress address)
    {
        if (string.IsNullOrEmpty(user) || password is null || passwords.HashOf(user) is not { } hash)
        {
            return false;
        }

        // Of the line too: a changed password is asked for anew.
        byte[] digest = HMACSHA256.HashData(_key, (byte[])[.. System.Text.Encoding.UTF8.GetBytes(hash), 0, .. password]);
        lock (_lock)
        {
            if (_known.TryGetValue(user, out byte[]? known) && CryptographicOperations.FixedTimeEquals(known, digest))
            {
                return true;
            }

            int own = _waiting.GetValueOrDefault(address);
            if (_count >= MaxWaiting || own >= MaxWaitingOfAddress)
            {
                return null;
            }

            _count++;
            _waiting[address] = own + 1;
        }

        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            long began = time.GetTimestamp();
            bool accepted = await Task.Run(() => PasswordFile.Fits(hash, password)).ConfigureAwait(false);
            if (!accepted)
            {
                // A wrong one pays with a pause, so that guessing takes a part of one processor and not all of it.
                await Task.Delay(time.GetElapsedTime(began) * 3, time).ConfigureAwait(false);
            }
            else
            {
                lock (_lock)
                {
                    if (_known.Count >= MaxKnown)
                    {
                        _known.Clear();
                    }

                    _known[user] = digest;
                }
            }

            return accepted;
        }
        finally
        {
            _turn.Release();
            lock (_lock)
            {
                _count--;
                if (--_waiting[address] == 0)
                {
                    _waiting.Remove(address);
                }
            }
        }
    }

    public void Dispose() => _turn.Dispose();
}
