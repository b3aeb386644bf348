using System.Net;
using Microsoft.AspNetCore.Http;

namespace Sensing.CloudIngest.Query;

/// <summary>The live readers, so that there are not more than configured. Where all places are taken, the address that has most of them loses the one
/// that has been there longest: its reader comes back with its cursor, and those who take all places keep nobody out.</summary>
internal sealed class LiveReaders(int limit, TimeProvider time)
{
    /// <summary>A reader that came later than this ago keeps its place.</summary>
    internal static readonly TimeSpan Protected = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly List<Reader> _readers = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _readers.Count;
            }
        }
    }

    /// <param name="context">The request.</param>
    /// <param name="cut">Cancelled when the reader has to make room.</param>
    public bool TryEnter(HttpContext context, out CancellationToken cut)
    {
        cut = CancellationToken.None;
        IPAddress address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        Reader? leaving = null;
        lock (_lock)
        {
            if (_readers.Count >= limit)
            {
                // In the order in which they came.
                leaving = _readers.GroupBy(reader => reader.Address).MaxBy(group => group.Count())!.First();
                if (time.GetElapsedTime(leaving.Since) < Protected)
                {
                    return false;
                }

                _readers.Remove(leaving);
            }

            var entering = new Reader(context, address, time.GetTimestamp(), new CancellationTokenSource());
            _readers.Add(entering);
            cut = entering.Cut.Token;
        }

        leaving?.Cut.Cancel();
        return true;
    }

    public void Leave(HttpContext context)
    {
        lock (_lock)
        {
            _readers.RemoveAll(reader => reader.Context == context);
        }
    }

    private sealed record Reader(HttpContext Context, IPAddress Address, long Since, CancellationTokenSource Cut);
}
